package net.flowsonde.dpi.nfs;

/**
 * Where a compound of version 4 has got to: its current and its saved file, and what the next operation may refer to (RFC 8881, 2.10.4 and
 * 16.2.3). Belongs to one message.
 */
final class CompoundState {
    /** What the next piece is. */
    enum Next { OPERATION, ENTRY, CONTENT }

    final FileHandle current = new FileHandle();
    final FileHandle saved = new FileHandle();
    /** The directory in which the current file was found by name. */
    final FileHandle directory = new FileHandle();
    final NameBuffer name = new NameBuffer();
    /** {@link #directory} and {@link #name} are of the current file. */
    boolean isNamed;
    /** The current file is the root of the server's name space. */
    boolean isRoot;
    /** The state identifier that an earlier operation made, to which one of zeros refers. */
    long stateKey;
    /** The file that was opened in this compound, while {@link #stateKey} is its own. */
    OpenFile opened;
    int operationsLeft;
    Next next;
    /** Of READ_PLUS, whose data come in parts. */
    long octets;
    int contentsLeft;
    /** Where in the file the last of them ends. */
    long contentsEnd;
    /** It reached the end of the file. */
    boolean isEnd;

    void reset() {
        current.clear();
        saved.clear();
        isNamed = false;
        isRoot = false;
        stateKey = 0;
        opened = null;
        operationsLeft = 0;
        next = Next.OPERATION;
    }

    /** The current file is one whose handle was given or is known. */
    void found(final boolean isRootNow) {
        isNamed = false;
        isRoot = isRootNow;
        opened = null;
    }

    /** The current file was found by a name in what was the current one. */
    void foundByName(final Handles handles, final NameBuffer component) {
        directory.set(current);
        name.set(component);
        handles.child(directory, name, current);
        isNamed = true;
        isRoot = false;
        opened = null;
    }
}
