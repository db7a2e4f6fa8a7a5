package net.flowsonde.ipfix;

import java.util.concurrent.TimeUnit;
import net.flowsonde.ipfix.ExportAgent.Pace;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;

/**
 * How long a message waits for a sink that refuses it: live not at all; in a replay, and when a live exporter stops, as long as the sink
 * makes some progress, and a bounded time without any. A sink that has used that up is not waited for again until it takes a message.
 */
final class Patience {
    private static final long REPLAY_LIMIT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long STOPPING_LIMIT_NS = TimeUnit.SECONDS.toNanos(3);

    private final MessageSink sink;
    private final MessageLedger ledger;
    private final NanoClock clock;
    private final IdleStrategy idle = new BackoffIdleStrategy(10, 20, 20_000, 200_000);
    private long limitNs;
    private long progress;
    private long progressNs;
    private boolean isWaiting;
    private boolean isExhausted;

    Patience(final MessageSink sink, final MessageLedger ledger, final Pace pace, final NanoClock clock) {
        this.sink = sink;
        this.ledger = ledger;
        limitNs = pace == Pace.REPLAY ? REPLAY_LIMIT_NS : 0;
        this.clock = clock;
    }

    /** Even live there is nothing left to hurry for. */
    void onDraining() {
        limitNs = Math.max(limitNs, STOPPING_LIMIT_NS);
    }

    /** The sink has taken a message. */
    void onTaken() {
        isWaiting = false;
        isExhausted = false;
        idle.reset();
    }

    /** The sink has refused a message: lets it work and says whether to offer again. */
    boolean isTryingAgain() {
        if (limitNs == 0 || isExhausted || sink.isHopeless()) {
            return false;
        }
        final long nowNs = clock.nanoTime();
        sink.doWork(nowNs);
        ledger.settle(sink);
        final long now = ledger.settled() - sink.waitingOctets();
        if (!isWaiting || now > progress) {
            isWaiting = true;
            progress = now;
            progressNs = nowNs;
        }
        if (nowNs - progressNs > limitNs) {
            isWaiting = false;
            isExhausted = true;
            return false;
        }
        idle.idle();
        return true;
    }
}
