package net.flowsonde.collector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A receiver with its thread, and the loop that decodes what it received. {@link #decode} belongs to one thread; {@link #stop} may be
 * called by any.
 */
final class Listening implements AutoCloseable {
    private static final long WAIT_MILLIS = 50;

    private final Inbox inbox = new Inbox();
    private final List<TlsReceiver> tlsReceivers = new ArrayList<>();
    private final Receiver receiver;
    private final Thread thread;

    /** Binds every address and starts to receive. */
    Listening(final List<URI> uris, final int receiveBuffer) throws IOException {
        this(uris, receiveBuffer, new TlsFiles(), refusal -> { });
    }

    /** @param onRefused  hears of connections that TLS refused, a line each */
    Listening(final List<URI> uris, final int receiveBuffer, final TlsFiles files, final Consumer<String> onRefused) throws IOException {
        for (final URI uri : uris.stream().filter(Listening::isTls).toList()) {
            tlsReceivers.add(new TlsReceiver(uri, files, inbox, onRefused));
        }
        receiver = new Receiver(uris.stream().filter(uri -> !isTls(uri)).toList(), receiveBuffer, inbox);
        thread = new Thread(this::receive, "receiver");
        thread.setDaemon(true);
        thread.start();
    }

    private static boolean isTls(final URI uri) {
        return "tls".equals(uri.getScheme());
    }

    List<URI> addresses() {
        return Stream.concat(receiver.addresses().stream(), tlsReceivers.stream().map(TlsReceiver::address)).toList();
    }

    /** What ends {@link #decode} beside {@link #stop}. */
    interface Limit {
        /** Asked after each message and each short wait. */
        boolean isReached(Duration idle);
    }

    /**
     * Decodes until the receiver was stopped and everything that had arrived is decoded. Idle time counts from the first message, so that a
     * sender may take its time to start.
     */
    void decode(final MessageConsumer consumer, final Limit limit) throws InterruptedException {
        boolean hasStarted = false;
        boolean isStopped = false;
        long lastNs = 0;
        Inbox.Outcome outcome = Inbox.Outcome.NOTHING;
        while (outcome != Inbox.Outcome.END) {
            outcome = inbox.poll(consumer, WAIT_MILLIS, TimeUnit.MILLISECONDS);
            final long nowNs = System.nanoTime();
            if (outcome == Inbox.Outcome.MESSAGE) {
                hasStarted = true;
                lastNs = nowNs;
            }
            final Duration idle = hasStarted ? Duration.ofNanos(nowNs - lastNs) : Duration.ZERO;
            if (!isStopped && limit.isReached(idle)) {
                isStopped = true;
                stop();
            }
        }
    }

    /** Makes {@link #decode} return once it has decoded what had arrived. */
    void stop() {
        receiver.stop();
    }

    @Override
    public void close() throws IOException {
        stop();
        thread.interrupt();
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        receiver.close();
        for (final TlsReceiver tls : tlsReceivers) {
            tls.close();
        }
    }

    private void receive() {
        try {
            receiver.run();
        } catch (final ClosedByInterruptException e) {
            Thread.currentThread().interrupt();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            inbox.end();
        }
    }
}
