package net.flowsonde.dpi.dns;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Types of resource records: number, name, and the form of their data, one letter a field: {@code n} a name, {@code 1 2 4} a number of
 * so many octets, {@code s} a character string, {@code S} such strings to the end, {@code q} text to the end, {@code x} octets to the end
 * in hexadecimal and {@code b} in base 64, {@code p} service parameters (RFC 9460). No form: unknown, or an address.
 */
public enum DnsType {
    A(1, ""), NS(2, "n"), MD(3, "n"), MF(4, "n"), CNAME(5, "n"), SOA(6, "nn44444"), MB(7, "n"), MG(8, "n"), MR(9, "n"), NULL(10, ""),
    WKS(11, ""), PTR(12, "n"), HINFO(13, "ss"), MINFO(14, "nn"), MX(15, "2n"), TXT(16, "S"), RP(17, "nn"), AFSDB(18, "2n"),
    X25(19, "s"), ISDN(20, "S"), RT(21, "2n"), SIG(24, ""), KEY(25, "211b"), PX(26, "2nn"), AAAA(28, ""), LOC(29, ""), NXT(30, ""),
    SRV(33, "222n"), NAPTR(35, "22sssn"), KX(36, "2n"), CERT(37, "221b"), DNAME(39, "n"), OPT(41, ""), APL(42, ""), DS(43, "211x"),
    SSHFP(44, "11x"), IPSECKEY(45, ""), RRSIG(46, "2114442nb"), NSEC(47, "nx"), DNSKEY(48, "211b"), DHCID(49, "b"), NSEC3(50, ""),
    NSEC3PARAM(51, ""), TLSA(52, "111x"), SMIMEA(53, "111x"), HIP(55, ""), CDS(59, "211x"), CDNSKEY(60, "211b"), OPENPGPKEY(61, "b"),
    CSYNC(62, ""), ZONEMD(63, "411x"), SVCB(64, "2np"), HTTPS(65, "2np"), SPF(99, "S"), EUI48(108, "x"), EUI64(109, "x"), TKEY(249, ""),
    TSIG(250, ""), IXFR(251, ""), AXFR(252, ""), MAILB(253, ""), MAILA(254, ""), ANY(255, ""), URI(256, "22q"), CAA(257, "1sq"),
    DLV(32_769, "211x"), WINS(65_281, ""), WINSR(65_282, "");

    private static final int TABLE_LENGTH = 512;
    private static final DnsType[] BY_CODE = new DnsType[TABLE_LENGTH];

    static {
        for (final DnsType type : values()) {
            if (type.code < TABLE_LENGTH) {
                BY_CODE[type.code] = type;
            }
        }
    }

    private final int code;
    private final byte[] form;

    DnsType(final int code, final String form) {
        this.code = code;
        this.form = form.getBytes(US_ASCII);
    }

    public int code() {
        return code;
    }

    /** Letters for the fields of its data; empty when it has no such form. */
    byte[] form() {
        return form;
    }

    /** The type of a number, or null. */
    public static DnsType of(final int code) {
        if (code < TABLE_LENGTH) {
            return BY_CODE[code];
        }
        return code == DLV.code ? DLV : code == WINS.code ? WINS : code == WINSR.code ? WINSR : null;
    }

    /** The name of a number, such as {@code AAAA}, or {@code TYPE1234} (RFC 3597, 5). */
    public static String nameOf(final int code) {
        final DnsType type = of(code);
        return type == null ? "TYPE" + code : type.name();
    }
}
