package net.flowsonde.collector;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Receives datagrams and writes them as a capture of raw IPv4 to the IPFIX port, for programs that read captures. */
final class DatagramCapture implements AutoCloseable {
    private static final int RAW_IPV4 = 228;
    private static final int IPFIX_PORT = 4739;
    private static final int HEADERS = 28;

    private final Listening listening;
    private final Thread thread;
    private final List<ByteBuffer> datagrams = new ArrayList<>();
    private final Set<Session> sessions = new HashSet<>();

    DatagramCapture() throws IOException {
        listening = new Listening(List.of(URI.create("udp://127.0.0.1:0")), 0);
        thread = new Thread(this::collect, "capture");
        thread.start();
    }

    String address() {
        return listening.addresses().get(0).toString();
    }

    private void collect() {
        try {
            listening.decode(new MessageConsumer() {
                @Override
                public void onMessage(final Session session, final ByteBuffer message) {
                    datagrams.add(message);
                    sessions.add(session);
                }

                @Override
                public void onBroken(final Session session, final Rule rule, final String detail) {
                    throw new IllegalStateException(detail);
                }
            }, idle -> false);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops, writes the capture and says how many datagrams are in it. */
    int writeTo(final Path file) throws IOException, InterruptedException {
        stop();
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putInt(0xA1B2C3D4).putShort((short) 2).putShort((short) 4)
                .putLong(0).putInt(65_535).putInt(RAW_IPV4).array());
            for (final ByteBuffer datagram : datagrams) {
                out.write(frame(datagram));
            }
        }
        return datagrams.size();
    }

    /** Stops and answers what has arrived, a message each. */
    List<ByteBuffer> messages() throws IOException, InterruptedException {
        stop();
        return datagrams;
    }

    /** From how many addresses and ports they came. */
    int sources() {
        return sessions.size();
    }

    /** Stops and writes the messages one behind the other, as a file of IPFIX has them (RFC 5655). */
    void writeMessagesTo(final Path file) throws IOException, InterruptedException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (final ByteBuffer message : messages()) {
                out.write(message.array(), 0, message.limit());
            }
        }
    }

    private void stop() throws IOException, InterruptedException {
        listening.stop();
        thread.join(TimeUnit.SECONDS.toMillis(10));
    }

    private static byte[] frame(final ByteBuffer datagram) {
        final int length = HEADERS + datagram.limit();
        final ByteBuffer frame = ByteBuffer.allocate(16 + length).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(datagram.getInt(4)).putInt(0).putInt(length).putInt(length).order(ByteOrder.BIG_ENDIAN);
        frame.putShort((short) 0x4500).putShort((short) length).putInt(0).putShort((short) (64 << 8 | 17)).putShort((short) 0)
            .putInt(0x7F000001).putInt(0x7F000001);
        frame.putShort((short) 40_000).putShort((short) IPFIX_PORT).putShort((short) (length - 20)).putShort((short) 0);
        return frame.put(datagram.array()).array();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
