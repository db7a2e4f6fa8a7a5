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
    private static final long PIPE_TRANSCEIVE = 0x0011_C017;
    private static final String UNKNOWN = "<unknown file>";

    private final SmbEvents events;
    private final Map<String, Pdu> requests = new HashMap<>();
    private final Map<String, String> users = new HashMap<>();
    private final Map<String, String> files = new HashMap<>();
    /** By handle: the size that it was opened with, or that writes have made it. */
    private final Map<String, Long> sizes = new HashMap<>();
    private final Map<String, String> resumeKeys = new HashMap<>();
    private final Smb1Oracle smb1;
    private String fileBefore = "";

    SmbOracle(final SmbEvents events) {
        this.events = events;
        smb1 = new Smb1Oracle(events);
    }

    void on(final Pdu pdu) {
        if (pdu.isSmb1()) {
            smb1.on(pdu);
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
            case Smb2Header.CREATE -> created(request, pdu, isDone, status, user, path);
            case Smb2Header.READ -> addOctets(isDone, "read", user, path, blobLength(pdu));
            case Smb2Header.WRITE -> {
                sizes.merge(handle(request), request.number("smb2.file_offset") + written(pdu), Math::max);
                addOctets(isDone, "written", user, path, written(pdu));
            }
            case Smb2Header.IOCTL -> {
                if (request.number("smb2.ioctl.function") == PIPE_TRANSCEIVE && !fileOf(request).equals(UNKNOWN)) {
                    addOctets(isDone, "written", user, path, moved(request));
                    addOctets(isDone, "read", user, path, moved(pdu));
                } else {
                    copied(request, pdu, isDone, user, share, path);
                }
            }
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

    /** What a message of IOCTL carries through a pipe; it has two lengths, of which the other is 0. */
    private static long moved(final Pdu pdu) {
        return pdu.all("smb2.olb.length").stream().mapToLong(Long::decode).max().orElse(0);
    }

    private String fileOf(final Pdu request) {
        if (request.number("smb2.cmd") == Smb2Header.CREATE) {
            return request.first("smb2.filename");
        }
        final String file = request.fileOfHandle();
        return file != null ? file : request.first("smb2.fid").startsWith("ffffffff-ffff") ? fileBefore : UNKNOWN;
    }

    private void created(
        final Pdu request, final Pdu response, final boolean isDone, final long status, final String user, final String path) {
        if (isDone) {
            opened(response, user, path);
            if (request.number("smb.nt.create_options.delete_on_close") != 0) {
                events.add("delete", 0, user, path);
            }
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
                case FileInformation.DISPOSITION, FileInformation.DISPOSITION_EX -> {
                    if (request.number("smb2.disposition.delete_on_close") != 0) {
                        events.add("delete", 0, user, path);
                    }
                }
                case FileInformation.END_OF_FILE -> {
                    if (request.number("smb.end_of_file") < sizes.getOrDefault(handle(request), Long.MAX_VALUE)) {
                        events.add("truncate", 0, user, path);
                    }
                }
                default -> { }
            }
        } else if (request.number("smb2.class") == SECURITY) {
            events.add("set-security", 0, user, path);
        }
    }

    private static String handle(final Pdu pdu) {
        return pdu.stream() + " " + pdu.first("smb2.fid");
    }

    /** Copies that the server makes: the source is known by the key that the server gave it. */
    private void copied(
        final Pdu request, final Pdu response, final boolean isDone, final String user, final String share, final String path) {
        final String key = pdu(request, response, "smb2.fsctl.cchunk.resume_key");
        if (!isDone || key.isEmpty()) {
            return;
        }
        if (response.has("smb2.fsctl.cchunk.total_written")) {
            events.add("copy", 0, user, share + "\\" + resumeKeys.getOrDefault(key, UNKNOWN) + " to " + fileOf(request));
        } else {
            resumeKeys.put(key, fileOf(request));
        }
    }

    private static String pdu(final Pdu request, final Pdu response, final String field) {
        return request.has(field) ? request.first(field) : response.first(field);
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

    private void opened(final Pdu response, final String user, final String path) {
        sizes.put(handle(response), response.number("smb2.eof"));
        events.add("opened", 0, user, path);
        if (response.number("smb2.create.action") == SmbFile.CREATED) {
            events.add("created", 0, user, path);
        }
    }
}
