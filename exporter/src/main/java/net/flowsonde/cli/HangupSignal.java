package net.flowsonde.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/** SIGHUP as a request to read the configuration again, instead of the end of the process. */
final class HangupSignal {
    private static final Logger LOGGER = LoggerFactory.getLogger(HangupSignal.class);

    private HangupSignal() {
    }

    /** Has {@code action} run, by a thread of the virtual machine, whenever the signal comes. */
    static void handle(final Runnable action) {
        try {
            Signal.handle(new Signal("HUP"), signal -> action.run());
        } catch (final IllegalArgumentException reserved) {
            LOGGER.info("SIGHUP does not reload: {}", reserved.getMessage());
        }
    }
}
