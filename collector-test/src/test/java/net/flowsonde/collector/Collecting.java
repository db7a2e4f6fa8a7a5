package net.flowsonde.collector;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** The collector inside the test's own process: listens until {@link #finish}, on the socket buffers that the system gives. */
final class Collecting implements AutoCloseable {
    private final Collected collected = new Collected();
    private final Listening listening;
    private final Thread decoder;
    private volatile long records;

    Collecting(final String... uris) throws IOException {
        listening = new Listening(List.of(uris).stream().map(URI::create).toList(), 0);
        decoder = new Thread(this::decode, "decoder");
        decoder.start();
    }

    /** Where it listens. */
    String address() {
        return listening.addresses().get(0).toString();
    }

    /** Flow records that were decoded so far. */
    long records() {
        return records;
    }

    private void decode() {
        try {
            listening.decode(collected.decoder(), idle -> {
                records = collected.summary().total().records();
                return false;
            });
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes what has arrived and gives what came of it. */
    Collected finish() throws InterruptedException {
        listening.stop();
        decoder.join();
        return collected;
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
