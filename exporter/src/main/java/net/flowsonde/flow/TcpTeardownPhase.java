package net.flowsonde.flow;

/** How far a TCP connection had come when it ended. Codes are frozen. */
public enum TcpTeardownPhase {
    /** Not known: the capture began in the middle, or it did not end. */
    UNKNOWN(0),
    /** A SYN was sent. */
    AFTER_SYN(1),
    /** A SYN-ACK was sent, the handshake not yet complete. */
    AFTER_SYN_ACK(2),
    /** Handshake complete, no payload. */
    ESTABLISHED_NO_DATA(3),
    /** The client sent payload, the server none so far. */
    FIRST_REQUEST(4),
    /** Payload was going to and fro. */
    EXCHANGE(5),
    /** Nothing outstanding and nothing said for longer than the idle timer. */
    IDLE(6),
    /** One FIN had been seen. */
    HALF_CLOSED(7),
    /** Both FINs had been seen. */
    CLOSED(8);

    private static final TcpTeardownPhase[] BY_CODE = values();

    private final int code;

    TcpTeardownPhase(final int code) {
        this.code = code;
    }

    /** Value of the exported element. */
    public int code() {
        return code;
    }

    /** The constant of a code; {@link #UNKNOWN} for codes that are not known. */
    public static TcpTeardownPhase of(final int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : UNKNOWN;
    }
}
