package net.flowsonde.collector.generate;

/** How a generated flow ended, by the names and numbers that an exporter of TCP teardown reasons has for it. */
public enum FlowEnd {
    /** Not TCP: it just stopped. */
    NONE(0),
    /** A SYN without any answer. */
    SYN_UNANSWERED(16),
    /** A SYN answered by a RST. */
    SYN_REFUSED_RST(17),
    /** FINs of both sides, the client's first. */
    FIN_BY_CLIENT(32),
    /** FINs of both sides, the server's first. */
    FIN_BY_SERVER(33),
    /** The server had sent last, the client's RST acknowledged everything, after more than a second (or four round trips). */
    RST_IDLE_BY_CLIENT(64),
    /** The server had sent last, the client's RST acknowledged everything, at once. */
    RST_AFTER_RESPONSE_BY_CLIENT(66),
    /** The client had sent last, and the server reset. */
    RST_REQUEST_UNANSWERED_BY_SERVER(70),
    /** The client had sent last, and then reset. */
    RST_REQUEST_UNANSWERED_BY_CLIENT(71),
    /** The server had sent last, nothing acknowledged it, and the server reset. */
    RST_MID_TRANSFER_BY_SERVER(73);

    private final int teardownValue;

    FlowEnd(final int teardownValue) {
        this.teardownValue = teardownValue;
    }

    /** The number on the wire. */
    public int teardownValue() {
        return teardownValue;
    }

    boolean isFin() {
        return this == FIN_BY_CLIENT || this == FIN_BY_SERVER;
    }

    boolean isRst() {
        return !isFin() && this != NONE && this != SYN_UNANSWERED;
    }

    /** The end of a connection that {@code closer} ends by FIN. */
    static FlowEnd fin(final int closer) {
        return closer == SyntheticFlow.CLIENT ? FIN_BY_CLIENT : FIN_BY_SERVER;
    }

    /**
     * The end of a connection that {@code closer} resets.
     *
     * @param lastSender  side that sent the last payload
     * @param idle        whether the connection counts as idle when the RST comes
     */
    static FlowEnd rst(final int closer, final int lastSender, final boolean idle) {
        if (lastSender == SyntheticFlow.CLIENT) {
            return closer == SyntheticFlow.CLIENT ? RST_REQUEST_UNANSWERED_BY_CLIENT : RST_REQUEST_UNANSWERED_BY_SERVER;
        }
        if (closer == SyntheticFlow.SERVER) {
            return RST_MID_TRANSFER_BY_SERVER;
        }
        return idle ? RST_IDLE_BY_CLIENT : RST_AFTER_RESPONSE_BY_CLIENT;
    }
}
