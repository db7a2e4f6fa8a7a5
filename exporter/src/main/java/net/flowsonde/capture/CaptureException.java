package net.flowsonde.capture;

/** Capture cannot start or go on for a reason that the operator can mend. The message is one line, ready to be shown as it is. */
public class CaptureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CaptureException(final String message) {
        super(message);
    }

    public CaptureException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
