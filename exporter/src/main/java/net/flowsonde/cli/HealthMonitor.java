package net.flowsonde.cli;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import net.flowsonde.config.HealthConfig;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertKind;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counter.Scope;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Gauge;
import net.flowsonde.telemetry.Label;
import net.flowsonde.telemetry.RunStatus;
import net.flowsonde.telemetry.Telemetry;

/**
 * Looks at the counts from time to time and raises an alert when something begins to be wrong: once for each time that it begins, and not
 * again while it goes on. What the bus holds back for its cool-down is tried again while it lasts, so that the last that is told of a
 * collector is true. The packet path knows nothing of it.
 */
final class HealthMonitor implements AutoCloseable {
    private static final int PERCENT = 100;
    /** How far a spool must be emptied before it can be told again that it fills. */
    private static final int HYSTERESIS = 10;
    /** How long what the bus held back is not tried again. */
    private static final long RETRY_MS = TimeUnit.MINUTES.toMillis(1);

    private volatile HealthConfig config;
    private final Telemetry telemetry;
    private final AlertBus alerts;
    private final boolean isLive;
    private final LongSupplier epochMs;
    private final Thread thread = new Thread(this::run, "health");
    /** What is wrong now and has been told, by kind and subject. */
    private final Set<String> wrong = new HashSet<>();
    /** Interfaces that were looked at before: one whose queues do not capture at the first look may only be about to begin. */
    private final Set<String> captured = new HashSet<>();
    /** When to try again what the bus held back. */
    private final Map<String, Long> retries = new HashMap<>();
    private final Map<String, Long> earlier = new HashMap<>();
    private volatile boolean isClosed;

    /** @param isLive  whether a capture that ends has failed; a file's has not */
    HealthMonitor(
        final HealthConfig config, final Telemetry telemetry, final AlertBus alerts, final boolean isLive, final LongSupplier epochMs) {
        this.config = config;
        this.telemetry = telemetry;
        this.alerts = alerts;
        this.isLive = isLive;
        this.epochMs = epochMs;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!isClosed) {
            LockSupport.parkNanos(this, config.checkInterval().toNanos());
            if (!isClosed) {
                check();
            }
        }
    }

    /** Other thresholds, and another interval at once. */
    void reconfigure(final HealthConfig other) {
        config = other;
        LockSupport.unpark(thread);
    }

    /** One look at everything. */
    synchronized void check() {
        for (final Counters queue : telemetry.all(Scope.QUEUE)) {
            checkCapture(queue);
            checkDrops(queue, "packets or records", Counter.KERNEL_DROPS, Counter.INTERFACE_DROPS, Counter.RECORDS_RING_FULL);
            checkCache(queue);
        }
        for (final Counters collector : telemetry.all(Scope.COLLECTOR)) {
            checkSession(collector);
            checkDrops(collector, "records", Counter.RECORDS_DROPPED);
            checkSpool(collector);
            checkCertificate(collector);
        }
    }

    /** The queues of an interface stop together, which is one event. */
    private void checkCapture(final Counters queue) {
        final String name = queue.value(Label.INTERFACE);
        final boolean isStopped = telemetry.all(Scope.QUEUE).stream()
            .anyMatch(other -> other.value(Label.INTERFACE).equals(name) && other.value(Gauge.CAPTURING) == 0);
        final boolean isSeen = !captured.add(name) || !isStopped;
        if (isLive && isSeen && telemetry.status().state() == RunStatus.State.RUNNING) {
            onCondition(AlertKind.CAPTURE_STOPPED, name, isStopped, name + " is no longer captured: it is down, gone or broken", 0, 0);
        }
    }

    private void checkDrops(final Counters counters, final String what, final Counter... causes) {
        long total = 0;
        for (final Counter cause : causes) {
            total += counters.value(cause);
        }
        final long dropped = since("drops " + counters.name(), total);
        onCondition(AlertKind.DROPS, counters.name(), dropped >= config.drops(), counters.name() + ": " + dropped + " " + what
            + " dropped in " + config.checkInterval().toMillis() + " ms", dropped, config.drops());
    }

    private void checkCache(final Counters queue) {
        final long evicted = since("cache " + queue.name(), queue.value(Counter.EMERGENCY_EXPIRIES));
        onCondition(AlertKind.CACHE_EMERGENCY, queue.name(), evicted > 0, queue.name() + ": the flow cache is full, " + evicted
            + " flows had to leave early", evicted, queue.value(Gauge.FLOW_LIMIT));
    }

    /** While it is tried, a collector is what it was. */
    private void checkSession(final Counters collector) {
        final long state = collector.value(Gauge.SESSION_STATE);
        final String name = collector.name();
        if (state == Gauge.SESSION_AWAY) {
            onCondition(AlertKind.COLLECTOR_DOWN, name, true, name + " cannot be reached", 0, 0);
        } else if (state == Gauge.SESSION_OPEN) {
            if (wrong.contains(key(AlertKind.COLLECTOR_DOWN, name))
                && onCondition(AlertKind.COLLECTOR_UP, name, true, name + " is back", 0, 0)) {
                wrong.remove(key(AlertKind.COLLECTOR_UP, name));
                wrong.remove(key(AlertKind.COLLECTOR_DOWN, name));
            }
            retries.remove(key(AlertKind.COLLECTOR_DOWN, name));
        }
    }

    private void checkSpool(final Counters collector) {
        final long limit = collector.value(Gauge.SPOOL_LIMIT);
        if (limit == 0) {
            return;
        }
        final String name = collector.name();
        final long octets = collector.value(Gauge.SPOOL_OCTETS);
        final boolean isKnown = wrong.contains(key(AlertKind.SPOOL_FILLING, name));
        final int percent = isKnown ? Math.max(1, config.spoolFilling() - HYSTERESIS) : config.spoolFilling();
        onCondition(AlertKind.SPOOL_FILLING, name, octets >= limit / PERCENT * percent, name + ": the spool holds " + octets + " of "
            + limit + " octets", octets, limit / PERCENT * config.spoolFilling());
        final long forcedOut = since("spool " + name, collector.value(Counter.RECORDS_FORCED_OUT));
        onCondition(AlertKind.SPOOL_FULL, name, forcedOut > 0, name + ": the spool is full, " + forcedOut + " records were forced out",
            octets, limit);
    }

    private void checkCertificate(final Counters collector) {
        final long expiryMs = collector.value(Gauge.CERTIFICATE_EXPIRY_TIME);
        final long leftMs = expiryMs - epochMs.getAsLong();
        final String name = collector.name();
        onCondition(AlertKind.CERTIFICATE_EXPIRY, name, expiryMs != 0 && leftMs < config.certificateExpiry().toMillis(),
            name + (leftMs < 0 ? ": a certificate has expired" : ": a certificate expires in " + TimeUnit.MILLISECONDS.toHours(leftMs)
                + " h"), Math.max(0, leftMs) / 1_000, config.certificateExpiry().toSeconds());
    }

    /** How much a count has grown since the last look, or since the start: a short replay is looked at only at its end. */
    private long since(final String what, final long total) {
        final Long before = earlier.put(what, total);
        return Math.max(0, total - (before == null ? 0 : before));
    }

    /** Answers whether it was told now. */
    private boolean onCondition(
        final AlertKind kind, final String subject, final boolean isWrong, final String text, final long value, final long threshold) {
        final String key = key(kind, subject);
        if (!isWrong) {
            wrong.remove(key);
            retries.remove(key);
            return false;
        }
        final long nowMs = epochMs.getAsLong();
        if (wrong.contains(key) || nowMs < retries.getOrDefault(key, nowMs)) {
            return false;
        }
        if (alerts.raise(Alert.of(kind, TimeUnit.MILLISECONDS.toNanos(nowMs), subject, text).measured(value, threshold))) {
            wrong.add(key);
            retries.remove(key);
            return true;
        }
        retries.put(key, nowMs + RETRY_MS);
        return false;
    }

    private static String key(final AlertKind kind, final String subject) {
        return kind + " " + subject;
    }

    /** Looks once more, so that what ended the run is told too, and then no more. */
    @Override
    public void close() {
        if (!isClosed) {
            check();
            isClosed = true;
            LockSupport.unpark(thread);
        }
    }
}
