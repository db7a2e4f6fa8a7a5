package net.flowsonde.enrich.file;

import java.net.InetAddress;
import net.flowsonde.dpi.FileOperation;

/** One user of one client on one share: totals of the interval at hand and {@link FileBehaviour}. */
final class FileActor {
    /** What makes an actor. */
    record Key(InetAddress client, InetAddress server, String user, String domain, String share) {
        static Key of(final FileEvent event) {
            return new Key(event.client(), event.server(), event.user(), event.domain(), event.share());
        }
    }

    private final Key key;
    private final ShareExtensions extensions;
    private final FileBehaviour behaviour;
    private final UsualRate usualDestruction = new UsualRate();
    private final UsualRate usualDenials = new UsualRate();
    private long startNs;
    private long endNs;
    private long flowId;
    private long accesses;
    private long reads;
    private long writes;
    private long creations;
    private long deletions;
    private long renames;
    private long failures;
    private long readOctets;
    private long writeOctets;
    private long suppressed;

    /** @param extensions  of the share, known to all who work on it */
    FileActor(final Key key, final ShareExtensions extensions) {
        this.key = key;
        this.extensions = extensions;
        behaviour = new FileBehaviour(extensions);
    }

    Key key() {
        return key;
    }

    FileBehaviour behaviour() {
        return behaviour;
    }

    /** @param isSuppressed  no record of its own is exported for it */
    void onEvent(final FileEvent event, final boolean isSuppressed) {
        if (accesses == 0) {
            startNs = event.startNs();
        }
        endNs = Math.max(endNs, event.endNs());
        flowId = event.flowId();
        accesses++;
        reads += event.readOctets() > 0 ? 1 : 0;
        writes += event.writeOctets() > 0 ? 1 : 0;
        creations += event.isCreation() ? 1 : 0;
        deletions += event.isDeletion() ? 1 : 0;
        renames += event.isOk() && event.operation() == FileOperation.RENAME ? 1 : 0;
        failures += event.isOk() ? 0 : 1;
        readOctets += event.readOctets();
        writeOctets += event.writeOctets();
        suppressed += isSuppressed ? 1 : 0;
        if (event.isOk()) {
            extensions.learn(event.path(), event.endNs());
            extensions.learn(event.secondPath(), event.endNs());
        }
        behaviour.onEvent(event);
    }

    /** The flow in which it was seen last. */
    long flowId() {
        return flowId;
    }

    boolean isActive() {
        return accesses != 0;
    }

    /** Whether a signal that has reached its threshold is news: what somebody does all the time, as an archive does that clears up, is none. */
    boolean isUnusual(final FileSignal signal, final int value, final int threshold, final long nowNs) {
        return switch (signal) {
            case DESTRUCTION -> usualDestruction.isUnusual(value, threshold, nowNs);
            case DENIED -> usualDenials.isUnusual(value, threshold, nowNs);
            default -> true;
        };
    }

    /** A minute has passed. */
    void learn(final long nowNs) {
        usualDestruction.learn(behaviour.value(FileSignal.DESTRUCTION, nowNs), nowNs);
        usualDenials.learn(behaviour.value(FileSignal.DENIED, nowNs), nowNs);
    }

    /** What there is to tell of the interval, which begins anew. */
    FileActivity take(final int[] signals, final int score, final long nowNs) {
        final FileActivity activity = new FileActivity(
            startNs, endNs, FileActivity.addresses(key.client(), key.server()), key.client().getAddress().length == 4 ? 4 : 6, key.user(),
            key.domain(), key.share(), accesses, reads, writes, creations, deletions, renames, failures, readOctets,
            writeOctets, suppressed, signals, usualDestruction.percent(signals[FileSignal.DESTRUCTION.ordinal()], nowNs),
            usualDenials.percent(signals[FileSignal.DENIED.ordinal()], nowNs), score);
        accesses = 0;
        reads = 0;
        writes = 0;
        creations = 0;
        deletions = 0;
        renames = 0;
        failures = 0;
        readOctets = 0;
        writeOctets = 0;
        suppressed = 0;
        return activity;
    }
}
