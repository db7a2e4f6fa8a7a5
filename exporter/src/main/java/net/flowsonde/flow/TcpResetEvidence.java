package net.flowsonde.flow;

/**
 * What speaks for a reset that neither side sent, and what makes our numbers unsure. Each constant is one bit of
 * {@link FlowRecord#tcpResetEvidence()}. Bits 0 to 11 look at resets before any FIN only.
 */
public enum TcpResetEvidence {
    /** The same side sent new payload or a new acknowledgment after its own RST. */
    ALIVE_AFTER_RST(0, Weight.STRONG, "The side went on after its own RST"),
    /** TTL or hop limit of the RST differs by more than 1 from the range of that side's other packets. */
    TTL_DEV(1, Weight.STRONG, "TTL of the RST is not that of its side"),
    /** Sequence number below the next of its side, not the last acknowledged, not a recent acknowledgment of the peer. */
    STALE_SEQ(2, Weight.MEDIUM, "Sequence number of the RST is old"),
    /** Sequence number beyond the next of its side: an injector guessed what would follow. */
    SEQ_AHEAD(3, Weight.MEDIUM, "Sequence number of the RST is ahead of its side"),
    /** Several RSTs of one side within 100 ms with growing sequence numbers; answers to the peer's segments excluded. */
    MULTI_SEQ(4, Weight.STRONG, "Series of RSTs with growing sequence numbers"),
    /** RST of both sides within half a round trip of more than 2 ms. */
    BOTH_SIDES(5, Weight.MEDIUM, "RST of both sides within half a round trip"),
    /** Server RST sooner after the client's payload than half the round trip between here and the server. */
    TOO_FAST(6, Weight.MEDIUM, "RST came sooner than the server could have answered"),
    /** Acknowledgment number above anything that the peer sent. */
    ACK_AHEAD(7, Weight.MEDIUM, "RST acknowledges what was not sent"),
    /** Payload in the RST. */
    RST_DATA(8, Weight.WEAK, "Payload in the RST"),
    /** Acknowledgment number without the ACK flag. */
    ACKFIELD_WITHOUT_FLAG(9, Weight.WEAK, "Acknowledgment number without ACK flag"),
    /** IP identification that is neither 0 nor near the counter that its side uses. */
    IPID_DEV(10, Weight.WEAK, "IP identification of the RST is not that of its side"),
    /** The side used timestamps (RFC 7323), the RST has none. */
    NO_TSOPT(11, Weight.NONE, "RST without the timestamps that its side uses"),
    /** The time before the reset equals a well-known timer: explains it. */
    IDLE_TIMER(12, Weight.NONE, "Idle time equals a well-known timer"),
    /** Frames stood for several packets: unacknowledged octets and retransmissions are upper bounds. */
    OFFLOAD(13, Weight.NONE, "Segmentation offload: counts are upper bounds"),
    /** Something was acknowledged that was not captured: tests of sequence numbers are unreliable. */
    CAPTURE_LOSS(14, Weight.NONE, "Packets were lost before the capture"),
    /** Sequence numbers outside of any window: unacknowledged octets are unknown. */
    BAD_SEQ(15, Weight.NONE, "Sequence numbers outside of any window"),
    /** Only the RST itself acknowledged the peer's last octets. */
    ACKED_BY_RST(16, Weight.NONE, "The peer's last octets were acknowledged by the RST itself");

    /** How much a bit says about forgery. */
    public enum Weight {
        /** Rare without an injector. */
        STRONG,
        /** Has innocent causes. */
        MEDIUM,
        /** Common without an injector: never decides. */
        WEAK,
        /** Explains, or warns of our own numbers. */
        NONE
    }

    private static final int SEQUENCE_BITS = STALE_SEQ.mask | SEQ_AHEAD.mask | MULTI_SEQ.mask | ACK_AHEAD.mask;

    private final int mask;
    private final Weight weight;
    private final String description;

    TcpResetEvidence(final int bit, final Weight weight, final String description) {
        mask = 1 << bit;
        this.weight = weight;
        this.description = description;
    }

    /** The bit, as a mask. */
    public int mask() {
        return mask;
    }

    public Weight weight() {
        return weight;
    }

    /** One line for documentation; no full stop. */
    public String description() {
        return description;
    }

    /** The bit is set in {@code evidence}. */
    public boolean isIn(final int evidence) {
        return (evidence & mask) != 0;
    }

    /**
     * Two independent bits speak for a reset that neither side sent. Weak bits do not count; sequence and acknowledgment numbers count
     * as one, and not at all where packets were lost before the capture: a false alarm is worse than a miss.
     */
    public static boolean isThirdPartySuspected(final int evidence) {
        int independent = count(evidence, ALIVE_AFTER_RST.mask) + count(evidence, TTL_DEV.mask) + count(evidence, BOTH_SIDES.mask)
            + count(evidence, TOO_FAST.mask);
        if (!CAPTURE_LOSS.isIn(evidence) && !BAD_SEQ.isIn(evidence)) {
            independent += count(evidence, SEQUENCE_BITS);
        }
        return independent >= 2;
    }

    private static int count(final int evidence, final int bits) {
        return (evidence & bits) != 0 ? 1 : 0;
    }
}
