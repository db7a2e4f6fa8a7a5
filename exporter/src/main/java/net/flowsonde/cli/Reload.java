package net.flowsonde.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import net.flowsonde.config.ConfigChange;
import net.flowsonde.config.FlowsondeConfig;
import net.flowsonde.service.ControlReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration again and applies what has changed, as far as that loses no flow. A configuration with a mistake is refused as a
 * whole. One at a time; any thread.
 */
final class Reload {
    private static final Logger LOGGER = LoggerFactory.getLogger(Reload.class);

    /** Applies its part of a configuration, or throws and leaves everything as it was. */
    interface Step {
        void apply(FlowsondeConfig wanted) throws ReloadRefusedException;
    }

    private record Part(Predicate<String> keys, Step step) {
    }

    private final Supplier<FlowsondeConfig> source;
    private final Map<String, String> running;
    private final List<Part> parts = new ArrayList<>();
    private Consumer<FlowsondeConfig> listener = wanted -> { };

    /**
     * @param source   reads the configuration again, as at the start; a {@link WrongUsageException} names its mistakes
     * @param running  what runs now
     */
    Reload(final Supplier<FlowsondeConfig> source, final FlowsondeConfig running) {
        this.source = source;
        this.running = ConfigChange.valuesOf(running);
    }

    /** Adds a part that can be applied while we run, behind those that were added before: those that may refuse come first. */
    Reload with(final Predicate<String> keys, final Step step) {
        parts.add(new Part(keys, step));
        return this;
    }

    /** Has {@code onTaken} hear of every configuration that is taken up. */
    Reload telling(final Consumer<FlowsondeConfig> onTaken) {
        listener = onTaken;
        return this;
    }

    synchronized ControlReply run() {
        final ControlReply reply = reply();
        LOGGER.warn("reload {}: {}", reply.isDone() ? "done" : "refused", String.join("; ", reply.lines()));
        return reply;
    }

    private ControlReply reply() {
        try {
            final FlowsondeConfig wanted = source.get();
            final List<ConfigChange> changes = ConfigChange.between(running, ConfigChange.valuesOf(wanted));
            for (final Part part : parts) {
                if (changes.stream().anyMatch(change -> part.keys().test(change.key()))) {
                    part.step().apply(wanted);
                }
            }
            listener.accept(wanted);
            return ControlReply.done(changes.isEmpty() ? List.of("nothing has changed") : changes.stream().map(this::told).toList());
        } catch (final WrongUsageException | ReloadRefusedException refused) {
            final List<String> lines = new ArrayList<>(refused.getMessage().lines().toList());
            lines.add("nothing was changed: the old configuration stays in force");
            return ControlReply.refused(lines);
        }
    }

    private String told(final ConfigChange change) {
        final boolean isApplied = parts.stream().anyMatch(part -> part.keys().test(change.key()));
        if (isApplied) {
            running.put(change.key(), change.after());
        }
        return change.key() + ": " + change.before() + " -> " + change.after() + (isApplied ? ": applied" : ": needs a restart");
    }
}
