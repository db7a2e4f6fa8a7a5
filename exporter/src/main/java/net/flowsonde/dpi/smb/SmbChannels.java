package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.FileParties;
import net.flowsonde.dpi.FileProtocol;
import net.flowsonde.dpi.QueueInboxes;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/**
 * One queue's way to and from the others: messages of sessions that another queue keeps go to its inbox, and those in the own inbox are
 * taken as if they had been seen here. Of a message goes what is looked at, not its bulk. Owned by one queue thread.
 * <pre>
 *   0        8       16      20     24      28       32    36      40         88       104    120
 *   +--------+-------+-------+------+-------+--------+-----+-------+----------+--------+------+--------
 *   | serial | time  | queue | from | wire  | proto- |flags| gaps  | parties  | server |server| octets
 *   |        |       |       |client| length| col    |     |       |          |        | GUID |
 *   +--------+-------+-------+------+-------+--------+-----+-------+----------+--------+------+--------
 * </pre>
 */
final class SmbChannels {
    private static final int SERIAL_OFFSET = 0;
    private static final int TIME_OFFSET = 8;
    private static final int QUEUE_OFFSET = 16;
    private static final int FROM_CLIENT_OFFSET = 20;
    private static final int WIRE_LENGTH_OFFSET = 24;
    private static final int PROTOCOL_OFFSET = 28;
    private static final int FLAGS_OFFSET = 32;
    private static final int GAPS_OFFSET = 36;
    private static final int PARTIES_OFFSET = 40;
    private static final int SERVER_OFFSET = PARTIES_OFFSET + FileParties.LENGTH;
    private static final int GUID_OFFSET = SERVER_OFFSET + SmbPeers.HOME_LENGTH;
    private static final int OCTETS_OFFSET = GUID_OFFSET + 2 * Long.BYTES;
    private static final int LONGEST = OCTETS_OFFSET + SmbFrame.LONGEST_HEAD;

    private static final int COMMAND = 12;
    private static final int FLAG_BINDING = 0x01;
    private static final long NO_SESSION = 0;
    private static final long ALL_SESSIONS = -1;
    /** In the body of a SESSION_SETUP request (MS-SMB2 2.2.5). */
    private static final int PREVIOUS_SESSION_ID = 16;

    private static final int TYPE_MESSAGE = 1;
    private static final int TYPE_END = 2;
    private static final int TAKEN_AT_A_TIME = 256;
    private static final int MOST_CONNECTIONS = 4_096;
    private static final long NANOSECONDS_A_SECOND = 1_000_000_000;

    private final SmbPeers peers;
    private final int queue;
    private final ManyToOneRingBuffer inbox;
    private final Counters counters;
    private final SmbState state;
    private final Consumer consumer;
    private final StateTable<RemoteConnection> connections;
    private final UnsafeBuffer home = new UnsafeBuffer(new byte[SmbPeers.HOME_LENGTH]);
    private final UnsafeBuffer owner = new UnsafeBuffer(new byte[Integer.BYTES]);
    private final Smb2Header header = new Smb2Header();
    private final MutableDirectBuffer outgoing;
    private final Octets incoming = new Octets();
    private final MessageHandler incomingHandler = this::onIncoming;

    /** Takes a message of a session that is kept here. */
    interface Consumer {
        void onMessage(SmbConnection connection, boolean isFromClient, Octets message, int wireLength, long timestampNs);

        /** The connection has ended. */
        void onEnd(SmbConnection connection);
    }

    SmbChannels(final SmbPeers peers, final SmbState state, final Counters counters, final Consumer consumer) {
        this.peers = peers;
        this.state = state;
        this.counters = counters;
        this.consumer = consumer;
        queue = peers.join();
        inbox = queue < 0 ? null : peers.inbox(queue);
        outgoing = queue < 0 ? null : new UnsafeBuffer(new byte[LONGEST]);
        connections = new StateTable<>(MOST_CONNECTIONS, RemoteConnection::new, this::onEvicted);
    }

    private void onEvicted(final RemoteConnection remote) {
        counters.increment(Counter.SMB_CHANNELS_EVICTED);
        consumer.onEnd(remote.connection);
    }

    /** Passes a message to the queue that keeps its session; false when that is this one. */
    boolean isPassedOn(
        final SmbConnection connection, final long sessionId, final boolean isFromClient, final Octets message, final int wireLength,
        final long timestampNs) {
        if (!connection.isRemote && connection.guidHigh != 0 && message.number16(COMMAND) == Smb2Header.SESSION_SETUP) {
            findHome(connection, sessionId, message, timestampNs);
        }
        if (inbox == null || connection.isRemote || sessionId == ALL_SESSIONS || !isElsewhere(connection, sessionId, message, timestampNs)) {
            return false;
        }
        connection.keepers |= 1L << connection.keeper;
        final int length = Math.min(message.length(), SmbFrame.LONGEST_HEAD);
        head(connection);
        outgoing.putLong(TIME_OFFSET, timestampNs);
        outgoing.putInt(FROM_CLIENT_OFFSET, isFromClient ? 1 : 0);
        outgoing.putInt(WIRE_LENGTH_OFFSET, wireLength);
        outgoing.putInt(PROTOCOL_OFFSET, connection.protocol.code());
        outgoing.putInt(FLAGS_OFFSET, connection.flags);
        outgoing.putInt(GAPS_OFFSET, connection.gaps);
        connection.parties.write(outgoing, PARTIES_OFFSET);
        outgoing.putLong(SERVER_OFFSET, connection.serverHigh());
        outgoing.putLong(SERVER_OFFSET + Long.BYTES, connection.serverLow());
        outgoing.putLong(GUID_OFFSET, connection.guidHigh);
        outgoing.putLong(GUID_OFFSET + Long.BYTES, connection.guidLow);
        message.copyTo(outgoing, OCTETS_OFFSET, 0, length);
        final boolean isPassed = peers.inbox(connection.keeper).write(TYPE_MESSAGE, outgoing, 0, OCTETS_OFFSET + length);
        counters.increment(isPassed ? Counter.SMB_MESSAGES_PASSED : Counter.SMB_MESSAGES_PASSED_DROPPED);
        return true;
    }

    /** A connection is bound to a session that may have been begun at another address of the server (MS-SMB2 3.2.4.20.6). */
    private void findHome(final SmbConnection connection, final long sessionId, final Octets message, final long timestampNs) {
        final boolean isBinding = header.wrap(message, 0) && !header.isResponse() && (message.octet(header.body() + 2) & FLAG_BINDING) != 0;
        if (isBinding && peers.findHome(
            connection.guidHigh, connection.guidLow, sessionId, home, (int) (timestampNs / NANOSECONDS_A_SECOND))) {
            connection.home(home.getLong(0), home.getLong(Long.BYTES));
        }
    }

    private boolean isElsewhere(final SmbConnection connection, final long sessionId, final Octets message, final long timestampNs) {
        final int now = (int) (timestampNs / NANOSECONDS_A_SECOND);
        final boolean isCommand = header.wrap(message, 0);
        if (isCommand && header.command() == Smb2Header.NEGOTIATE) {
            return false;
        }
        if (sessionId == NO_SESSION) {
            if (isCommand && header.command() == Smb2Header.SESSION_SETUP && !header.isResponse()) {
                learnPredecessor(connection, message.number64(header.body() + PREVIOUS_SESSION_ID), now);
            }
            connection.routedSession = NO_SESSION;
            connection.keeper = connection.successorOf;
            return connection.keeper >= 0;
        }
        if (sessionId != connection.routedSession) {
            final int keeper = peers.claim(connection.serverHigh(), connection.serverLow(), sessionId,
                connection.successorOf < 0 ? queue : connection.successorOf, owner, now);
            connection.routedSession = keeper == SmbPeers.UNKNOWN ? NO_SESSION : sessionId;
            connection.keeper = keeper == SmbPeers.UNKNOWN ? queue : keeper;
        }
        return connection.keeper != queue;
    }

    /** Whoever kept the session that a new one takes the place of (PreviousSessionId) has the files that may be taken up again. */
    private void learnPredecessor(final SmbConnection connection, final long previous, final int now) {
        if (previous != NO_SESSION) {
            final int keeper = peers.keeper(connection.serverHigh(), connection.serverLow(), previous, owner, now);
            connection.successorOf = keeper == queue ? SmbPeers.NOBODY : keeper;
        }
    }

    private void head(final SmbConnection connection) {
        outgoing.putLong(SERIAL_OFFSET, connection.serial);
        outgoing.putInt(QUEUE_OFFSET, queue);
    }

    /** A connection has ended: the queues that got messages of it are told. */
    void end(final SmbConnection connection) {
        for (long left = connection.keepers; left != 0; left &= left - 1) {
            head(connection);
            peers.inbox(Long.numberOfTrailingZeros(left)).write(TYPE_END, outgoing, 0, TIME_OFFSET + Integer.BYTES + Long.BYTES);
        }
    }

    /** Takes what others have passed here since. */
    void takeIn() {
        takeIn(TAKEN_AT_A_TIME);
    }

    private void takeIn(final int most) {
        if (inbox != null && inbox.producerPosition() != inbox.consumerPosition()) {
            QueueInboxes.read(inbox, incomingHandler, most);
        }
    }

    private void onIncoming(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
        final long serial = buffer.getLong(index + SERIAL_OFFSET);
        final int origin = buffer.getInt(index + QUEUE_OFFSET);
        RemoteConnection remote = connections.find(origin, serial, 0);
        if (type == TYPE_END) {
            if (remote != null) {
                consumer.onEnd(remote.connection);
                connections.release(remote);
            }
            return;
        }
        if (remote == null) {
            remote = connections.add(origin, serial, 0);
            remote.connection.open(state.nextSerial());
            remote.connection.isRemote = true;
            remote.connection.clientDirection = 0;
        }
        final SmbConnection connection = remote.connection;
        connection.parties.read(buffer, index + PARTIES_OFFSET);
        connection.home(buffer.getLong(index + SERVER_OFFSET), buffer.getLong(index + SERVER_OFFSET + Long.BYTES));
        connection.guidHigh = buffer.getLong(index + GUID_OFFSET);
        connection.guidLow = buffer.getLong(index + GUID_OFFSET + Long.BYTES);
        connection.protocol = FileProtocol.of(buffer.getInt(index + PROTOCOL_OFFSET));
        connection.flags = buffer.getInt(index + FLAGS_OFFSET);
        connection.gaps = buffer.getInt(index + GAPS_OFFSET);
        consumer.onMessage(connection, buffer.getInt(index + FROM_CLIENT_OFFSET) != 0,
            incoming.wrap(buffer, index + OCTETS_OFFSET, length - OCTETS_OFFSET), buffer.getInt(index + WIRE_LENGTH_OFFSET),
            buffer.getLong(index + TIME_OFFSET));
    }

    /** No message will follow. */
    void close() {
        takeIn(Integer.MAX_VALUE);
        for (RemoteConnection remote = connections.oldest(); remote != null; remote = connections.oldest()) {
            consumer.onEnd(remote.connection);
            connections.release(remote);
        }
    }
}
