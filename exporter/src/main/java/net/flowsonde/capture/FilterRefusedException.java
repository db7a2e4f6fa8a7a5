package net.flowsonde.capture;

/** libpcap does not compile a filter. */
final class FilterRefusedException extends CaptureException {
    private static final long serialVersionUID = 1;

    private final String reason;

    FilterRefusedException(final String expression, final String reason) {
        super("filter \"" + expression + "\": " + reason);
        this.reason = reason;
    }

    /** libpcap's own words. */
    String reason() {
        return reason;
    }
}
