package net.flowsonde.enrich;

/** Where the name of an end of a flow comes from. Codes are frozen; 5 and 6 are kept for certificates and reverse look-ups. */
public enum NameSource {
    NONE(0, "none"),
    /** An answer of DNS within its time to live. */
    DNS(1, "dns"),
    /** An answer of DNS that had expired, but not long ago: applications keep addresses. */
    DNS_STALE(2, "dns-stale"),
    /** DNS had given several names for the address, and the client called its server by this one in the handshake of TLS. */
    TLS(3, "tls"),
    /** DNS had given several names for the address, and the client called its server by this one in an HTTP request. */
    HTTP(4, "http");

    private static final NameSource[] BY_CODE = values();

    private final int code;
    private final String label;

    NameSource(final int code, final String label) {
        this.code = code;
        this.label = label;
    }

    public int code() {
        return code;
    }

    public String label() {
        return label;
    }

    /** The label of a code; null for one that is not used. */
    public static String labelOf(final int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code].label : null;
    }
}
