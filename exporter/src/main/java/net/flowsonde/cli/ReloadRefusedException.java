package net.flowsonde.cli;

/** A changed configuration cannot be applied; what runs goes on as before. The message is for the operator. */
final class ReloadRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    ReloadRefusedException(final String message) {
        super(message);
    }
}
