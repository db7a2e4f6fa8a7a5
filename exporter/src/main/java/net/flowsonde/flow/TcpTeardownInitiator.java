package net.flowsonde.flow;

/** Who ended a TCP connection. Codes are frozen. */
public enum TcpTeardownInitiator {
    /** Nobody is to be named: it did not end, or what was seen does not tell. */
    UNKNOWN(0),
    /** The side that opened the connection. */
    CLIENT(1),
    /** The side that accepted it. */
    SERVER(2),
    /** Both at the same time (FINs that crossed). */
    BOTH(3),
    /** The evidence ({@link TcpResetEvidence#isThirdPartySuspected}) speaks for a reset that neither side sent. */
    THIRD_PARTY_SUSPECTED(4),
    /** A router on the way, by an ICMP error. */
    NETWORK(5),
    /** This exporter: it stopped, or its cache was full. */
    PROBE(6);

    private static final TcpTeardownInitiator[] BY_CODE = values();

    private final int code;

    TcpTeardownInitiator(final int code) {
        this.code = code;
    }

    /** Value of the exported element. */
    public int code() {
        return code;
    }

    /** The constant of a code; {@link #UNKNOWN} for codes that are not known. */
    public static TcpTeardownInitiator of(final int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : UNKNOWN;
    }

    /** The initiator for a direction of the flow record: what its sender did. */
    static TcpTeardownInitiator ofSender(final int direction) {
        return direction == FlowRecord.FORWARD ? CLIENT : SERVER;
    }
}
