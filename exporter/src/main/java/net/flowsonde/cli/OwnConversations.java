package net.flowsonde.cli;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.flowsonde.capture.OwnTraffic;
import net.flowsonde.capture.OwnTraffic.Conversation;

/**
 * Keeps what live captures leave out in step with the collectors, whose names may come to mean other addresses, or any at all, while we
 * run: all are looked up again from time to time, by a thread of its own, because that can take long.
 */
final class OwnConversations implements AutoCloseable {
    private static final long INTERVAL_S = 30;

    private final OwnTraffic ownTraffic;
    private final Map<URI, List<Conversation>> known = new LinkedHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        final Thread made = new Thread(task, "own traffic");
        made.setDaemon(true);
        return made;
    });

    OwnConversations(final OwnTraffic ownTraffic) {
        this.ownTraffic = ownTraffic;
    }

    /** Begins to look names up again. */
    void start() {
        thread.scheduleWithFixedDelay(this::lookUpAgain, INTERVAL_S, INTERVAL_S, TimeUnit.SECONDS);
    }

    /** Leaves out what goes to this collector. */
    void add(final URI collector) {
        replace(collector, ExportConversations.of(collector, true));
    }

    /** The collector is no more. */
    synchronized void remove(final URI collector) {
        final List<Conversation> gone = known.remove(collector);
        if (gone != null) {
            gone.stream().filter(conversation -> !isKnown(conversation)).forEach(ownTraffic::remove);
        }
    }

    void lookUpAgain() {
        for (final URI collector : collectors()) {
            final List<Conversation> found = ExportConversations.of(collector, false);
            if (!found.isEmpty()) {
                replace(collector, found);
            }
        }
    }

    private synchronized List<URI> collectors() {
        return List.copyOf(known.keySet());
    }

    private synchronized void replace(final URI collector, final List<Conversation> found) {
        final List<Conversation> before = known.getOrDefault(collector, List.of());
        known.put(collector, found);
        found.forEach(ownTraffic::add);
        before.stream().filter(conversation -> !isKnown(conversation)).forEach(ownTraffic::remove);
    }

    private boolean isKnown(final Conversation conversation) {
        return known.values().stream().anyMatch(conversations -> conversations.contains(conversation));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
