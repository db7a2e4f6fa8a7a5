package net.flowsonde.telemetry;

/** How grave an alert is, gravest first. Codes are frozen. */
public enum AlertSeverity {
    CRITICAL(1),
    WARNING(2),
    /** Something is as it should be again. */
    NOTICE(3);

    private final int code;

    AlertSeverity(final int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
