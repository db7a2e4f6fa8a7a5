package net.flowsonde.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.flowsonde.config.ConfigChange;
import net.flowsonde.config.FileContents;
import net.flowsonde.config.FileContents.Named;
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
    private final FileContents contents;
    private final List<Part> parts = new ArrayList<>();
    private Consumer<FlowsondeConfig> listener = wanted -> { };

    /**
     * @param source   reads the configuration again, as at the start; a {@link WrongUsageException} names its mistakes
     * @param running  what runs now
     */
    Reload(final Supplier<FlowsondeConfig> source, final FlowsondeConfig running) {
        this.source = source;
        this.running = ConfigChange.valuesOf(running);
        contents = FileContents.of(running);
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
            final FileContents found = FileContents.of(wanted);
            final List<Named> rewritten = contents.changedIn(found);
            for (final Part part : parts) {
                if (changes.stream().anyMatch(change -> part.keys().test(change.key())) || rewritten.stream().anyMatch(file -> isFor(part, file))) {
                    part.step().apply(wanted);
                }
            }
            contents.follow(found, rewritten.stream().filter(file -> !file.isWatched() && !isApplied(file.key())).toList());
            listener.accept(wanted);
            final List<String> lines = Stream.concat(changes.stream().map(this::told), rewritten.stream().map(this::told)).toList();
            return ControlReply.done(lines.isEmpty() ? List.of("nothing has changed") : lines);
        } catch (final WrongUsageException | ReloadRefusedException refused) {
            final List<String> lines = new ArrayList<>(refused.getMessage().lines().toList());
            lines.add("nothing was changed: the old configuration stays in force");
            return ControlReply.refused(lines);
        }
    }

    private String told(final ConfigChange change) {
        final boolean isApplied = isApplied(change.key());
        if (isApplied) {
            running.put(change.key(), change.after());
        }
        return change.key() + ": " + change.before() + " -> " + change.after() + (isApplied ? ": applied" : ": needs a restart");
    }

    private String told(final Named file) {
        return file.key() + ": " + file.path() + " holds something else: "
            + (file.isWatched() ? "read again within seconds, without a reload too" : isApplied(file.key()) ? "applied" : "needs a restart");
    }

    private static boolean isFor(final Part part, final Named file) {
        return !file.isWatched() && part.keys().test(file.key());
    }

    private boolean isApplied(final String key) {
        return parts.stream().anyMatch(part -> part.keys().test(key));
    }
}
