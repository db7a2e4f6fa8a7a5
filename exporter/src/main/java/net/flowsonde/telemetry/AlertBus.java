package net.flowsonde.telemetry;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * Passes alerts on to whoever listens: to the log at once, to every {@link AlertQueue} in order. An alert of one kind about one subject is
 * passed on once in a cool-down, by the alerts' own times, so that a replay gives what live capture would have given; and a kind is held
 * to a number a minute, so that forged subjects flood nobody. Any thread may raise one, but none of the packet path, which takes no locks:
 * queue threads leave them in their ring.
 */
public final class AlertBus {
    /** Most pairs of kind and subject that are remembered; the one that was raised least lately is forgotten first. */
    static final int MOST_REMEMBERED = 4_096;

    private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);

    private volatile AlertRules rules;
    private final Counters counters;
    private final Logger logger;
    private final List<AlertQueue> queues = new ArrayList<>();
    private final Map<AlertKind, Minute> minutes = new EnumMap<>(AlertKind.class);
    private final Map<Topic, Raised> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<Topic, Raised> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    private record Topic(AlertKind kind, String subject) {
    }

    private static final class Raised {
        private long timeNs;
        private long suppressed;
    }

    private static final class Minute {
        private long startNs;
        private int raised;
    }

    public AlertBus(final AlertRules rules, final Telemetry telemetry, final Logger logger) {
        this.rules = rules;
        this.logger = logger;
        counters = telemetry.register(Counter.Scope.ALERTS, "alerts");
    }

    /** Other rules from now on. */
    public void rules(final AlertRules changed) {
        rules = changed;
    }

    /** A queue of its own for one more listener, which sees what is raised from now on. */
    public synchronized AlertQueue subscribe(final int capacity) {
        final AlertQueue queue = new AlertQueue(capacity);
        queues.add(queue);
        return queue;
    }

    /** The queue gets nothing any more; what waits in it stays there. */
    public synchronized void unsubscribe(final AlertQueue queue) {
        queues.remove(queue);
    }

    /** Whether alerts of this kind are wanted at all, for whoever would have to work for them. */
    public boolean isEnabled(final AlertKind kind) {
        return !rules.disabled().contains(kind);
    }

    /** Passes an alert on, unless its kind is off or it was raised lately; answers whether it was. */
    public synchronized boolean raise(final Alert alert) {
        if (!isEnabled(alert.kind())) {
            return false;
        }
        final Topic topic = new Topic(alert.kind(), alert.subject());
        final Raised last = remembered.get(topic);
        if (last != null && Math.abs(alert.timeNs() - last.timeNs) < rules.coolDown().toNanos()) {
            last.suppressed++;
            counters.increment(Counter.ALERTS_SUPPRESSED);
            return false;
        }
        if (isFlood(alert)) {
            counters.increment(Counter.ALERTS_OVER_LIMIT);
            return false;
        }
        passOn(alert.withSuppressed(last == null ? 0 : last.suppressed), topic);
        return true;
    }

    private boolean isFlood(final Alert alert) {
        final Minute minute = minutes.computeIfAbsent(alert.kind(), kind -> new Minute());
        if (minute.raised == 0 || Math.abs(alert.timeNs() - minute.startNs) >= MINUTE_NS) {
            minute.startNs = alert.timeNs();
            minute.raised = 0;
        }
        return ++minute.raised > rules.mostPerMinute();
    }

    private void passOn(final Alert alert, final Topic topic) {
        final Raised raised = remembered.computeIfAbsent(topic, key -> new Raised());
        raised.timeNs = alert.timeNs();
        raised.suppressed = 0;
        counters.increment(Counter.ALERTS_RAISED);
        logger.warn("alert {}: {}{}", alert.kind().label(), alert.text(),
            alert.suppressed() == 0 ? "" : " (" + alert.suppressed() + " more since the last)");
        for (final AlertQueue queue : queues) {
            if (!queue.offer(alert)) {
                counters.increment(Counter.ALERTS_DROPPED);
            }
        }
    }
}
