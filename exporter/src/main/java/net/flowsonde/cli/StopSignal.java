package net.flowsonde.cli;

import java.util.concurrent.CountDownLatch;

/**
 * SIGTERM and SIGINT as a request to drain: the run is told to stop, ends in order on its own thread, and its exit code becomes that of
 * the process.
 */
final class StopSignal implements AutoCloseable {
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::onShutdown, "stop");
    private volatile boolean isRaised;
    private volatile int exitCode;

    StopSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    boolean isRaised() {
        return isRaised;
    }

    /** What the process ends with, if a signal ends it. */
    void exitCode(final int code) {
        exitCode = code;
    }

    /** The virtual machine ends once this returns; halting gives the exit code that a signal's own would otherwise replace. */
    private void onShutdown() {
        isRaised = true;
        try {
            done.await();
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode);
    }

    /** The run is over. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException shuttingDown) {
            System.out.flush();
            System.err.flush();
        } finally {
            done.countDown();
        }
    }
}
