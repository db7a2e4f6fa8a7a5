package net.flowsonde.dpi.nfs;

import java.util.StringJoiner;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileAccess.Name;
import net.flowsonde.dpi.FileAuthentication;
import net.flowsonde.dpi.FileOperation;
import net.flowsonde.dpi.FileProtocol;
import net.flowsonde.dpi.FileResult;

/** A file access record as one line, for comparison with a baseline. */
final class AccessText {
    private AccessText() {
    }

    static String of(final FileAccess access) {
        final StringJoiner line = new StringJoiner(" ");
        line.add(FileProtocol.of(access.protocol()).text());
        line.add(FileOperation.of(access.operation()).text());
        line.add(access.text(Name.SHARE) + ":" + access.text(Name.PATH));
        if (access.textLength(Name.SECOND_PATH) > 0) {
            line.add("-> " + access.text(Name.SECOND_PATH));
        }
        line.add("status=" + access.status());
        line.add(FileResult.of(access.result()).text());
        line.add("user=" + access.text(Name.USER) + "@" + access.text(Name.WORKSTATION));
        line.add(FileAuthentication.of(access.authentication()).text());
        if (access.readOperations() + access.writeOperations() > 0) {
            line.add("read=" + access.readOctets() + "/" + access.readOperations());
            line.add("written=" + access.writeOctets() + "/" + access.writeOperations());
        }
        if (access.flags() != 0) {
            line.add("flags=" + flags(access));
        }
        return line.toString();
    }

    private static String flags(final FileAccess access) {
        final StringJoiner flags = new StringJoiner("+");
        add(flags, access, FileAccess.FLAG_DIRECTORY, "directory");
        add(flags, access, FileAccess.FLAG_ENCRYPTED, "encrypted");
        add(flags, access, FileAccess.FLAG_MIDSTREAM, "midstream");
        add(flags, access, FileAccess.FLAG_OVERWRITTEN, "overwritten");
        add(flags, access, FileAccess.FLAG_CREATED, "created");
        add(flags, access, FileAccess.FLAG_DUPLICATE, "duplicate");
        add(flags, access, FileAccess.FLAG_UNFINISHED, "unfinished");
        add(flags, access, FileAccess.FLAG_GAP, "gap");
        add(flags, access, FileAccess.FLAG_SILLY_RENAME, "silly");
        add(flags, access, FileAccess.FLAG_RECONNECTED, "reconnected");
        return flags.toString();
    }

    private static void add(final StringJoiner flags, final FileAccess access, final int flag, final String text) {
        if (access.hasFlag(flag)) {
            flags.add(text);
        }
    }
}
