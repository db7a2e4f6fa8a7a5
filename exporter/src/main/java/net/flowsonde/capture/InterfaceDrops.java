package net.flowsonde.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Frames that the network interface itself lost, from the kernel's statistics (Linux; elsewhere always 0). The files stay open and are
 * read into one buffer. One thread's.
 */
final class InterfaceDrops implements AutoCloseable {
    private static final int NUMBER_LENGTH = 32;
    private static final String[] FILES = {"rx_missed_errors", "rx_fifo_errors"};

    private final ByteBuffer text = ByteBuffer.allocateDirect(NUMBER_LENGTH);
    private final FileChannel[] channels = new FileChannel[FILES.length];
    private long last;

    InterfaceDrops(final String interfaceName) {
        for (int i = 0; i < FILES.length; i++) {
            channels[i] = open(Path.of("/sys/class/net", interfaceName, "statistics", FILES[i]));
        }
        last = total();
    }

    private static FileChannel open(final Path path) {
        try {
            return FileChannel.open(path, StandardOpenOption.READ);
        } catch (final IOException exception) {
            return null; // no such statistics here
        }
    }

    /** Frames lost since the last call, or since the beginning. */
    long take() {
        final long before = last;
        last = total();
        return Math.max(0, last - before);
    }

    private long total() {
        long total = 0;
        for (final FileChannel channel : channels) {
            total += channel == null ? 0 : read(channel);
        }
        return total;
    }

    private long read(final FileChannel channel) {
        try {
            text.clear();
            final int length = channel.read(text, 0);
            long value = 0;
            for (int i = 0; i < length && Character.isDigit(text.get(i)); i++) {
                value = value * 10 + text.get(i) - '0';
            }
            return value;
        } catch (final IOException exception) {
            return 0; // the interface has gone
        }
    }

    @Override
    public void close() {
        for (final FileChannel channel : channels) {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (final IOException ignored) {
                last = 0; // it was only read: nothing can be lost
            }
        }
    }
}
