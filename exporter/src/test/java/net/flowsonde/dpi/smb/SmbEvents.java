package net.flowsonde.dpi.smb;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileAccess.Name;
import net.flowsonde.dpi.FileAuthentication;
import net.flowsonde.dpi.FileOperation;
import net.flowsonde.dpi.FileResult;

/** What was done, in words that can be made from records as well as from single messages: each with how often, or with octets. */
final class SmbEvents {
    /** Told once however often it was done, because a record covers what came between open and close. */
    static final Set<String> ONCE = Set.of("opened", "created", "list", "delete", "copy", "truncate");
    private static final String NOBODY = "-";

    private final Map<String, Long> events = new TreeMap<>();

    Map<String, Long> events() {
        return events;
    }

    /** @param path share and path, or a share, or nothing */
    void add(final String operation, final long status, final String user, final String path) {
        add(operation, status, user, path, 1);
    }

    void add(final String operation, final long status, final String user, final String path, final long amount) {
        final String event = operation + (status == 0 ? "" : " " + Long.toHexString(status)) + " [" + comparable(path) + "] "
            + (user.isBlank() || user.equals("NULL") ? NOBODY : user.toLowerCase(Locale.ROOT));
        events.merge(event, amount, ONCE.contains(operation) ? (before, more) -> before : Long::sum);
    }

    /** Without a share that is not known, without separators in front and behind, in one case, as much of it as is kept. */
    private static String comparable(final String path) {
        final String bare = path.replaceAll("<unknown tree \\d+>", "").replace('/', '\\').replaceAll("\\\\\\\\+", "\\\\").replaceAll("^\\\\+|\\\\+$", "").toLowerCase(Locale.ROOT);
        return bare.length() > FileAccess.LONGEST_PATH ? bare.substring(0, FileAccess.LONGEST_PATH) : bare;
    }

    void add(final FileAccess access) {
        final FileOperation operation = FileOperation.of(access.operation());
        final String user = access.authentication() == FileAuthentication.KERBEROS.code() ? "" : access.text(Name.USER);
        final long status = access.status() & 0xFFFF_FFFFL;
        final String path = access.text(Name.SHARE) + "\\" + access.text(Name.PATH);
        switch (operation) {
            case LOGON, LOGOFF, MOUNT, UNMOUNT -> add(operation.text(), status, user, access.text(Name.SHARE));
            case LOOKUP -> add("failed", status, user, path);
            case ENCRYPTED -> add("encrypted", 0, user, "", access.readOperations() + access.writeOperations());
            default -> {
                if (access.result() == FileResult.UNKNOWN.code()) {
                    return;
                }
                if (status != 0) {
                    add("failed", status, user, path);
                } else {
                    addDone(access, operation, user, path);
                }
            }
        }
    }

    private void addDone(final FileAccess access, final FileOperation operation, final String user, final String path) {
        switch (operation) {
            case RENAME, LINK -> add(operation.text(), 0, user, path + " to " + access.text(Name.SECOND_PATH));
            case SET_SECURITY -> add(operation.text(), 0, user, path);
            case TRUNCATE -> add("truncate", 0, user, path);
            case COPY -> {
                final String copy = access.text(Name.SHARE) + "\\" + access.text(Name.SECOND_PATH);
                add("opened", 0, user, copy);
                add("copy", 0, user, path + " to " + access.text(Name.SECOND_PATH));
                addOctets("read", access.readOctets(), user, copy);
                if (access.hasFlag(FileAccess.FLAG_CREATED)) {
                    add("created", 0, user, copy);
                }
            }
            default -> {
                add("opened", 0, user, path);
                if (access.hasFlag(FileAccess.FLAG_CREATED)) {
                    add("created", 0, user, path);
                }
                if (operation == FileOperation.DELETE || operation == FileOperation.RMDIR) {
                    add("delete", 0, user, path);
                }
                if (operation == FileOperation.LIST) {
                    add("list", 0, user, path);
                }
                addOctets("read", access.readOctets(), user, path);
                addOctets("written", access.writeOctets(), user, path);
            }
        }
    }

    private void addOctets(final String operation, final long octets, final String user, final String path) {
        if (octets > 0) {
            add(operation, 0, user, path, octets);
        }
    }
}
