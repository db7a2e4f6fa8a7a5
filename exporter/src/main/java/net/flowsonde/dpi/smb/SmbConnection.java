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
        boundSession = 0;
        isRemote = false;
        routedSession = 0;
        successorOf = -1;
        keepers = 0;
    }
}
