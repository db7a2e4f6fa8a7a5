package net.flowsonde.enrich.file;

/** From where the user of a flow is known. Codes are frozen. */
public enum UserSource {
    NONE(0, "none"),
    /** A session on this very flow. */
    FLOW(1, "flow"),
    /** A session of the same client with the same server. */
    SESSION(2, "session"),
    /** The one user that was lately seen on the client. */
    INFERRED(3, "inferred");

    private static final UserSource[] ALL = values();

    private final int code;
    private final String text;

    UserSource(final int code, final String text) {
        this.code = code;
        this.text = text;
    }

    public int code() {
        return code;
    }

    public String text() {
        return text;
    }

    public static UserSource of(final int code) {
        return code >= 0 && code < ALL.length ? ALL[code] : NONE;
    }
}
