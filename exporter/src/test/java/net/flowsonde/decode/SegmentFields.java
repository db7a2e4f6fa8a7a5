package net.flowsonde.decode;

/** Changes numbers of a decoded segment, so that a benchmark measures what comes after the decoder. */
public final class SegmentFields {
    private SegmentFields() {
    }

    public static void sequence(final PacketLayout layout, final int sequence) {
        layout.tcpSequence = sequence;
    }

    public static void acknowledgment(final PacketLayout layout, final int acknowledgment) {
        layout.tcpAcknowledgment = acknowledgment;
    }
}
