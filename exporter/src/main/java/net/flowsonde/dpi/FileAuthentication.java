package net.flowsonde.dpi;

/** How a user made himself known. Codes are frozen. */
public enum FileAuthentication {
    /** The logon was not seen. */
    UNKNOWN(0, "unknown"),
    NTLM(1, "NTLM"),
    KERBEROS(2, "Kerberos"),
    ANONYMOUS(3, "anonymous"),
    /** Let in as the server's guest, whatever name was given. */
    GUEST(4, "guest"),
    /** The client's word for user and groups (RFC 5531, appendix A). */
    AUTH_SYS(5, "AUTH_SYS"),
    /** RFC 2203. */
    RPCSEC_GSS(6, "RPCSEC_GSS"),
    AUTH_NONE(7, "AUTH_NONE"),
    /** A password, or an answer to a challenge, without the messages of NTLM: the old logon of SMB1. */
    PASSWORD(8, "password");

    private final int code;
    private final String text;

    FileAuthentication(final int code, final String text) {
        this.code = code;
        this.text = text;
    }

    /** Value of the exported element. */
    public int code() {
        return code;
    }

    /** As a person writes it. */
    public String text() {
        return text;
    }

    /** The constant of a code; {@link #UNKNOWN} for codes that are not known. */
    public static FileAuthentication of(final int code) {
        return code >= 0 && code < Codes.FILE_AUTHENTICATIONS.length ? Codes.FILE_AUTHENTICATIONS[code] : UNKNOWN;
    }
}
