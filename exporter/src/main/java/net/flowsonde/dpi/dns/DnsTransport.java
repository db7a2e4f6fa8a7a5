package net.flowsonde.dpi.dns;

/** What carried a {@link DnsTransaction}. Codes are frozen. */
public enum DnsTransport {
    UDP(1, "UDP"),
    TCP(2, "TCP"),
    /** DNS over TLS, RFC 7858. */
    TLS(3, "DoT"),
    /** DNS over dedicated QUIC connections, RFC 9250. */
    QUIC(4, "DoQ"),
    /** DNS over HTTPS, RFC 8484, known by its resolver. */
    HTTPS(5, "DoH");

    private static final DnsTransport[] BY_CODE = values();

    private final int code;
    private final String label;

    DnsTransport(final int code, final String label) {
        this.code = code;
        this.label = label;
    }

    public int code() {
        return code;
    }

    /** The short name that people use. */
    public String label() {
        return label;
    }

    /** The constant of a code; UDP for one that is not known. */
    public static DnsTransport of(final int code) {
        return code >= 1 && code <= BY_CODE.length ? BY_CODE[code - 1] : UDP;
    }
}
