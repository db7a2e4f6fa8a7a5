package net.flowsonde.dpi.nfs;

import net.flowsonde.dpi.SharedTable;
import net.flowsonde.dpi.Text;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts the path of a handle together from the names on the way up to its export. Where the way is broken, because a name was told before
 * the capture began or was forgotten, the path begins with the CRC of the handle that has no name: {@code <fh:38a4e9f6>/name}. In version
 * 4, which has no mounts, the export ends where the file system changes. Owned by one queue thread.
 */
final class PathFinder {
    /** More directories than any path has; a hostile server may make circles of them. */
    private static final int MOST_NAMES = 128;
    private static final int ROOM = 1 << 14;
    private static final int CRC_DIGITS = 8;

    private final Handles handles;
    private final NameEntry entry = new NameEntry();
    private final FileHandle current = new FileHandle();
    private final FileHandle above = new FileHandle();
    private final UnsafeBuffer names = new UnsafeBuffer(new byte[ROOM]);
    private final int[] starts = new int[MOST_NAMES + 1];
    private final int[] fileSystems = new int[MOST_NAMES + 1];
    private int count;

    PathFinder(final Handles handles) {
        this.handles = handles;
    }

    /** Sets export and path of a handle; false when the way up is broken. */
    boolean find(final FileHandle handle, final Text share, final Text path) {
        return find(handle, null, share, path);
    }

    /** The same for a name in a directory. */
    boolean find(final FileHandle directory, final NameBuffer name, final Text share, final Text path) {
        share.reset();
        path.reset();
        final boolean isWhole = climb(directory);
        int inExport = count;
        if (!isWhole) {
            path.append("<fh:").appendHex(current.crc, CRC_DIGITS).append(">");
        } else {
            inExport = names(share);
        }
        for (int i = inExport - 1; i >= 0; i--) {
            path.append("/").appendUtf8(names, starts[i], starts[i + 1] - starts[i]);
        }
        if (name != null) {
            path.append("/").appendUtf8(name.octets(), 0, name.length());
        } else if (path.isEmpty()) {
            path.append("/");
        }
        return isWhole;
    }

    /** Collects the names from the handle upwards; false when one is missing, and {@link #current} is the handle without a name. */
    private boolean climb(final FileHandle handle) {
        count = 0;
        starts[0] = 0;
        current.set(handle);
        final SharedTable table = handles.shared().tables().names;
        while (count < MOST_NAMES && entry.read(table, current, handles.now())) {
            final int end = starts[count] + entry.nameLength();
            if (end > ROOM || !entry.name(table, current, names, starts[count], handles.now())) {
                return false;
            }
            starts[count + 1] = end;
            fileSystems[count] = entry.fileSystem();
            if (entry.isRoot()) {
                return true;
            }
            count++;
            entry.directory(above);
            current.set(above);
        }
        return false;
    }

    /** Sets the export and says how many names lie below it. */
    private int names(final Text share) {
        final int root = count;
        if (starts[root + 1] > starts[root]) {
            share.appendUtf8(names, starts[root], starts[root + 1] - starts[root]);
            return count;
        }
        int below = 0;
        while (below < count && (fileSystems[below] == 0 || fileSystems[below + 1] == 0 || fileSystems[below] == fileSystems[below + 1])) {
            below++;
        }
        for (int i = count - 1; i >= below; i--) {
            share.append("/").appendUtf8(names, starts[i], starts[i + 1] - starts[i]);
        }
        return below;
    }
}
