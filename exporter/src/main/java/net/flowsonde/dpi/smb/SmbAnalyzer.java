package net.flowsonde.dpi.smb;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.flowsonde.config.SmbLimits;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileAccessWriter;
import net.flowsonde.dpi.ProtocolAnalyzer;
import net.flowsonde.dpi.TicketUsers;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.DirectBuffer;
import org.agrona.collections.IntArrayList;

/**
 * Files over SMB. Messages come in frames of the NetBIOS session service (RFC 1002, 4.3), on port 139, or of its remains on port 445
 * (MS-SMB2 2.1); they are known by their content. Owned by one queue thread.
 * <pre>
 *   0       1                 4
 *   +-------+-----------------+--------------------------------------------------------------
 *   | type  | length, 24 bits | FF SMB (SMB1), FE SMB (SMB2), FD SMB (encrypted), FC SMB (compressed)
 *   +-------+-----------------+--------------------------------------------------------------
 * </pre>
 */
public final class SmbAnalyzer implements ProtocolAnalyzer, SmbChannels.Consumer {
    private static final int FRAME_HEADER = 4;
    private static final int MAGIC_END = 8;
    private static final int SESSION_MESSAGE = 0x00;
    private static final int SESSION_REQUEST = 0x81;
    private static final int SESSION_KEEPALIVE = 0x85;
    private static final int SESSION_REQUEST_LENGTH = 68;
    private static final int PORT_NETBIOS = 139;
    private static final int PORT_SMB = 445;
    private static final int EXPIRED_AT_A_TIME = 64;
    /** How long an open file may wait for its client to come back; what Windows grants is 16 minutes at most. */
    private static final long DETACHED_NS = TimeUnit.MINUTES.toNanos(16);
    /** Traffic under encryption is told of this often, however long it goes on. */
    private static final long ENCRYPTED_INTERVAL_NS = TimeUnit.MINUTES.toNanos(1);

    private final Counters counters;
    private final SmbRecords records;
    private final SmbState state;
    private final Smb1Dissector smb1;
    private final Smb2Dissector smb2;
    private final SmbFrame frame = new SmbFrame();
    private final Octets octets = new Octets();
    private final List<SmbConnection> connections = new ArrayList<>();
    private final IntArrayList free = new IntArrayList();
    private final CompressedMessage compressed = new CompressedMessage();
    private final SmbChannels channels;

    /** An analyzer of the only queue there is. */
    public SmbAnalyzer(final RecordRing ring, final Counters counters) {
        this(SmbLimits.DEFAULT, new SmbPeers(1), new TicketUsers(1), ring, counters);
    }

    /**
     * @param peers    of all queues
     * @param tickets  of all queues
     */
    public SmbAnalyzer(
        final SmbLimits limits, final SmbPeers peers, final TicketUsers tickets, final RecordRing ring, final Counters counters) {
        this.counters = counters;
        records = new SmbRecords(new FileAccessWriter(ring, counters), tickets, counters);
        state = new SmbState(limits, peers, records, counters);
        channels = new SmbChannels(peers, state, counters, this);
        smb1 = new Smb1Dissector(state, records);
        smb2 = new Smb2Dissector(state, records);
    }

    @Override
    public int probe(
        final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset, final int length, final boolean isStream) {
        if (!isStream) {
            return NO;
        }
        if (length < MAGIC_END) {
            return length == 0 || isFrameType(buffer.getByte(offset) & 0xFF) ? MAYBE : NO;
        }
        final int type = buffer.getByte(offset) & 0xFF;
        if (type == SESSION_MESSAGE && SmbFrame.isMagic(buffer.getInt(offset + FRAME_HEADER, LITTLE_ENDIAN))) {
            return YES;
        }
        if (type == SESSION_REQUEST && SmbFrame.length(buffer, offset) == SESSION_REQUEST_LENGTH) {
            return YES;
        }
        return isMidstream(flow) && SmbFrame.search(buffer, offset, length) < length - MAGIC_END ? YES : NO;
    }

    private static boolean isFrameType(final int type) {
        return type == SESSION_MESSAGE || type == SESSION_REQUEST;
    }

    /** The capture began in the middle of a connection between the usual ports, so that a message may begin anywhere. */
    private static boolean isMidstream(final FlowRecord flow) {
        final boolean isUsual = isPort(flow.destinationPort()) || isPort(flow.sourcePort());
        return isUsual && !flow.hasFlag(FlowRecord.FLAG_SYN_SEEN);
    }

    private static boolean isPort(final int port) {
        return port == PORT_SMB || port == PORT_NETBIOS;
    }

    @Override
    public int open(final FlowRecord flow, final long timestampNs) {
        if (free.isEmpty()) {
            connections.add(new SmbConnection());
            free.addInt(connections.size() - 1);
        }
        final int index = free.removeAt(free.size() - 1);
        final SmbConnection connection = connections.get(index);
        connection.open(state.nextSerial());
        connection.parties.set(flow, FlowRecord.FORWARD);
        final boolean isMidstream = !flow.hasFlag(FlowRecord.FLAG_SYN_SEEN);
        connection.isLost[FlowRecord.FORWARD] = isMidstream;
        connection.isLost[FlowRecord.REVERSE] = isMidstream;
        counters.increment(Counter.SMB_CONNECTIONS);
        return index;
    }

    @Override
    public void onDatagram(
        final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset, final int length, final int wireLength,
        final long timestampNs) {
    }

    @Override
    public int onStream(
        final int session, final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset, final int length,
        final long timestampNs) {
        channels.takeIn();
        final SmbConnection connection = connections.get(session);
        int done = 0;
        while (done < length) {
            if (connection.isLost[direction]) {
                done += SmbFrame.search(buffer, offset + done, length - done);
                if (length - done < MAGIC_END) {
                    return done;
                }
                connection.isLost[direction] = false;
            }
            final int left = length - done;
            if (left < FRAME_HEADER) {
                return done;
            }
            final int step = onFrame(connection, flow, direction, buffer, offset + done, left, timestampNs);
            if (step == 0) {
                return done;
            }
            done += step;
        }
        return done;
    }

    /** Answers how long the frame is, though perhaps only its beginning is there; 0 when more of it is needed. */
    private int onFrame(
        final SmbConnection connection, final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset, final int left,
        final long timestampNs) {
        final int type = buffer.getByte(offset) & 0xFF;
        final int length = SmbFrame.length(buffer, offset);
        if (type != SESSION_MESSAGE || length == 0) {
            if (type > SESSION_MESSAGE && type < SESSION_REQUEST || type > SESSION_KEEPALIVE || length > SESSION_REQUEST_LENGTH) {
                return lose(connection, direction);
            }
            if (type == SESSION_MESSAGE) {
                connection.takeRaw(direction, 0, timestampNs);
            }
            return FRAME_HEADER + length;
        }
        final int captured = Math.min(length, left - FRAME_HEADER);
        final int needed = frame.needed(buffer, offset + FRAME_HEADER, captured, length);
        if (needed < 0) {
            return connection.takeRaw(direction, length, timestampNs) ? FRAME_HEADER + length : lose(connection, direction);
        }
        if (captured < needed) {
            return 0;
        }
        connection.expectNoRaw(direction);
        onMessage(connection, flow, direction, octets.wrap(buffer, offset + FRAME_HEADER, captured), length, timestampNs);
        return FRAME_HEADER + length;
    }

    /** What lies here is no frame: the next one is to be searched for, an octet further on. */
    private int lose(final SmbConnection connection, final int direction) {
        counters.increment(Counter.SMB_FRAMES_MALFORMED);
        connection.isLost[direction] = true;
        return 1;
    }

    private void onMessage(
        final SmbConnection connection, final FlowRecord flow, final int direction, final Octets message, final int length,
        final long timestampNs) {
        learnDirection(connection, flow, direction, message);
        final int clientDirection =
            connection.clientDirection == SmbConnection.UNKNOWN_DIRECTION ? FlowRecord.FORWARD : connection.clientDirection;
        if (message.number32(0) == SmbFrame.COMPRESSED && !isUnwrapped(connection, message)) {
            return;
        }
        onMessage(connection, direction == clientDirection, message, length, timestampNs);
    }

    private boolean isUnwrapped(final SmbConnection connection, final Octets message) {
        counters.increment(Counter.SMB_MESSAGES_COMPRESSED);
        connection.flags |= FileAccess.FLAG_COMPRESSED;
        return compressed.unwrap(message);
    }

    @Override
    public void onMessage(
        final SmbConnection connection, final boolean isFromClient, final Octets message, final int length, final long timestampNs) {
        switch (message.number32(0)) {
            case SmbFrame.SMB1 -> smb1.onMessage(connection, message, length, timestampNs);
            case SmbFrame.ENCRYPTED -> {
                final long sessionId = message.number64(SmbFrame.ENCRYPTED_SESSION_ID);
                if (!channels.isPassedOn(connection, sessionId, isFromClient, message, length, timestampNs)) {
                    onEncrypted(connection, isFromClient, sessionId, length, timestampNs);
                }
            }
            default -> {
                final long sessionId = message.number64(Smb2Header.SESSION_ID);
                if (!channels.isPassedOn(connection, sessionId, isFromClient, message, length, timestampNs)) {
                    smb2.onMessage(connection, message, timestampNs);
                }
            }
        }
    }

    /** Who is the client is known by what he says, whatever the ports look like. */
    private static void learnDirection(final SmbConnection connection, final FlowRecord flow, final int direction, final Octets message) {
        if (connection.clientDirection == SmbConnection.UNKNOWN_DIRECTION) {
            final int magic = message.number32(0);
            if (magic == SmbFrame.SMB2 || magic == SmbFrame.SMB1) {
                final boolean isResponse = magic == SmbFrame.SMB2 ? (message.number32(16) & 1) != 0 : (message.octet(9) & 0x80) != 0;
                connection.clientDirection = isResponse ? 1 - direction : direction;
                connection.parties.set(flow, connection.clientDirection);
            }
        }
    }

    private void onEncrypted(
        final SmbConnection connection, final boolean isFromClient, final long sessionId, final int length, final long timestampNs) {
        counters.increment(Counter.SMB_MESSAGES_ENCRYPTED);
        final EncryptedTraffic traffic = connection.encrypted;
        if (!traffic.isEmpty() && (traffic.sessionId != sessionId || timestampNs - traffic.startNs >= ENCRYPTED_INTERVAL_NS)) {
            records.encrypted(connection);
        }
        if (traffic.isEmpty()) {
            traffic.start(state.session(connection, sessionId), timestampNs);
        }
        traffic.add(isFromClient, length, timestampNs);
    }

    @Override
    public void onGap(final int session, final FlowRecord flow, final int direction, final long count, final long timestampNs) {
        final SmbConnection connection = connections.get(session);
        connection.gaps++;
        connection.isLost[direction] = true;
        counters.increment(Counter.SMB_GAPS);
    }

    @Override
    public void close(final int session, final long nowNs) {
        final SmbConnection connection = connections.get(session);
        channels.end(connection);
        onEnd(connection);
        free.addInt(session);
    }

    @Override
    public void onEnd(final SmbConnection connection) {
        records.encrypted(connection);
        state.close(connection);
    }

    @Override
    public void onTime(final long nowNs) {
        channels.takeIn();
        state.settle(nowNs);
        state.expire(nowNs - DETACHED_NS, EXPIRED_AT_A_TIME);
        counters.assign(Counter.SMB_FILES_OPEN, state.files.size());
        counters.assign(Counter.SMB_SESSIONS, state.sessions.size());
    }

    @Override
    public void onClose(final long nowNs) {
        channels.close();
        state.settle(Long.MAX_VALUE);
        state.expire(Long.MAX_VALUE, Integer.MAX_VALUE);
        onTime(nowNs);
    }
}
