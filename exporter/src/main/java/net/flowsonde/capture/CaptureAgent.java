package net.flowsonde.capture;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.concurrent.Agent;

/**
 * The work of one queue thread: takes frames from its source, hands them to its handler, and at the end closes both. It never spins:
 * an idle live source waits in the kernel. {@link #run} until the file ends, {@link #stop} is called or the source fails.
 */
public final class CaptureAgent implements Agent, Runnable {
    /** Most polls after a stop. Each moves a block: more than any kernel buffer holds, so only a broken source meets it. */
    private static final int DRAIN_LIMIT = 1 << 20;

    private final String name;
    private final PacketSource source;
    private final PacketHandler handler;
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private volatile boolean isStopped;
    private volatile boolean isDone;
    private volatile long workedNs = System.nanoTime();
    private volatile Throwable failure;

    /** @param name what is captured, for thread names and messages: {@code eth0/1}, {@code trace.pcap} */
    public CaptureAgent(final String name, final PacketSource source, final PacketHandler handler) {
        this.name = name;
        this.source = source;
        this.handler = handler;
    }

    @Override
    public int doWork() {
        workedNs = System.nanoTime();
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
        return source.poll(handler);
    }

    /** Polls until there is no more or {@link #stop} was called, drains the source, closes the handler and the source. */
    @Override
    public void run() {
        try {
            while (!isStopped && !source.isFinished()) {
                doWork();
            }
            if (!source.isFinished()) {
                drain();
            }
        } catch (final Throwable thrown) { // an error of ours or of the machine must reach the operator, not end a thread in silence
            failure = thrown;
        } finally {
            onClose();
        }
    }

    /** A live source is emptied; a file is left where it is, because its rest would not be held by anything that is lost. */
    private void drain() {
        source.closeIntake();
        for (int polls = 0; polls < DRAIN_LIMIT && source.poll(handler) > 0; polls++) {
            Thread.onSpinWait();
        }
    }

    /** Ends the run soon, on a silent link too; any thread. */
    public void stop() {
        isStopped = true;
        source.wakeUp();
    }

    /** Called by {@link #run}: the handler passes on what it holds, then the source is closed. */
    @Override
    public void onClose() {
        try {
            handler.onClose();
        } catch (final Throwable thrown) {
            failure = failure == null ? thrown : failure;
        } finally {
            source.close();
            isDone = true;
        }
    }

    /** Has the queue's thread run a command between two batches, within a fraction of a second; any thread. */
    public void execute(final Runnable command) {
        commands.add(command);
        source.wakeUp();
    }

    /** When the thread last began a batch, by the clock of {@link System#nanoTime}; any thread. At most a fraction of a second ago. */
    public long workedNs() {
        return workedNs;
    }

    /** The run is over and everything is closed; any thread. */
    public boolean isDone() {
        return isDone;
    }

    /** What ended the run, if it was not the end of the file or a stop; any thread. A {@link CaptureException} is for the operator. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Why a file ended before its end, one line; after the run. */
    public Optional<String> problem() {
        return source.problem();
    }

    @Override
    public String roleName() {
        return name;
    }
}
