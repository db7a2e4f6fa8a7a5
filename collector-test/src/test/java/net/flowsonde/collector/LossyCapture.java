package net.flowsonde.collector;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.SplittableRandom;

/** A copy of a pcap file (microseconds, of this machine's octet order) from which two of a hundred frames are missing, by a seed. */
final class LossyCapture {
    private static final int FILE_HEADER = 24;
    private static final int FRAME_HEADER = 16;
    private static final int LENGTH_OFFSET = 8;
    private static final int PERCENT_LOST = 2;

    private final BitSet lost = new BitSet();
    private int frames;

    LossyCapture(final Path original, final Path copy, final long seed) throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        final ByteBuffer source = ByteBuffer.wrap(Files.readAllBytes(original)).order(ByteOrder.nativeOrder());
        final ByteBuffer kept = ByteBuffer.allocate(source.capacity()).put(source.slice(0, FILE_HEADER));
        int length;
        for (int at = FILE_HEADER; at < source.capacity(); at += length) {
            length = FRAME_HEADER + source.getInt(at + LENGTH_OFFSET);
            frames++;
            if (random.nextInt(100) < PERCENT_LOST) {
                lost.set(frames);
            } else {
                kept.put(source.slice(at, length));
            }
        }
        try (WritableByteChannel channel = Files.newByteChannel(copy, CREATE_NEW, WRITE)) {
            channel.write(kept.flip());
        }
    }

    /** Whether the frame with this number, counted from 1, is missing. */
    boolean isLost(final int frame) {
        return lost.get(frame);
    }

    int lost() {
        return lost.cardinality();
    }
}
