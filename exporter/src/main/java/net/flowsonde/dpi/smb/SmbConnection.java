package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.FileParties;
import net.flowsonde.dpi.FileProtocol;

/** One TCP connection that speaks SMB. Pooled by {@link SmbAnalyzer}. */
final class SmbConnection {
    static final int UNKNOWN_DIRECTION = -1;

    final FileParties parties = new FileParties();
    final OwnerList<SmbFile> files = new OwnerList<>();
    final OwnerList<SmbRequest> requests = new OwnerList<>();
    /** SMB1, whose users and trees end with the connection. */
    final OwnerList<SmbSession> users = new OwnerList<>();
    final OwnerList<SmbTree> trees = new OwnerList<>();
    /** By direction: the start of the next message is to be searched for. */
    final boolean[] isLost = new boolean[2];
    final EncryptedTraffic encrypted = new EncryptedTraffic();
    /** By direction: the file of which octets come next without a message around them (SMB1); null for none. */
    private final SmbFile[] rawFiles = new SmbFile[2];
    private final int[] rawGenerations = new int[2];
    /** Unique: a part of the keys of its requests. */
    long serial;
    /** In which the client's messages go, once a message has told. */
    int clientDirection;
    FileProtocol protocol;
    /** FLAG_ bits of {@code FileAccess} that hold for everything on it. */
    int flags;
    /** Holes seen so far. */
    int gaps;
    /** The session to which it was bound as a further channel; 0 when it was not. */
    long boundSession;
    /** ServerGuid of the negotiation; 0 when it was not seen. */
    long guidHigh;
    long guidLow;
    /** The server's address in the keys of sessions, where it is another than that of this connection. */
    private boolean hasHome;
    private long homeHigh;
    private long homeLow;
    /** Another queue sees it, see {@link SmbChannels}. */
    boolean isRemote;
    /** The session for which {@link #keeper} was looked up last. */
    long routedSession;
    /** Number of the queue that keeps it. */
    int keeper;
    /** Number of the queue that keeps the session which this connection's user had before and takes up again; negative for none. */
    int successorOf;
    /** A bit for every other queue that got messages of it. */
    long keepers;

    void open(final long newSerial) {
        serial = newSerial;
        clientDirection = UNKNOWN_DIRECTION;
        protocol = FileProtocol.UNKNOWN;
        flags = 0;
        gaps = 0;
        isLost[0] = false;
        isLost[1] = false;
        rawFiles[0] = null;
        rawFiles[1] = null;
        boundSession = 0;
        guidHigh = 0;
        guidLow = 0;
        hasHome = false;
        isRemote = false;
        routedSession = 0;
        successorOf = -1;
        keepers = 0;
    }

    /** What the client, or the server, sends next are octets of a file and no message. */
    void expectRaw(final boolean isFromClient, final SmbFile file) {
        final int direction = isFromClient ? clientDirection : 1 - clientDirection;
        rawFiles[direction] = file;
        rawGenerations[direction] = file.generation;
    }

    /** Takes what came in place of a message; false when none of that was to come. */
    boolean takeRaw(final int direction, final int length, final long timestampNs) {
        final SmbFile file = rawFiles[direction];
        if (file == null) {
            return false;
        }
        rawFiles[direction] = null;
        if (length > 0 && file.generation == rawGenerations[direction]) {
            file.lastNs = timestampNs;
            if (direction == clientDirection) {
                file.written(length);
            } else {
                file.read(length);
            }
        }
        return true;
    }

    /** A message came. */
    void expectNoRaw(final int direction) {
        rawFiles[direction] = null;
    }

    /** It is a channel of a session that was begun at another address of the server. */
    void home(final long high, final long low) {
        hasHome = true;
        homeHigh = high;
        homeLow = low;
    }

    /** The first half of the server's address, by which its sessions are known. */
    long serverHigh() {
        return hasHome ? homeHigh : parties.serverHigh();
    }

    /** The other half. */
    long serverLow() {
        return hasHome ? homeLow : parties.serverLow();
    }
}
