package net.flowsonde.enrich.file;

/** From where the user of a flow is known. Codes are frozen. */
public enum UserSource {
    NONE(0),
    /** A session on this very flow. */
    FLOW(1),
    /** A session of the same client with the same server. */
    SESSION(2),
    /** The one user that was lately seen on the client. */
    INFERRED(3);

    private static final UserSource[] ALL = values();

    private final int code;

    UserSource(final int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static UserSource of(final int code) {
        return code >= 0 && code < ALL.length ? ALL[code] : NONE;
    }
}
