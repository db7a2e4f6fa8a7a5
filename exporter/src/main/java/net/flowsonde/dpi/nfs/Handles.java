package net.flowsonde.dpi.nfs;

import java.util.zip.CRC32;
import net.flowsonde.dpi.FileParties;
import net.flowsonde.dpi.SharedTable;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.DirectBuffer;

/**
 * What one queue does with {@link HandleNames}: makes keys of handles, learns names, follows renames. Owned by one queue thread, with its
 * scratches; what it learns is seen by all.
 */
final class Handles {
    /** Longest handle: 128 octets in version 4, 64 in version 3, always 32 in version 2. */
    static final int LONGEST_HANDLE = 128;
    /** Ticks of 67 ms, which may wrap. */
    private static final int TICK_SHIFT = 26;

    private final HandleNames shared;
    private final HandleHash hash;
    private final Counters counters;
    private final byte[] octets = new byte[LONGEST_HANDLE];
    private final CRC32 crc = new CRC32();
    private final NameEntry entry = new NameEntry();
    private final ChildEntry child = new ChildEntry();
    private final FileHandle key = new FileHandle();
    private final FileHandle known = new FileHandle();
    private final FileHandle knownDirectory = new FileHandle();
    private final FileHandle nothing = new FileHandle();
    private final NameBuffer text = new NameBuffer();
    private int now;

    Handles(final HandleNames shared, final Counters counters) {
        this.shared = shared;
        this.counters = counters;
        hash = shared.hash();
    }

    HandleHash hash() {
        return hash;
    }

    HandleNames shared() {
        return shared;
    }

    /** Time of the packets, for the order in which handles are forgotten. */
    void onTime(final long nowNs) {
        now = (int) (nowNs >> TICK_SHIFT);
    }

    int now() {
        return now;
    }

    /** The key of a handle as it lies in a message; none when it has no octets. */
    void key(final FileParties parties, final DirectBuffer buffer, final int offset, final int length, final FileHandle to) {
        if (length == 0 || length > LONGEST_HANDLE) {
            to.clear();
            return;
        }
        hash.of(parties.serverHigh(), parties.serverLow(), buffer, offset, length, to);
        buffer.getBytes(offset, octets, 0, length);
        crc.reset();
        crc.update(octets, 0, length);
        to.crc = (int) crc.getValue();
    }

    /** The root of a server's name space (version 4): its own handle where a reply has told it. */
    void root(final FileParties parties, final FileHandle to) {
        rootKey(parties, to);
        if (!child.read(shared.tables().children, to, to, now) && !entry.read(shared.tables().names, to, now)) {
            entry.set(nothing, 0, NameEntry.FLAG_ROOT);
            count(entry.write(shared.tables().names, to, EMPTY_NAME, now));
        }
    }

    private static final NameBuffer EMPTY_NAME = new NameBuffer();

    private void rootKey(final FileParties parties, final FileHandle to) {
        hash.of(parties.serverHigh(), parties.serverLow(), EMPTY_NAME.octets(), 0, 0, to);
    }

    /** A reply told the handle of the root. */
    void learnRoot(final FileParties parties, final FileHandle handle) {
        rootKey(parties, key);
        if (!child.read(shared.tables().children, key, known, now) || !known.is(handle)) {
            count(child.write(shared.tables().children, key, handle, now));
            learnExport(handle, EMPTY_NAME);
        }
    }

    /** A mount told the handle of an export. */
    void learnExport(final FileHandle handle, final NameBuffer path) {
        entry.set(nothing, 0, NameEntry.FLAG_ROOT);
        count(entry.write(shared.tables().names, handle, path, now));
    }

    /** A reply told which handle a name in a directory has. Of a file with several names, the one that was used last counts. */
    void learn(final FileHandle handle, final FileHandle directory, final NameBuffer name) {
        if (handle.isNone() || directory.isNone() || name.isEmpty() || name.isDot() || name.isDotDot()) {
            return;
        }
        childKey(directory, name, key);
        final SharedTable children = shared.tables().children;
        final SharedTable names = shared.tables().names;
        boolean isNamed = entry.read(names, handle, now);
        if (isNamed && entry.isRoot() || isNamed && entry.is(directory, name) && child.read(children, key, known, now) && known.is(handle)) {
            return;
        }
        if (!isNamed) {
            isNamed = entry.read(names, key, now); // what was told of it before its handle was
        }
        entry.set(directory, isNamed ? entry.fileSystem() : 0, isNamed ? entry.flags() : 0);
        count(entry.write(names, handle, name, now));
        count(child.write(children, key, handle, now));
    }

    /** A listing told it: a name by which the handle was used, and which it still has, stays. */
    void learnListed(final FileHandle handle, final FileHandle directory, final NameBuffer name) {
        final SharedTable names = shared.tables().names;
        if (!handle.isNone() && entry.read(names, handle, now) && !entry.isRoot()) {
            place(handle, knownDirectory, text);
            childKey(knownDirectory, text, key);
            if (child.read(shared.tables().children, key, known, now) && known.is(handle)) {
                childKey(directory, name, key);
                count(child.write(shared.tables().children, key, handle, now));
                return;
            }
        }
        learn(handle, directory, name);
    }

    /** The handle of a name in a directory as far as it was told, else one that is made up for it. */
    void child(final FileHandle directory, final NameBuffer name, final FileHandle to) {
        if (directory.isNone() || name.isDot()) {
            to.set(directory);
        } else if (name.isDotDot()) {
            parent(directory, to);
        } else {
            childKey(directory, name, to);
            if (!child.read(shared.tables().children, to, to, now)) {
                final SharedTable names = shared.tables().names;
                if (!entry.read(names, to, now)) {
                    entry.set(directory, 0, 0);
                    count(entry.write(names, to, name, now));
                }
            }
        }
    }

    /** The handle that a name in a directory is known to have; none when it is not. Learns nothing. */
    void find(final FileHandle directory, final NameBuffer name, final FileHandle to) {
        childKey(directory, name, to);
        if (!child.read(shared.tables().children, to, to, now) && !entry.read(shared.tables().names, to, now)) {
            to.clear();
        }
    }

    /** Another handle of the same file, with which a server of its data knows it. */
    void learnAlias(final FileHandle alias, final FileHandle handle) {
        final SharedTable names = shared.tables().names;
        if (!alias.isNone() && !alias.is(handle) && !entry.read(names, alias, now) && entry.read(names, handle, now)) {
            count(entry.copy(names, handle, alias, now));
        }
    }

    /** Where a handle is found: its directory, and its name, which is empty when not known or an export's. */
    void place(final FileHandle handle, final FileHandle directory, final NameBuffer name) {
        final SharedTable names = shared.tables().names;
        name.clear();
        if (entry.read(names, handle, now) && !entry.isRoot() && entry.name(names, handle, text.octets(), 0, now)) {
            entry.directory(directory);
            name.set(text.octets(), 0, entry.nameLength());
        }
    }

    /** The directory of a handle; none when not known. */
    void parent(final FileHandle handle, final FileHandle to) {
        if (entry.read(shared.tables().names, handle, now)) {
            entry.directory(to);
        } else {
            to.clear();
        }
    }

    /** A reply told in which file system a handle lies (0 when not), or that it is a directory. */
    void learnPlace(final FileHandle handle, final int fileSystem, final boolean isDirectory) {
        if (entry.read(shared.tables().names, handle, now)
            && (fileSystem != 0 && entry.fileSystem() != fileSystem || isDirectory && !entry.isDirectory())) {
            if (fileSystem != 0) {
                entry.fileSystem(fileSystem);
            }
            if (isDirectory) {
                entry.directory();
            }
            count(entry.rewrite(shared.tables().names, handle, now));
        }
    }

    /** A reply told that the handle is that of a directory. */
    boolean isDirectory(final FileHandle handle) {
        return !handle.isNone() && entry.read(shared.tables().names, handle, now) && entry.isDirectory();
    }

    /** A name in a directory has become another, perhaps in another directory. */
    void rename(final FileHandle directory, final NameBuffer name, final FileHandle newDirectory, final NameBuffer newName) {
        find(directory, name, known);
        final SharedTable children = shared.tables().children;
        childKey(directory, name, key);
        children.remove(key.high, key.low);
        childKey(newDirectory, newName, key);
        if (known.isNone()) {
            children.remove(key.high, key.low);
            return;
        }
        count(child.write(children, key, known, now));
        final boolean isNamed = entry.read(shared.tables().names, known, now);
        entry.set(newDirectory, isNamed ? entry.fileSystem() : 0, isNamed ? entry.flags() : 0);
        count(entry.write(shared.tables().names, known, newName, now));
    }

    /** A name is gone. What its handle was called stays known: it may still be open. */
    void remove(final FileHandle directory, final NameBuffer name) {
        childKey(directory, name, key);
        shared.tables().children.remove(key.high, key.low);
    }

    private void childKey(final FileHandle directory, final NameBuffer name, final FileHandle to) {
        hash.of(directory.high, directory.low, name.octets(), 0, name.length(), to);
    }

    private void count(final int outcome) {
        if (outcome == SharedTable.EVICTED) {
            counters.increment(Counter.NFS_HANDLES_EVICTED);
        } else if (outcome == SharedTable.BUSY) {
            counters.increment(Counter.NFS_HANDLES_BUSY);
        }
    }
}
