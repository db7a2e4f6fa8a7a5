package net.flowsonde.dpi.smb;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.flowsonde.dpi.smb.TsharkPdus.Pdu;

/** From the messages that tshark shows to what they did. It keeps no more than which answer belongs to which request. */
final class SmbOracle {
    private static final long PENDING = 0x103;
    private static final long MORE_PROCESSING = 0xC000_0016L;
    private static final long SEVERITY_ERROR = 3;
    private static final int SECURITY = 3;

    private final SmbEvents events;
    private final Map<String, Pdu> requests = new HashMap<>();
    private final Map<String, String> users = new HashMap<>();
    private final Map<String, String> files = new HashMap<>();
    private String fileBefore = "";

    SmbOracle(final SmbEvents events) {
        this.events = events;
    }

    void on(final Pdu pdu) {
        if (pdu.isSmb1()) {
            onSmb1(pdu);
        } else if (pdu.has("smb2.cmd")) {
            onSmb2(pdu);
        } else if (pdu.has("smb2.header.transform.signature")) {
            events.add("encrypted", 0, pdu.first("smb2.acct"), "");
        }
    }

    private void onSmb2(final Pdu pdu) {
        final String exchange = pdu.stream() + " " + pdu.first("smb2.msg_id");
        if (!pdu.isResponse()) {
            requests.put(exchange, pdu);
            fileBefore = fileOf(pdu);
            files.put(exchange, fileBefore);
            return;
        }
        final long status = pdu.number("smb2.nt_status");
        final Pdu request = requests.get(exchange);
        if (request == null || status == PENDING || status == MORE_PROCESSING) {
            return;
        }
        final String user = pdu.first("smb2.acct").isEmpty() ? request.first("smb2.acct") : pdu.first("smb2.acct");
        final String share = request.first("smb2.tree");
        final String path = share + "\\" + files.get(exchange);
        final boolean isDone = status >> 30 != SEVERITY_ERROR;
        switch ((int) pdu.number("smb2.cmd")) {
            case Smb2Header.SESSION_SETUP -> events.add("logon", status, request.first("ntlmssp.auth.username"), "");
            case Smb2Header.LOGOFF -> addDone(isDone, "logoff", user, "");
            case Smb2Header.TREE_CONNECT -> events.add("mount", status, user, share);
            case Smb2Header.TREE_DISCONNECT -> addDone(isDone, "unmount", user, share);
            case Smb2Header.CREATE -> created(pdu, isDone, status, user, path);
            case Smb2Header.READ -> addOctets(isDone, "read", user, path, blobLength(pdu));
            case Smb2Header.WRITE -> addOctets(isDone, "written", user, path, written(pdu));
            case Smb2Header.QUERY_DIRECTORY -> addDone(isDone, "list", user, path);
            case Smb2Header.SET_INFO -> changed(request, isDone, status, user, path);
            default -> { }
        }
    }

    /** Of a READ the octets that came. */
    private static long blobLength(final Pdu response) {
        return response.number("smb2.olb.length");
    }

    private static long written(final Pdu response) {
        return response.number("smb2.write.count");
    }

    private String fileOf(final Pdu request) {
        if (request.number("smb2.cmd") == Smb2Header.CREATE) {
            return request.first("smb2.filename");
        }
        final String file = request.fileOfHandle();
        return file != null ? file : request.first("smb2.fid").startsWith("ffffffff-ffff") ? fileBefore : "<unknown file>";
    }

    private void created(final Pdu response, final boolean isDone, final long status, final String user, final String path) {
        if (isDone) {
            opened(response, "smb2.create.action", user, path);
        } else {
            events.add("failed", status, user, path);
        }
    }

    private void changed(final Pdu request, final boolean isDone, final long status, final String user, final String path) {
        if (!isDone) {
            events.add("failed", status, user, path);
        } else if (request.number("smb2.class") == 1) {
            switch ((int) request.number("smb2.file_info.infolevel")) {
                case FileInformation.RENAME, FileInformation.RENAME_EX ->
                    events.add("rename", 0, user, path + " to " + request.first("smb2.filename"));
                case FileInformation.LINK, FileInformation.LINK_EX ->
                    events.add("link", 0, user, path + " to " + request.first("smb2.filename"));
                case FileInformation.DISPOSITION, FileInformation.DISPOSITION_EX -> events.add("delete", 0, user, path);
                default -> { }
            }
        } else if (request.number("smb2.class") == SECURITY) {
            events.add("set-security", 0, user, path);
        }
    }

    private void addDone(final boolean isDone, final String operation, final String user, final String path) {
        if (isDone) {
            events.add(operation, 0, user, path);
        }
    }

    private void addOctets(final boolean isDone, final String operation, final String user, final String path, final long octets) {
        if (isDone && octets > 0) {
            events.add(operation, 0, user, path, octets);
        }
    }

    private void onSmb1(final Pdu pdu) {
        final String exchange = pdu.stream() + " " + pdu.first("smb.pid") + " " + pdu.first("smb.mid");
        if (!pdu.isResponse()) {
            requests.put(exchange, pdu);
            return;
        }
        final Pdu request = requests.remove(exchange);
        final long status = pdu.has("smb.nt_status") ? pdu.number("smb.nt_status") : dosStatus(pdu);
        if (request == null || status == MORE_PROCESSING || !request.first("smb.cmd").equals(pdu.first("smb.cmd"))) {
            return;
        }
        final boolean isDone = status == 0 || pdu.has("smb.nt_status") && status >> 30 != SEVERITY_ERROR;
        request.all("smb.cmd").forEach(command -> onSmb1(Integer.decode(command), request, pdu, isDone, status));
    }

    private static long dosStatus(final Pdu response) {
        return response.number("smb.error_class") | response.number("smb.error_code") << 16;
    }

    private void onSmb1(final int command, final Pdu request, final Pdu response, final boolean isDone, final long status) {
        final String session = response.stream() + " " + response.first("smb.uid");
        final String user = users.getOrDefault(session, "");
        final String share = request.first("smb.path");
        final String path = share + "\\" + (request.has("smb.file") ? request : response).first("smb.file");
        switch (command) {
            case Smb1Commands.SESSION_SETUP_ANDX -> {
                final String name = request.has("smb.account") ? request.first("smb.account") : request.first("ntlmssp.auth.username");
                users.put(session, isDone ? name : "");
                events.add("logon", status, name, "");
            }
            case Smb1Commands.LOGOFF_ANDX -> addDone(isDone, "logoff", user, "");
            case Smb1Commands.TREE_CONNECT_ANDX -> events.add("mount", status, users.getOrDefault(session, ""), request.all("smb.path").get(
                request.all("smb.path").size() - 1));
            case Smb1Commands.TREE_DISCONNECT -> addDone(isDone, "unmount", user, share);
            case Smb1Commands.NT_CREATE_ANDX -> {
                if (isDone) {
                    opened(response, "smb.create.action", user, path);
                } else {
                    events.add("failed", status, user, path);
                }
            }
            case Smb1Commands.TRANSACTION2 -> {
                if (isDone && request.number("smb.trans2.cmd") == Smb1Commands.FIND_FIRST2) {
                    final String directory = share + "\\" + request.first("smb.search_pattern").replaceAll("[^\\\\]*$", "");
                    events.add("opened", 0, user, directory);
                    events.add("list", 0, user, directory);
                }
            }
            case Smb1Commands.READ_ANDX -> addOctets(isDone, "read", user, path, response.number("smb.data_len_low"));
            case Smb1Commands.WRITE_ANDX -> addOctets(isDone, "written", user, path, response.number("smb.count_low"));
            default -> { }
        }
    }

    private void opened(final Pdu response, final String action, final String user, final String path) {
        events.add("opened", 0, user, path);
        if (response.number(action) == SmbFile.CREATED) {
            events.add("created", 0, user, path);
        }
    }
}
