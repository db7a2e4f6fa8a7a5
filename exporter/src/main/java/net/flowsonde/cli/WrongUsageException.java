package net.flowsonde.cli;

/** Options or configuration cannot be used: exit code 2. The message is what the operator is shown. */
final class WrongUsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongUsageException(final String message) {
        super(message);
    }
}
