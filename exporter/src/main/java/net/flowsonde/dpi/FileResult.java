package net.flowsonde.dpi;

/** What the status of an operation means, over all protocols. Codes are frozen. */
public enum FileResult {
    /** No answer was seen. */
    UNKNOWN(0, "unknown"),
    OK(1, "ok"),
    /** Refused for want of rights, or a logon that failed. */
    DENIED(2, "denied"),
    /** There is no such file, directory or share. */
    NOT_FOUND(3, "not-found"),
    /** Any other failure; the status tells. */
    FAILED(4, "failed");

    private final int code;
    private final String text;

    FileResult(final int code, final String text) {
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
    public static FileResult of(final int code) {
        return code >= 0 && code < Codes.FILE_RESULTS.length ? Codes.FILE_RESULTS[code] : UNKNOWN;
    }
}
