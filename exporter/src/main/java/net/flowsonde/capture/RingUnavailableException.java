package net.flowsonde.capture;

/** An interface or machine where the ring cannot be used but libpcap may. */
final class RingUnavailableException extends CaptureException {
    private static final long serialVersionUID = 1L;

    RingUnavailableException(final String message) {
        super(message);
    }
}
