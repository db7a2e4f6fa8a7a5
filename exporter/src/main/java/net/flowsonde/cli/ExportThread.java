package net.flowsonde.cli;

import java.util.Optional;
import net.flowsonde.telemetry.DistinctLog;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** Runs the export agent until it is told to finish; then the agent drains what is left and closes. */
final class ExportThread implements Runnable {
    private static final long LONGEST_PARK_NS = 1_000_000;

    private final Agent agent;
    private final DistinctLog log;
    private final IdleStrategy idle = new BackoffIdleStrategy(1, 1, 1_000, LONGEST_PARK_NS);
    private final Thread thread;
    private volatile boolean isFinishing;
    private volatile Throwable failure;
    private volatile long workedNs = System.nanoTime();

    ExportThread(final Agent agent, final DistinctLog log) {
        this.agent = agent;
        this.log = log;
        thread = new Thread(this, agent.roleName());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Whether somebody still empties the rings; any thread. */
    boolean isAlive() {
        return thread.isAlive();
    }

    /** When a round of work last began, by the clock of {@link System#nanoTime}; any thread. */
    long workedNs() {
        return workedNs;
    }

    /** To be called when every producer has ended; returns when all is sent and closed. */
    void finish() throws InterruptedException {
        isFinishing = true;
        thread.join();
    }

    /** The first thing that went wrong and should not have; after the end. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void run() {
        while (!isFinishing) {
            idle.idle(work());
        }
        try {
            agent.onClose();
        } catch (final Exception thrown) {
            onFailure(thrown);
        }
    }

    /** A record that cannot be exported is our bug; the records behind it still matter. */
    private int work() {
        workedNs = System.nanoTime();
        try {
            return agent.doWork();
        } catch (final Exception thrown) {
            onFailure(thrown);
            return 0;
        }
    }

    private void onFailure(final Exception thrown) {
        failure = failure == null ? thrown : failure;
        log.error("export failed: " + thrown, thrown);
    }
}
