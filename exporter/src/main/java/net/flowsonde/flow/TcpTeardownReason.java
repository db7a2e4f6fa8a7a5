package net.flowsonde.flow;

/**
 * Why a TCP connection ended. Codes are frozen; readers treat codes that they do not know like {@link #MIDSTREAM_END}. In the rules,
 * X is the sender of the reset or FIN, Y its peer, and <em>outstanding</em> means payload that was sent and not acknowledged. A reset
 * takes part only if its sequence number fits (see {@code TcpResets}); what the first such reset finds is frozen. The rules of resets
 * are tried in this order: 23, 26, 17, 19, 27, 20, 22, 37, 38, 39, 76, 78, 68/69, 74, 75, 70/71, 72/73, 66/67, 64/65.
 */
public enum TcpTeardownReason {
    /** The record was exported by the active timeout; the connection goes on. */
    NOT_ENDED(0, Verdict.NEUTRAL, TcpTeardownImpact.UNKNOWN, "Exported by the active timeout, the connection goes on"),
    /** Handshake complete, no FIN or RST, idle timeout. With octets outstanding it is a hang: something drops silently. */
    IDLE_ESTABLISHED(1, Verdict.NEUTRAL, TcpTeardownImpact.UNKNOWN, "Established and silent until the idle timeout"),
    /** Packets of one side only, and not the pattern of a handshake: the capture sees one direction. */
    IDLE_ONE_DIRECTION(2, Verdict.NEUTRAL, TcpTeardownImpact.UNKNOWN, "Only one direction was seen, then silence"),
    /** Operator flush, shutdown (flowEndReason 4) or full cache (flowEndReason 5) before an end was seen. */
    FORCED_OR_EVICTED(3, Verdict.NEUTRAL, TcpTeardownImpact.UNKNOWN, "The exporter let go of the flow before it ended"),
    /** A SYN with another initial sequence number on the same endpoints, while the old connection had not ended. */
    TUPLE_REUSED(4, Verdict.NEUTRAL, TcpTeardownImpact.UNKNOWN, "The endpoints were used for a new connection before an end was seen"),
    /** No handshake seen, packets of both sides, no FIN or RST, idle timeout. */
    MIDSTREAM_END(5, Verdict.NEUTRAL, TcpTeardownImpact.UNKNOWN, "Beginning not seen, silent until the idle timeout"),

    /** The client sent SYNs only, nothing came from the server, and no ICMP error quoted them. */
    SYN_UNANSWERED(16, Verdict.SUSPICIOUS, TcpTeardownImpact.REFUSED, "SYN without any answer: filter, host down or scan"),
    /** The server's first packet is a RST that acknowledges the SYN (and octets in it), no SYN-ACK. */
    SYN_REFUSED_RST(17, Verdict.SUSPICIOUS, TcpTeardownImpact.REFUSED, "SYN answered by RST: closed port or service down"),
    /** An ICMP error (destination unreachable or time exceeded) quoted the SYN, and no packet came from the server. */
    SYN_REFUSED_ICMP(18, Verdict.SUSPICIOUS, TcpTeardownImpact.REFUSED, "SYN answered by an ICMP error"),
    /** Client SYN, then client RST, no packet of the server. */
    SYN_ABORTED_BY_CLIENT(19, Verdict.NEUTRAL, TcpTeardownImpact.NONE, "The client took its SYN back"),
    /** SYN-ACK, then a client RST at the sequence number that it acknowledged, no ACK before. */
    SYNACK_RESET_BY_CLIENT(20, Verdict.NEUTRAL, TcpTeardownImpact.NONE, "The client answered the SYN-ACK by RST: scan or lost race"),
    /** The server sent a SYN-ACK, and neither ACK nor RST came from the client. */
    SYNACK_UNANSWERED(21, Verdict.SUSPICIOUS, TcpTeardownImpact.REFUSED, "SYN-ACK without an answer: SYN flood or loss on the way back"),
    /** Server RST after its SYN-ACK and before the client's ACK. */
    SYNACK_RESET_BY_SERVER(22, Verdict.SUSPICIOUS, TcpTeardownImpact.REFUSED, "The server took its SYN-ACK back"),
    /** Nothing but RSTs in the whole flow. Nobody is blamed: the packets that they answer may have been forged. */
    BACKSCATTER_RST(23, Verdict.NEUTRAL, TcpTeardownImpact.NONE, "Nothing but RST packets"),
    /** Nothing but SYN-ACKs in the whole flow. */
    BACKSCATTER_SYNACK(24, Verdict.NEUTRAL, TcpTeardownImpact.NONE, "Nothing but SYN-ACK packets"),
    /** A FIN before the handshake was complete, no payload. */
    FIN_BEFORE_ESTABLISHED(25, Verdict.SUSPICIOUS, TcpTeardownImpact.NONE, "FIN before the handshake was complete"),
    /** The first packet has none of SYN, ACK and RST (null, FIN, Xmas), or SYN and FIN together, and at most two packets were seen. */
    STEALTH_PROBE(26, Verdict.SUSPICIOUS, TcpTeardownImpact.NONE, "First packet with flags of a port scan"),
    /**
     * The SYN was answered by a bare ACK (the server still had an old connection), then came a client RST at the sequence number that it
     * acknowledged. The retry of the SYN, though it has the same initial sequence number, is a flow of its own.
     */
    HALF_OPEN_RESYNC(27, Verdict.NEUTRAL, TcpTeardownImpact.NONE, "The server still held an old connection, the client cleared it"),

    /** Both FINs, the client's first. */
    FIN_BY_CLIENT(32, Verdict.BENIGN, TcpTeardownImpact.COMPLETE, "Closed, client first"),
    /** Both FINs, the server's first. */
    FIN_BY_SERVER(33, Verdict.BENIGN, TcpTeardownImpact.COMPLETE, "Closed, server first"),
    /** Both FINs, the second does not acknowledge the first, within a second. */
    FIN_SIMULTANEOUS(34, Verdict.BENIGN, TcpTeardownImpact.COMPLETE, "Closed by both at the same time"),
    /** A FIN of the client only, then the idle timeout. */
    FIN_HALF_CLOSED_BY_CLIENT(35, Verdict.NEUTRAL, TcpTeardownImpact.UNKNOWN, "The client closed, the server never did"),
    /** A FIN of the server only, then the idle timeout. */
    FIN_HALF_CLOSED_BY_SERVER(36, Verdict.NEUTRAL, TcpTeardownImpact.UNKNOWN, "The server closed, the client never did"),
    /** X sent FIN, then X sent RST, Y had not sent FIN. Truncated if Y had more outstanding than closing octets, else complete. */
    RST_BY_CLOSER_AFTER_FIN(37, Verdict.BENIGN, TcpTeardownImpact.COMPLETE, "The side that had closed reset the rest"),
    /** Y sent FIN, X answered by RST instead of FIN. Truncated if Y had more outstanding than closing octets, else complete. */
    FIN_ANSWERED_BY_RST(38, Verdict.BENIGN, TcpTeardownImpact.COMPLETE, "FIN answered by RST"),
    /** Both FINs, then RST. */
    RST_AFTER_CLOSE(39, Verdict.BENIGN, TcpTeardownImpact.COMPLETE, "RST after both had closed"),

    /** Last payload from the server, nothing outstanding, idle at least T_idle, client RST. */
    RST_IDLE_BY_CLIENT(64, Verdict.BENIGN, TcpTeardownImpact.COMPLETE, "The client reset an idle connection"),
    /** Last payload from the server, nothing outstanding, idle at least T_idle, server RST. */
    RST_IDLE_BY_SERVER(65, Verdict.BENIGN, TcpTeardownImpact.COMPLETE, "The server reset an idle connection"),
    /** Last payload from the server, nothing outstanding, idle less than T_idle, client RST. */
    RST_AFTER_RESPONSE_BY_CLIENT(66, Verdict.BENIGN, TcpTeardownImpact.COMPLETE, "The client reset after the whole response"),
    /** Last payload from the server, nothing outstanding, idle less than T_idle, server RST. */
    RST_AFTER_RESPONSE_BY_SERVER(67, Verdict.BENIGN, TcpTeardownImpact.COMPLETE, "The server reset after its whole response"),
    /** Established, no payload either way, client RST. */
    RST_NO_DATA_BY_CLIENT(68, Verdict.BENIGN, TcpTeardownImpact.NONE, "The client reset an unused connection: port or health check"),
    /** Established, no payload either way, server RST. */
    RST_NO_DATA_BY_SERVER(69, Verdict.SUSPICIOUS, TcpTeardownImpact.REFUSED, "The server reset an unused connection: limit or policy"),
    /** The last payload came from the client, none from the server since, server RST. */
    RST_REQUEST_UNANSWERED_BY_SERVER(70, Verdict.SUSPICIOUS, TcpTeardownImpact.REQUEST_UNANSWERED,
        "The server reset instead of answering: crash or policy"),
    /** The last payload came from the client, none from the server since, client RST. */
    RST_REQUEST_UNANSWERED_BY_CLIENT(71, Verdict.SUSPICIOUS, TcpTeardownImpact.REQUEST_UNANSWERED,
        "The client gave up waiting for an answer"),
    /** Last payload from the server, octets outstanding, client RST. */
    RST_MID_TRANSFER_BY_CLIENT(72, Verdict.NEUTRAL, TcpTeardownImpact.TRUNCATED, "The client reset in the middle of a transfer"),
    /** Last payload from the server, octets outstanding, server RST. */
    RST_MID_TRANSFER_BY_SERVER(73, Verdict.SUSPICIOUS, TcpTeardownImpact.TRUNCATED, "The server reset in the middle of a transfer"),
    /** A receiver's window had been 0 for at least T_zw when X sent RST. */
    RST_ZERO_WINDOW(74, Verdict.SUSPICIOUS, TcpTeardownImpact.TRUNCATED, "Reset while a receiver was stuck with a window of 0"),
    /** X had sent the same octets again at least N_rtx times without a new acknowledgment, then RST. */
    RST_AFTER_RETRANSMISSION(75, Verdict.SUSPICIOUS, TcpTeardownImpact.TRUNCATED, "Reset after retransmissions that nobody acknowledged"),
    /** RST without ACK at a sequence number that Y acknowledged lately, from a side silent for at least T_half or never seen. */
    HALF_OPEN_RST(76, Verdict.SUSPICIOUS, TcpTeardownImpact.UNKNOWN, "One side had lost the connection: restart, or state of a NAT"),
    /** RST on a flow without handshake or payload. */
    MIDSTREAM_RST(78, Verdict.NEUTRAL, TcpTeardownImpact.UNKNOWN, "RST on a connection of which nothing was seen");

    /** Whether an analyst should look. */
    public enum Verdict {
        /** Ordinary. */
        BENIGN,
        /** Depends on how often and where. */
        NEUTRAL,
        /** Worth a look. */
        SUSPICIOUS
    }

    private static final TcpTeardownReason[] BY_CODE = new TcpTeardownReason[256];

    static {
        for (final TcpTeardownReason reason : values()) {
            BY_CODE[reason.code] = reason;
        }
    }

    private final int code;
    private final Verdict verdict;
    private final TcpTeardownImpact impact;
    private final String description;

    TcpTeardownReason(final int code, final Verdict verdict, final TcpTeardownImpact impact, final String description) {
        this.code = code;
        this.verdict = verdict;
        this.impact = impact;
        this.description = description;
    }

    /** Value of the exported element, 0 to 255. */
    public int code() {
        return code;
    }

    /** What the reason alone says; evidence and impact of a single connection may say more. */
    public Verdict verdict() {
        return verdict;
    }

    /** What the reason alone means for the user; {@link #RST_BY_CLOSER_AFTER_FIN} and {@link #FIN_ANSWERED_BY_RST} may also truncate. */
    public TcpTeardownImpact impact() {
        return impact;
    }

    /** One line for documentation and options records; no full stop. */
    public String description() {
        return description;
    }

    /** The constant of a code; {@link #MIDSTREAM_END} for codes that are not known. */
    public static TcpTeardownReason of(final int code) {
        final TcpTeardownReason reason = code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
        return reason == null ? MIDSTREAM_END : reason;
    }
}
