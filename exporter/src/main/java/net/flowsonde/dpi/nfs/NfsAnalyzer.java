package net.flowsonde.dpi.nfs;

import java.util.ArrayList;
import java.util.List;
import net.flowsonde.config.NfsLimits;
import net.flowsonde.dpi.FileAccessWriter;
import net.flowsonde.dpi.ProtocolAnalyzer;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.DirectBuffer;

/**
 * Finds ONC RPC by its headers, and reads MOUNT and NFS in it: over TCP a session a connection, over UDP a message a datagram. Owned by one
 * queue thread; the names of handles are shared with the others.
 */
public final class NfsAnalyzer implements ProtocolAnalyzer {
    private static final int NFS_PORT = 2_049;
    private static final int PORTMAP_PORT = 111;
    private static final int MARK_LENGTH = 4;
    /** Octets of a message up to which its header is looked at. */
    private static final int HEADER_LENGTH = RpcHeaders.NEEDED - MARK_LENGTH;
    private static final int TYPE_END = 12;

    private final NfsState nfs;
    private final Counters counters;
    private final List<NfsSession> sessions = new ArrayList<>();
    private final Conversation datagram;
    private final RpcMessage datagramMessage;
    private NfsSession free;

    /**
     * @param names  shared by the analyzers of all queues
     * @param peers  shared by them too
     */
    public NfsAnalyzer(
        final HandleNames names, final NfsPeers peers, final NfsLimits limits, final RecordRing ring, final Counters counters) {
        this.counters = counters;
        nfs = new NfsState(names, peers, limits.calls(), limits.files(), new FileAccessWriter(ring, counters), counters);
        datagram = new Conversation(names.hash());
        datagramMessage = new RpcMessage(nfs, datagram);
    }

    @Override
    public int probe(
        final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset, final int length, final boolean isStream) {
        if (!isStream) {
            return length >= HEADER_LENGTH && isMessage(flow, buffer, offset) ? YES : NO;
        }
        if (length < RpcHeaders.NEEDED) {
            return isBeginning(buffer, offset, length) ? MAYBE : NO;
        }
        if (RpcHeaders.isMark(RpcHeaders.word(buffer, offset)) && isMessage(flow, buffer, offset + MARK_LENGTH)) {
            return YES;
        }
        return !flow.hasFlag(FlowRecord.FLAG_SYN_SEEN) && isPortOfOurs(flow)
            && RpcHeaders.findCall(buffer, offset, offset + length) >= 0 ? YES : NO;
    }

    /** A reply does not say what it is a reply to: the port must. */
    private static boolean isMessage(final FlowRecord flow, final DirectBuffer buffer, final int offset) {
        return RpcHeaders.isCall(buffer, offset) || RpcHeaders.isReply(buffer, offset) && isPortOfOurs(flow);
    }

    private static boolean isPortOfOurs(final FlowRecord flow) {
        return isPortOfOurs(flow.destinationPort()) || isPortOfOurs(flow.sourcePort());
    }

    private static boolean isPortOfOurs(final int port) {
        return port == NFS_PORT || port == PORTMAP_PORT;
    }

    private static boolean isBeginning(final DirectBuffer buffer, final int offset, final int length) {
        return (length < MARK_LENGTH || RpcHeaders.isMark(RpcHeaders.word(buffer, offset)))
            && (length < TYPE_END || (RpcHeaders.word(buffer, offset + 2 * Integer.BYTES) & ~1) == 0);
    }

    @Override
    public int open(final FlowRecord flow, final long timestampNs) {
        NfsSession session = free;
        if (session == null) {
            session = new NfsSession(sessions.size(), nfs);
            sessions.add(session);
        } else {
            free = session.next;
        }
        session.open(flow);
        nfs.channels.announce(session.conversation());
        counters.increment(Counter.NFS_CONNECTIONS);
        return session.index;
    }

    @Override
    public void onDatagram(
        final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset, final int length, final int wireLength,
        final long timestampNs) {
        datagram.open(flow, false);
        datagramMessage.begin(direction);
        datagramMessage.onOctets(buffer, offset, offset + length, length == wireLength, timestampNs);
        datagramMessage.abandon();
    }

    @Override
    public int onStream(
        final int session, final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset, final int length,
        final long timestampNs) {
        nfs.channels.takeIn();
        final NfsSession connection = sessions.get(session);
        final int done = connection.onStream(flow, direction, buffer, offset, length, timestampNs);
        if (connection.isEncrypted()) {
            nfs.records.encrypted(connection.conversation().parties, timestampNs);
            return DISMISS;
        }
        return done;
    }

    @Override
    public void onGap(final int session, final FlowRecord flow, final int direction, final long octets, final long timestampNs) {
        sessions.get(session).onGap(direction, octets);
    }

    @Override
    public void close(final int session, final long nowNs) {
        final NfsSession connection = sessions.get(session);
        nfs.files.onEnd(connection.conversation());
        connection.close();
        connection.next = free;
        free = connection;
    }

    @Override
    public void onTime(final long nowNs) {
        nfs.channels.takeAllIn();
        nfs.handles.onTime(nowNs);
        nfs.calls.onTime(nowNs);
        nfs.files.onTime(nowNs);
        counters.assign(Counter.NFS_CALLS_PENDING, nfs.calls.size());
        counters.assign(Counter.NFS_FILES_OPEN, nfs.files.size());
    }

    @Override
    public void onClose(final long nowNs) {
        nfs.channels.takeAllIn();
        nfs.files.onClose();
        nfs.calls.onClose();
        onTime(nowNs);
    }
}
