package net.flowsonde.cli;

import java.io.UncheckedIOException;
import net.flowsonde.capture.CaptureException;

/** The one line that an operator is shown for an exception. */
final class FailureText {
    private FailureText() {
    }

    /** What the operator can mend, in its own words; anything else is named as a fault of Flowsonde. */
    static String of(final Throwable failure) {
        if (failure instanceof CaptureException || failure instanceof WrongUsageException) {
            return failure.getMessage();
        }
        if (failure instanceof UncheckedIOException) {
            return failure.getMessage() == null ? failure.getCause().toString() : failure.getMessage();
        }
        if (failure instanceof UnsatisfiedLinkError) {
            return "a native library is missing: " + failure.getMessage().lines().findFirst().orElse("");
        }
        if (failure instanceof OutOfMemoryError) {
            return "out of memory: " + failure.getMessage() + "; lower flow.cache-size or capture.queues";
        }
        return "internal error, please report it with the output of --debug: " + failure;
    }
}
