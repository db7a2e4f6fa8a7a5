package net.flowsonde.dpi.smb;

import java.util.HashMap;
import java.util.Map;
import net.flowsonde.dpi.smb.TsharkPdus.Pdu;

/** From the messages of SMB1 that tshark shows to what they did. It keeps no more than which answer belongs to which request. */
final class Smb1Oracle {
    private static final long MORE_PROCESSING = 0xC000_0016L;
    private static final long SEVERITY_ERROR = 3;
    private static final int RENAME = 1_010;
    private static final int SET_POSIX_OPEN = 0x209;
    private static final int NT_RENAME_LINK = 0x103;

    private final SmbEvents events;
    private final Map<String, Pdu> requests = new HashMap<>();
    private final Map<String, String> users = new HashMap<>();
    /** By handle: the size that it was opened with, or that writes have made it. */
    private final Map<String, Long> sizes = new HashMap<>();
    // of the exchange that is looked at
    private Pdu request;
    private Pdu response;
    private boolean isDone;
    private long status;
    private String user;
    private String share;
    private String path;

    Smb1Oracle(final SmbEvents events) {
        this.events = events;
    }

    void on(final Pdu pdu) {
        final String exchange = pdu.stream() + " " + pdu.first("smb.pid") + " " + pdu.first("smb.mid");
        if (!pdu.isResponse()) {
            requests.put(exchange, pdu);
            return;
        }
        request = requests.remove(exchange);
        status = pdu.has("smb.nt_status") ? pdu.number("smb.nt_status") : dosStatus(pdu);
        if (request == null || status == MORE_PROCESSING || !request.first("smb.cmd").equals(pdu.first("smb.cmd"))) {
            return;
        }
        response = pdu;
        isDone = status == 0 || pdu.has("smb.nt_status") && status >> 30 != SEVERITY_ERROR;
        request.all("smb.cmd").forEach(command -> on(Integer.decode(command)));
    }

    private static long dosStatus(final Pdu response) {
        return response.number("smb.error_class") | response.number("smb.error_code") << 16;
    }

    private void on(final int command) {
        final String session = response.stream() + " " + response.first("smb.uid");
        user = users.getOrDefault(session, "");
        share = request.first("smb.path");
        path = share + "\\" + (request.has("smb.file") ? request : response).first("smb.file");
        switch (command) {
            case Smb1Commands.SESSION_SETUP_ANDX -> {
                final String name = request.has("smb.account") ? request.first("smb.account") : request.first("ntlmssp.auth.username");
                users.put(session, isDone ? name : "");
                events.add("logon", status, name, "");
            }
            case Smb1Commands.LOGOFF_ANDX -> addDone("logoff", "");
            case Smb1Commands.TREE_CONNECT_ANDX -> events.add("mount", status, user, request.all("smb.path").get(request.all("smb.path").size() - 1));
            case Smb1Commands.TREE_DISCONNECT -> addDone("unmount", share);
            case Smb1Commands.RENAME -> addTwoPaths("rename", request.first("smb.old_file"), last("smb.file"));
            case Smb1Commands.NT_RENAME ->
                addTwoPaths(request.number("smb.ntr_loi") == NT_RENAME_LINK ? "link" : "rename", request.first("smb.old_file"), last("smb.file"));
            case Smb1Commands.TRANSACTION2 -> transaction2((int) request.number("smb.trans2.cmd"));
            case Smb1Commands.READ_ANDX -> addOctets("read", response.number("smb.data_len_low"));
            case Smb1Commands.WRITE_ANDX -> addOctets("written", response.number("smb.count_low"));
            case Smb1Commands.READ, Smb1Commands.LOCK_AND_READ -> addOctets("read", response.number("smb.count"));
            case Smb1Commands.WRITE, Smb1Commands.WRITE_AND_UNLOCK, Smb1Commands.WRITE_AND_CLOSE -> written();
            default -> onPath(command);
        }
    }

    private void onPath(final int command) {
        switch (command) {
            case Smb1Commands.NT_CREATE_ANDX -> opened(response.number("smb.create.action") == SmbFile.CREATED);
            case Smb1Commands.OPEN_ANDX -> opened(response.number("smb.open.action.open") == SmbFile.CREATED);
            case Smb1Commands.OPEN, Smb1Commands.SET_INFORMATION -> opened(false);
            case Smb1Commands.CREATE, Smb1Commands.CREATE_NEW, Smb1Commands.CREATE_TEMPORARY -> opened(true);
            case Smb1Commands.DELETE -> deleted();
            case Smb1Commands.CREATE_DIRECTORY -> {
                path = share + "\\" + request.first("smb.dir_name");
                opened(false);
            }
            case Smb1Commands.DELETE_DIRECTORY -> {
                path = share + "\\" + request.first("smb.dir_name");
                deleted();
            }
            default -> { }
        }
    }

    private void transaction2(final int subcommand) {
        switch (subcommand) {
            case Smb1Commands.FIND_FIRST2 -> {
                final String pattern = request.first("smb.search_pattern");
                path = share + "\\" + (isDone || pattern.matches(".*[*?<>\"][^\\\\/]*") ? pattern.replaceAll("[^\\\\/]*$", "") : pattern);
                if (!isDone) {
                    opened(false);
                } else if (pattern.matches(".*[*?<>\"][^\\\\/]*")) {
                    opened(false);
                    events.add("list", 0, user, path);
                }
            }
            case Smb1Commands.QUERY_PATH_INFORMATION -> {
                if (!isDone) {
                    opened(false);
                }
            }
            case Smb1Commands.OPEN2 -> opened(response.number("smb.open.action.open") == SmbFile.CREATED);
            case Smb1Commands.CREATE_DIRECTORY2 -> {
                path = share + "\\" + request.first("smb.dir_name");
                opened(false);
            }
            case Smb1Commands.SET_PATH_INFORMATION, Smb1Commands.SET_FILE_INFORMATION -> set((int) request.number("smb.spi_loi"));
            default -> { }
        }
    }

    private void set(final int level) {
        final boolean isByHandle = request.number("smb.trans2.cmd") == Smb1Commands.SET_FILE_INFORMATION;
        switch (level) {
            case RENAME -> renamed();
            case 0x201 -> { }
            case 0x203 -> addTwoPaths("link", request.first("smb.file"), request.first("smb.unix.file.link_dest"));
            case 0x20A -> deleted();
            case SET_POSIX_OPEN -> opened(response.number("smb.create.action") == SmbFile.CREATED);
            case 0x102, 1_013 -> {
                if (!isDone || request.number("smb.disposition.delete_on_close") != 0) {
                    deleted();
                }
            }
            case 0x104, 1_020 -> {
                if (!isDone) {
                    events.add("failed", status, user, path);
                } else if (request.number("smb.end_of_file") < size()) {
                    events.add("truncate", 0, user, path);
                }
            }
            case 0x101, 0x200, 1_004 -> {
                if (!isDone || !isByHandle) {
                    opened(false);
                }
            }
            default -> { }
        }
    }

    /** A name without a separator is one in the directory of the file. */
    private void renamed() {
        final String target = request.first("smb.target_name");
        final String old = request.first("smb.file");
        addTwoPaths("rename", old, target.startsWith("\\") ? target : old.replaceAll("[^\\\\/]*$", "") + target);
    }

    private void deleted() {
        opened(false);
        addDone("delete", path);
    }

    private void written() {
        if (isDone && request.number("smb.count") == 0 && request.number("smb.offset") < size()) {
            events.add("truncate", 0, user, path);
        }
        addOctets("written", response.number("smb.count"));
    }

    /** Of the open file that is meant; one that is not known to be open is larger than any. */
    private long size() {
        return sizes.getOrDefault(request.stream() + " " + request.first("smb.fid"), Long.MAX_VALUE);
    }

    private void opened(final boolean isCreated) {
        if (!isDone) {
            events.add("failed", status, user, path);
            return;
        }
        events.add("opened", 0, user, path);
        if (response.has("smb.fid")) {
            sizes.put(response.stream() + " " + response.first("smb.fid"), response.number("smb.end_of_file"));
        }
        if (request.number("smb.nt.create_options.delete_on_close") != 0) {
            events.add("delete", 0, user, path);
        }
        if (isCreated) {
            events.add("created", 0, user, path);
        }
    }

    private String last(final String field) {
        return request.all(field).isEmpty() ? "" : request.all(field).get(request.all(field).size() - 1);
    }

    private void addTwoPaths(final String operation, final String first, final String second) {
        path = share + "\\" + first;
        if (isDone) {
            events.add(operation, 0, user, path + " to " + second.replaceAll("^[\\\\/]+", ""));
        } else {
            events.add("failed", status, user, path);
        }
    }

    private void addDone(final String operation, final String what) {
        if (isDone) {
            events.add(operation, 0, user, what);
        }
    }

    private void addOctets(final String operation, final long octets) {
        if (isDone && octets > 0) {
            if (operation.equals("written")) {
                sizes.merge(request.stream() + " " + request.first("smb.fid"), request.number("smb.offset") + octets, Math::max);
            }
            events.add(operation, 0, user, path, octets);
        }
    }
}
