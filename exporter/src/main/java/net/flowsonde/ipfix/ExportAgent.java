package net.flowsonde.ipfix;

import java.util.List;
import java.util.function.Supplier;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.concurrent.Agent;

/** The one export thread: rings to records, records to messages, messages to collectors. */
public final class ExportAgent implements Agent {
    /** What to do when a collector does not take a message. */
    public enum Pace {
        /** Traffic does not wait: the message is dropped and counted. */
        LIVE,
        /** A file can wait: try again, within a bound. */
        REPLAY
    }

    /**
     * @param rings       one a queue
     * @param sinks       one a collector, from {@code MessageSinks.open}; closed by {@link #onClose}
     * @param interfaces  the interfaces that records name; asked whenever their names are sent
     */
    public ExportAgent(
        final ExportConfig config, final List<RecordRing> rings, final List<MessageSink> sinks, final Telemetry telemetry,
        final Supplier<List<ObservedInterface>> interfaces, final Pace pace) {
    }

    @Override
    public int doWork() {
        return 0;
    }

    /** Drains the rings, whose producers must have finished, sends everything with the last statistics, and closes the sinks. */
    @Override
    public void onClose() {
    }

    @Override
    public String roleName() {
        return "export";
    }
}
