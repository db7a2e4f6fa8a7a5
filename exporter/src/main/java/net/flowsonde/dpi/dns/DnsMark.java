package net.flowsonde.dpi.dns;

/** What is worth knowing about a {@link DnsTransaction} beside its fields. Bits are frozen; a set of marks is the sum of their masks. */
public enum DnsMark {
    /** No answer came within the timeout, or before the exporter stopped. */
    UNANSWERED(0, "no answer came in time"),
    /** An answer to no query that was seen. */
    UNSOLICITED(1, "answer without a query"),
    /** The query had been answered already. */
    SECOND_ANSWER(2, "answer to a query that had been answered already"),
    /** A second answer that says something else than the first; one of the two may be forged. */
    DIFFERENT_ANSWER(3, "second answer that differs from the first"),
    /** The client asked the same again before an answer came. */
    RETRIED(4, "query sent more than once"),
    /** The TC bit: the answer did not fit. */
    TRUNCATED(5, "answer cut by its sender, the TC bit"),
    /** The cut answer over UDP and its retry over TCP are this one transaction. */
    TRUNCATION_RETRIED(6, "joined with the retry over TCP of a cut answer"),
    /** Octets after the last record of a message, which are not all zero. */
    TRAILING_OCTETS(7, "octets after the last record"),
    /** Payload on a DNS port that is no DNS; there is no question then, and the lengths count what passed. */
    NOT_DNS(8, "payload on a DNS port that is not DNS"),
    /** A message broke off or contradicts itself; what came before is kept. */
    MALFORMED(9, "message that breaks off or contradicts itself"),
    /** Sent to a group of receivers, so not paired. */
    MULTICAST(10, "sent to a multicast or broadcast address"),
    MDNS(11, "multicast DNS, port 5353"),
    LLMNR(12, "link-local multicast name resolution, port 5355"),
    NETBIOS(13, "NetBIOS name service, port 137"),
    EDNS(14, "with an OPT record"),
    DNSSEC_OK(15, "DNSSEC records wanted, the DO bit"),
    CLIENT_SUBNET(16, "with the client's subnet"),
    COOKIE(17, "with a DNS cookie"),
    PADDING(18, "padded"),
    SEVERAL_QUESTIONS(19, "more than one question"),
    NO_QUESTION(20, "no question"),
    Z_BIT(21, "reserved bit of the header set"),
    /** The header counts more entries than the message has room for. */
    COUNT_TOO_LARGE(22, "header counts more entries than there are"),
    SEVERAL_OPT(23, "more than one OPT record, or one in the wrong section"),
    /** A compression pointer to itself, forward, or in a circle. */
    BAD_POINTER(24, "compression pointer that does not point backward"),
    UNUSUAL_OPCODE(25, "operation other than a standard query"),
    /** The record had no room for everything. */
    CUT(26, "more records than are kept"),
    /** Not all octets of the message were captured. */
    CAPTURE_CUT(27, "message captured incompletely"),
    /** DNS over TLS, QUIC or HTTPS: no content, the lengths count what passed. */
    ENCRYPTED(28, "encrypted"),
    /** The table of pending queries was full and the oldest had to go before its answer or timeout. */
    EVICTED(29, "given up early because too many queries were pending"),
    /** An AAAA record of the well-known prefix 64:ff9b::/96 (RFC 6052). */
    SYNTHESIZED(30, "IPv6 address made from an IPv4 address, DNS64"),
    /** An HTTPS or SVCB record offers Encrypted Client Hello. */
    ENCRYPTED_HELLO(31, "offers encrypted client hello"),
    /** The answer's identifier and endpoints fit a pending query, its question does not; it may be forged. */
    QUESTION_DIFFERS(32, "answer to another question than was asked"),
    UNEXPECTED_PORT(33, "DNS on a port that is not one of its own"),
    /** A name above 255 octets, or a label of a reserved form. */
    BAD_NAME(34, "name that is too long or of a reserved form"),
    /** Octets after the last record that say nothing: some routers send all answers in one size. */
    ZERO_FILLED(35, "filled up with zeros after the last record");

    private static final DnsMark[] BY_BIT = values();

    private final int bit;
    private final String description;

    DnsMark(final int bit, final String description) {
        this.bit = bit;
        this.description = description;
    }

    public int bit() {
        return bit;
    }

    public long mask() {
        return 1L << bit;
    }

    public boolean isIn(final long marks) {
        return (marks & mask()) != 0;
    }

    /** One line for documentation and options records; no full stop. */
    public String description() {
        return description;
    }

    /** The mark of a bit, from 0 to {@link #count()} - 1. */
    public static DnsMark of(final int bit) {
        return BY_BIT[bit];
    }

    public static int count() {
        return BY_BIT.length;
    }
}
