package net.flowsonde.flow;

/** What the end of a TCP connection meant for whoever used it. Codes are frozen. */
public enum TcpTeardownImpact {
    /** No user was waiting. */
    NONE(0),
    /** The connection was not accepted. */
    REFUSED(1),
    /** A request had been sent, and no answer came. */
    REQUEST_UNANSWERED(2),
    /** Octets were on their way and did not arrive. */
    TRUNCATED(3),
    /** Everything had arrived: the end is of cosmetic interest. */
    COMPLETE(4),
    /** What was seen does not tell. */
    UNKNOWN(5);

    private static final TcpTeardownImpact[] BY_CODE = values();

    private final int code;

    TcpTeardownImpact(final int code) {
        this.code = code;
    }

    /** Value of the exported element. */
    public int code() {
        return code;
    }

    /** The constant of a code; {@link #UNKNOWN} for codes that are not known. */
    public static TcpTeardownImpact of(final int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : UNKNOWN;
    }
}
