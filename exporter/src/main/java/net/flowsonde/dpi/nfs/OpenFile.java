package net.flowsonde.dpi.nfs;

import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileOperation;
import net.flowsonde.dpi.FileParties;
import net.flowsonde.dpi.FileProtocol;

/**
 * What one user does to one file or directory until it is closed or left alone: one file access record. Version 4 tells opens and closes;
 * in older versions, reads and writes that follow each other make one. Pooled by {@link OpenFiles}.
 */
final class OpenFile {
    private static final int LONGEST_NAME = 255;

    final FileParties parties = new FileParties();
    final FileHandle handle = new FileHandle();
    final Credential credential = new Credential();
    /** Where it was found when it was first used; {@link #name} is empty when that is not known. */
    final FileHandle directory = new FileHandle();
    final NameBuffer name = new NameBuffer(LONGEST_NAME);
    /** Why it is there: a constant of {@link OpenFiles}. */
    int kind;
    long handleKey;
    /** Other queues know by {@link #handleKey} that it is here. */
    boolean isClaimed;
    /** Key of the state identifier that the server gave out when it was opened; 0 when there is none. */
    long stateKey;
    /** The same of a delegation that came with it, under which clients read and write too; 0 when there is none. */
    long delegationKey;
    FileProtocol protocol;
    long startNs;
    long lastNs;
    long readOctets;
    long writeOctets;
    int readOperations;
    int writeOperations;
    long sizeAtOpen = FileAccess.UNKNOWN_SIZE;
    long sizeAtClose = FileAccess.UNKNOWN_SIZE;
    int status;
    int flags;
    /** When it was closed, while others may still tell of it. */
    long closedNs;
    /** {@link Conversation#gaps()} when it was first used. */
    int gaps;
    /** Which list of {@link OpenFiles} it is in. */
    int list;
    OpenFile newer;
    OpenFile older;
    /** The connection where it was first seen, and its other files; null for datagrams. */
    Conversation conversation;
    OpenFile next;
    OpenFile previous;

    void reset() {
        handle.clear();
        directory.clear();
        name.clear();
        stateKey = 0;
        delegationKey = 0;
        readOctets = 0;
        writeOctets = 0;
        readOperations = 0;
        writeOperations = 0;
        sizeAtOpen = FileAccess.UNKNOWN_SIZE;
        sizeAtClose = FileAccess.UNKNOWN_SIZE;
        status = 0;
        flags = 0;
        conversation = null;
        next = null;
        previous = null;
    }

    void raise(final int bits) {
        flags |= bits;
    }

    /** A reply told the size of the file. */
    void size(final long octets) {
        if (sizeAtClose == FileAccess.UNKNOWN_SIZE && writeOperations == 0) {
            sizeAtOpen = octets;
        }
        sizeAtClose = octets;
    }

    /** The size was set; what it was before is {@link FileAccess#UNKNOWN_SIZE} where it was not told. */
    void resized(final long before, final long octets) {
        if (before != FileAccess.UNKNOWN_SIZE) {
            size(before);
        }
        sizeAtClose = octets;
    }

    /** It was there, and was emptied by being opened. */
    void emptied() {
        raise(FileAccess.FLAG_OVERWRITTEN);
        sizeAtClose = 0;
    }

    /** Octets were read; the size is {@link FileAccess#UNKNOWN_SIZE} where it was not told with them. */
    void read(final long octets, final long sizeNow) {
        readOperations++;
        readOctets += octets;
        if (sizeNow != FileAccess.UNKNOWN_SIZE) {
            size(sizeNow);
        }
    }

    /** The same of what was written, the last of it before {@code end}. */
    void written(final long octets, final long sizeNow, final long end) {
        writeOperations++;
        writeOctets += octets;
        if (sizeNow != FileAccess.UNKNOWN_SIZE) {
            size(sizeNow);
        } else if (sizeAtClose != FileAccess.UNKNOWN_SIZE && octets > 0) {
            sizeAtClose = Math.max(sizeAtClose, end);
        }
    }

    /** Part of a directory was read. */
    void listed() {
        raise(FileAccess.FLAG_DIRECTORY);
        readOperations++;
    }

    FileOperation operation() {
        if (kind == OpenFiles.LISTED) {
            return FileOperation.LIST;
        }
        if (kind == OpenFiles.ENCRYPTED) {
            return FileOperation.ENCRYPTED;
        }
        if ((flags & FileAccess.FLAG_CREATED) != 0) {
            return FileOperation.CREATE;
        }
        if (writeOperations > 0 || (flags & FileAccess.FLAG_OVERWRITTEN) != 0) {
            return FileOperation.WRITE;
        }
        return readOperations > 0 ? FileOperation.READ : FileOperation.OPEN;
    }
}
