package net.flowsonde.dpi.nfs;

import net.flowsonde.flow.FlowRecord;
import org.agrona.DirectBuffer;

/** One TCP connection that speaks RPC. Pooled by {@link NfsAnalyzer}. */
final class NfsSession {
    /** Number in the pool. */
    final int index;
    /** The next that is free. */
    NfsSession next;
    private final Conversation conversation;
    private final RpcStream[] streams;

    NfsSession(final int index, final NfsState nfs) {
        this.index = index;
        conversation = new Conversation(nfs.handles.hash());
        streams = new RpcStream[] {
            new RpcStream(nfs, conversation, FlowRecord.FORWARD), new RpcStream(nfs, conversation, FlowRecord.REVERSE)};
    }

    void open(final FlowRecord flow) {
        conversation.open(flow, true);
    }

    Conversation conversation() {
        return conversation;
    }

    int onStream(
        final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset, final int length,
        final long timestampNs) {
        conversation.wrap(flow);
        return streams[direction].onStream(buffer, offset, length, timestampNs);
    }

    void onGap(final int direction, final long octets) {
        streams[direction].onGap(octets);
    }

    /** TLS begins (RFC 9289): nothing more can be read. */
    boolean isEncrypted() {
        return streams[FlowRecord.FORWARD].isEncrypted() || streams[FlowRecord.REVERSE].isEncrypted();
    }

    void close() {
        streams[FlowRecord.FORWARD].reset();
        streams[FlowRecord.REVERSE].reset();
    }
}
