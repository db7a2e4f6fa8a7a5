package net.flowsonde.enrich.file;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.flowsonde.config.FilesConfig;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertKind;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;

/**
 * Everybody who works on file shares, of bounded number: what each does is held against the thresholds of the {@link FileSignal}s, and
 * told once a minute. Owned by the export thread.
 */
final class FileActors {
    private static final long INTERVAL_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST_SHARES = 4_096;

    private FilesConfig config;
    private final AlertBus alerts;
    private final FileMask mask;
    private final Counters counters;
    private int[] thresholds;
    private final Map<FileActor.Key, FileActor> actors = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<FileActor.Key, FileActor> eldest) {
            return isOver(size(), config.actors(), Counter.FILE_ACTORS_EVICTED);
        }
    };
    private final Map<String, ShareExtensions> shares = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<String, ShareExtensions> eldest) {
            return isOver(size(), MOST_SHARES, Counter.FILE_SHARES_EVICTED);
        }
    };
    private long intervalNs = Long.MIN_VALUE;

    FileActors(final FilesConfig config, final AlertBus alerts, final FileMask mask, final Counters counters) {
        this.alerts = alerts;
        this.mask = mask;
        this.counters = counters;
        reconfigure(config);
    }

    /** Other thresholds from now on; what everybody has done stays. */
    void reconfigure(final FilesConfig other) {
        config = other;
        thresholds = new int[] {
            config.overwrites(), config.replacements(), config.renames(), config.newExtensions(), config.sameFile(), config.walk(),
            config.destructions(), config.denials()};
    }

    private boolean isOver(final int size, final int limit, final Counter evicted) {
        if (size <= limit) {
            return false;
        }
        counters.increment(evicted);
        return true;
    }

    void onEvent(final FileEvent event, final boolean isSuppressed) {
        final FileActor actor = actors.computeIfAbsent(FileActor.Key.of(event), key -> new FileActor(key, share(key)));
        actor.onEvent(event, isSuppressed);
        check(actor, event.endNs());
    }

    private ShareExtensions share(final FileActor.Key key) {
        return shares.computeIfAbsent(key.server().getHostAddress() + ' ' + key.share(), name -> new ShareExtensions());
    }

    private void check(final FileActor actor, final long nowNs) {
        int score = 0;
        for (final FileSignal signal : FileSignal.values()) {
            final int threshold = thresholds[signal.ordinal()];
            final int value = actor.behaviour().value(signal, nowNs);
            if (threshold > 0 && value >= threshold && actor.isUnusual(signal, value, threshold, nowNs)) {
                raise(signal.alert(), actor, nowNs, value, threshold, signal.meaning());
            }
            score += weighted(signal, value);
        }
        if (config.score() > 0 && score >= config.score()) {
            raise(AlertKind.RANSOMWARE_SCORE, actor, nowNs, score, config.score(), "points of ransomware signals");
        }
    }

    /** Signals whose alert is off still count, against the threshold that they have by default. */
    private int weighted(final FileSignal signal, final int value) {
        final int threshold = Math.max(1, thresholds[signal.ordinal()] == 0 ? signal.fallback() : thresholds[signal.ordinal()]);
        return (int) ((long) signal.weight() * Math.min(value, threshold) / threshold);
    }

    private void raise(
        final AlertKind kind, final FileActor actor, final long nowNs, final int value, final int threshold, final String meaning) {
        if (!alerts.isEnabled(kind)) {
            return;
        }
        final FileActor.Key key = actor.key();
        final String user = key.user().isEmpty() ? "unknown user" : mask.name(key.user());
        final String share = mask.share(key.share());
        final String subject = key.client().getHostAddress() + ' ' + user + ' ' + share
            + (kind == AlertKind.DESTRUCTION_BURST ? ' ' + meaning : "");
        alerts.raise(Alert.of(kind, nowNs, subject, String.format("%s of %s on %s of %s: %,d %s (threshold %,d)", user,
                key.client().getHostAddress(), share.isEmpty() ? "an unknown share" : share, key.server().getHostAddress(), value,
                meaning, threshold))
            .between(key.client(), key.server()).measured(value, threshold).inFlow(actor.flowId()));
    }

    /** Tells once a minute, by the clock of the accesses, what everybody did. */
    void tellIfDue(final long nowNs, final Consumer<FileActivity> consumer) {
        if (intervalNs == Long.MIN_VALUE) {
            intervalNs = nowNs;
        } else if (nowNs - intervalNs >= INTERVAL_NS) {
            intervalNs = nowNs;
            tell(nowNs, consumer);
        }
    }

    /** Tells what everybody did since it was told last: nothing more comes. */
    void tellLast(final long nowNs, final Consumer<FileActivity> consumer) {
        actors.values().forEach(actor -> actor.behaviour().onEnd(nowNs));
        tell(nowNs, consumer);
    }

    /** Tells what everybody did since it was told last, and raises what only time has shown. */
    void tell(final long nowNs, final Consumer<FileActivity> consumer) {
        for (final FileActor actor : actors.values()) {
            check(actor, nowNs);
            if (actor.isActive()) {
                consumer.accept(activity(actor, nowNs));
            }
            actor.learn(nowNs);
        }
    }

    private FileActivity activity(final FileActor actor, final long nowNs) {
        final int[] values = new int[FileSignal.COUNT];
        int score = 0;
        for (final FileSignal signal : FileSignal.values()) {
            values[signal.ordinal()] = actor.behaviour().value(signal, nowNs);
            score += weighted(signal, values[signal.ordinal()]);
        }
        return actor.take(values, score, nowNs);
    }
}
