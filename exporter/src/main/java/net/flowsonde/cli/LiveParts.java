package net.flowsonde.cli;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import net.flowsonde.capture.LiveFilter;
import net.flowsonde.capture.PacketSource;
import net.flowsonde.config.CollectorConfig;
import net.flowsonde.config.FlowsondeConfig;
import net.flowsonde.ipfix.Destination;
import net.flowsonde.ipfix.ExportAgent;
import net.flowsonde.telemetry.Gauge;

/** The parts of a live pipeline whose change can be refused when it is tried: the filter and the collectors. One thread at a time. */
final class LiveParts {
    /** Queues look after their filter once a second. */
    private static final long FILTER_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long SESSION_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long POLL_MS = 20;
    private static final long EXPORT_TIMEOUT_S = 20;

    private final LiveFilter filter;
    private final List<PacketSource> sources;
    private final ExportAgent export;
    private final OwnConversations ownConversations;
    private final Function<CollectorConfig, Destination> opener;
    private final Map<CollectorConfig, Destination> destinations;
    private final boolean isSpooling;
    private String expression;

    /** @param destinations the collectors that are open now */
    LiveParts(
        final FlowsondeConfig running, final LiveFilter filter, final List<PacketSource> sources, final ExportAgent export,
        final OwnConversations ownConversations, final Function<CollectorConfig, Destination> opener,
        final Map<CollectorConfig, Destination> destinations) {
        expression = running.capture().filter();
        isSpooling = running.spool().directory().isPresent();
        this.filter = filter;
        this.sources = List.copyOf(sources);
        this.export = export;
        this.ownConversations = ownConversations;
        this.opener = opener;
        this.destinations = new LinkedHashMap<>(destinations);
    }

    /** Changes the filter in every queue, or in none. */
    void filter(final FlowsondeConfig wanted) throws ReloadRefusedException {
        final String changed = wanted.capture().filter();
        filter.expression(changed);
        final Optional<String> refusal = awaitFilter();
        if (refusal.isPresent()) {
            filter.expression(expression);
            throw new ReloadRefusedException("capture.filter: " + refusal.get());
        }
        expression = changed;
    }

    /** A queue whose interface is away takes the filter when it opens it again. */
    private Optional<String> awaitFilter() {
        final long deadlineNs = System.nanoTime() + FILTER_TIMEOUT_NS;
        while (!sources.stream().allMatch(PacketSource::hasNewestFilter) && System.nanoTime() - deadlineNs < 0) {
            final Optional<String> refusal = sources.stream().flatMap(source -> source.filterRefusal().stream()).findFirst();
            if (refusal.isPresent()) {
                return refusal;
            }
            pause();
        }
        return Optional.empty();
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MS);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Opens the new collectors and says farewell to those that are gone; the others notice nothing, and each record goes to all of then. */
    void collectors(final FlowsondeConfig wanted) throws ReloadRefusedException {
        final Set<CollectorConfig> gone = new LinkedHashSet<>(destinations.keySet());
        wanted.collectors().forEach(gone::remove);
        final Set<CollectorConfig> fresh = new LinkedHashSet<>(wanted.collectors());
        fresh.removeAll(destinations.keySet());
        refuseFilesOpenTwice(gone, fresh);
        final Map<CollectorConfig, CollectorConfig> renewed = renewed(gone, fresh);
        gone.removeAll(renewed.keySet());
        fresh.removeAll(renewed.values());
        fresh.forEach(collector -> ownConversations.add(collector.uri()));
        awaitFilter(); // our own first messages to them are left out too
        final Map<CollectorConfig, Destination> opened = open(fresh);
        final List<Runnable> farewells = new ArrayList<>();
        handOver(renewed, opened);
        await("collectors", () -> {
            opened.values().forEach(export::attach);
            gone.forEach(collector -> farewells.add(export.detach(destinations.get(collector))));
        });
        final List<Destination> left = gone.stream().map(destinations::remove).toList();
        destinations.putAll(opened);
        farewells.forEach(Runnable::run);
        left.forEach(destination -> destination.sink().counters().set(Gauge.SESSION_STATE, Gauge.SESSION_UNKNOWN));
        forget(gone);
    }

    /** Collectors that stay, with other settings, and have a spool, which one sink at a time may use. */
    private Map<CollectorConfig, CollectorConfig> renewed(final Set<CollectorConfig> gone, final Set<CollectorConfig> fresh) {
        final Map<CollectorConfig, CollectorConfig> renewed = new LinkedHashMap<>();
        gone.stream().filter(old -> isSpooling && old.uri().getHost() != null).forEach(old -> fresh.stream()
            .filter(next -> next.uri().equals(old.uri()) && !renewed.containsValue(next)).findFirst()
            .ifPresent(next -> renewed.put(old, next)));
        return renewed;
    }

    /** Changes the settings of all of these or, when one is refused, of none. */
    private void handOver(final Map<CollectorConfig, CollectorConfig> renewed, final Map<CollectorConfig, Destination> opened)
        throws ReloadRefusedException {
        final List<CollectorConfig> done = new ArrayList<>();
        try {
            for (final CollectorConfig old : renewed.keySet()) {
                await("collectors", () -> handOver(old, renewed.get(old)));
                done.add(old);
            }
        } catch (final ReloadRefusedException refused) {
            for (final CollectorConfig old : done) {
                await("collectors", () -> handOver(renewed.get(old), old));
            }
            opened.values().forEach(destination -> destination.sink().close());
            forget(opened.keySet());
            throw refused;
        }
    }

    /** Export thread: between two records, so that none misses both sinks. What the first has not brought waits in the spool for the next. */
    private void handOver(final CollectorConfig old, final CollectorConfig next) {
        final Destination left = destinations.remove(old);
        left.sink().onHandover();
        export.detach(left).run();
        left.sink().counters().set(Gauge.SESSION_STATE, Gauge.SESSION_UNKNOWN);
        CollectorConfig attached = old;
        try {
            destinations.put(next, opener.apply(next));
            attached = next;
        } finally {
            export.attach(destinations.computeIfAbsent(attached, opener));
        }
    }

    private void forget(final Set<CollectorConfig> gone) {
        gone.stream().map(CollectorConfig::uri).filter(uri -> destinations.keySet().stream().noneMatch(left -> left.uri().equals(uri)))
            .forEach(ownConversations::remove);
    }

    /** The new sink would write over what the old one has still open. */
    private static void refuseFilesOpenTwice(final Set<CollectorConfig> gone, final Set<CollectorConfig> fresh)
        throws ReloadRefusedException {
        for (final CollectorConfig collector : fresh) {
            if (collector.uri().getHost() == null && gone.stream().anyMatch(old -> old.uri().equals(collector.uri()))) {
                throw new ReloadRefusedException("collectors: " + collector.uri() + " is open, so that its settings need a restart");
            }
        }
    }

    private Map<CollectorConfig, Destination> open(final Set<CollectorConfig> collectors) throws ReloadRefusedException {
        final Map<CollectorConfig, Destination> opened = new LinkedHashMap<>();
        try {
            collectors.forEach(collector -> opened.put(collector, opener.apply(collector)));
            awaitSessions(opened.values());
            return opened;
        } catch (final UncheckedIOException | IllegalArgumentException refused) {
            opened.values().forEach(destination -> destination.sink().close());
            forget(collectors);
            throw new ReloadRefusedException("collectors: " + FailureText.of(refused));
        }
    }

    /** Gives those that can be reached the time to be, so that no record finds them still connecting. */
    private static void awaitSessions(final Collection<Destination> opened) {
        final long deadlineNs = System.nanoTime() + SESSION_TIMEOUT_NS;
        while (opened.stream().anyMatch(destination -> destination.sink().sessionId() == 0) && System.nanoTime() - deadlineNs < 0) {
            opened.forEach(destination -> destination.sink().doWork(System.nanoTime()));
            pause();
        }
    }

    /** What is made of records: thresholds, lists, limits. */
    void enrichment(final FlowsondeConfig wanted) throws ReloadRefusedException {
        await("dns, files", () -> export.reconfigure(wanted.dns(), wanted.files()));
    }

    private void await(final String keys, final Runnable command) throws ReloadRefusedException {
        try {
            export.execute(command).get(EXPORT_TIMEOUT_S, TimeUnit.SECONDS);
        } catch (final TimeoutException stuck) {
            throw new ReloadRefusedException(keys + ": the export thread does not answer");
        } catch (final ExecutionException failed) {
            throw new ReloadRefusedException(keys + ": " + FailureText.of(failed.getCause()));
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ReloadRefusedException(keys + ": interrupted");
        }
    }
}
