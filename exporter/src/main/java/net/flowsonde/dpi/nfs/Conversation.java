package net.flowsonde.dpi.nfs;

import net.flowsonde.dpi.FileParties;
import net.flowsonde.flow.FlowRecord;

/** Who calls whom in one TCP connection, or in the datagram at hand. Owned by one queue thread. */
final class Conversation {
    final FileParties parties = new FileParties();
    /** Files that were opened or used in it, the latest first; a list of {@link OpenFiles}. */
    OpenFile files;
    private final HandleHash hash;
    private FlowRecord flow;
    private int callerDirection;
    private boolean isLasting;
    private long key;
    private long pair;
    private int gaps;

    Conversation(final HandleHash hash) {
        this.hash = hash;
    }

    /**
     * Begins it; the caller is the flow's client until a call says otherwise.
     *
     * @param isLasting  a connection, whose end ends what was done over it; else one datagram
     */
    void open(final FlowRecord flow, final boolean isLasting) {
        this.flow = flow;
        this.isLasting = isLasting;
        callerDirection = FlowRecord.FORWARD;
        parties.set(flow, callerDirection);
        pair = endpoint(flow, flow.sourceAddressOffset(), 0) + endpoint(flow, flow.destinationAddressOffset(), 0);
        key = endpoint(flow, flow.sourceAddressOffset(), flow.sourcePort())
            + endpoint(flow, flow.destinationAddressOffset(), flow.destinationPort());
    }

    /** Stands for the one in which a call was made, as far as records go. */
    void restore(final FileParties callers) {
        parties.set(callers);
    }

    /** Octets of it were lost that would have been read. */
    void lost() {
        gaps++;
    }

    /** How often that was so. */
    int gaps() {
        return gaps;
    }

    private long endpoint(final FlowRecord flow, final int addressOffset, final int port) {
        if (flow.ipVersion() == 4) {
            return hash.key(flow.buffer().getInt(addressOffset), port);
        }
        return hash.key(hash.key(flow.buffer().getLong(addressOffset), flow.buffer().getLong(addressOffset + Long.BYTES)), port);
    }

    /** Points at the flow, which is valid during one call of the analyzer. */
    void wrap(final FlowRecord flow) {
        this.flow = flow;
    }

    boolean isLasting() {
        return isLasting;
    }

    /** A call of a program of ours goes this way. */
    void callerIs(final int direction) {
        if (direction != callerDirection) {
            callerDirection = direction;
            parties.set(flow, direction);
        }
    }

    /** Key of client and server, whoever is which. */
    long pair() {
        return pair;
    }

    /** Key of a call. */
    long key(final int xid) {
        return hash.key(key, xid);
    }

    /** Number of the client's address, the same over all of its connections. */
    long client() {
        final int offset = callerDirection == FlowRecord.FORWARD ? flow.sourceAddressOffset() : flow.destinationAddressOffset();
        return endpoint(flow, offset, 0);
    }
}
