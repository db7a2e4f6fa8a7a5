package net.flowsonde.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.flowsonde.decode.SampleFrames.Sample;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Mutates good frames of every encapsulation: octets changed, runs copied, ends cut, link types swapped. {@code -Dflowsonde.fuzz=N} sets
 * the number of frames.
 */
class PacketDecoderFuzzTest {
    private static final int FRAMES = Integer.getInteger("flowsonde.fuzz", 1_000_000);
    private static final int[] EDGES = {0, 1, 4, 5, 6, 17, 44, 47, 60, 0x45, 0x7F, 0x80, 0xFE, 0xFF};
    private static final int ROOM = 512;

    private final SplittableRandom random = new SplittableRandom(20_261_124);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[ROOM]);
    private final UnsafeBuffer window = new UnsafeBuffer(0, 0);

    @Test
    void shouldNeverThrowNorPointOutsideTheFrame() {
        final List<Sample> samples = new ArrayList<>(SampleFrames.all().values());
        final PacketDecoder decoder = new PacketDecoder(4);
        final PacketLayout layout = new PacketLayout();
        for (int frame = 0; frame < FRAMES; frame++) {
            final Sample sample = samples.get(random.nextInt(samples.size()));
            final int offset = random.nextInt(8);
            final int limit = offset + mutate(sample.octets(), offset);
            final int wireLength = random.nextInt(4) == 0 ? random.nextInt() : limit - offset + random.nextInt(64) * random.nextInt(2);
            final int linkType = random.nextInt(64) == 0 ? random.nextInt(300) : sample.linkType();
            window.wrap(buffer, 0, limit); // a read behind the captured octets throws
            final Verdict verdict = decoder.decode(window, offset, limit, wireLength, linkType, layout);
            LayoutInvariants.check(layout, verdict, offset, limit, Math.min(wireLength, PacketDecoder.LONGEST_FRAME));
        }
    }

    private int mutate(final byte[] octets, final int offset) {
        buffer.putBytes(offset, octets);
        int length = octets.length;
        for (int change = random.nextInt(5); change > 0; change--) {
            final int at = offset + random.nextInt(length);
            switch (random.nextInt(4)) {
                case 0 -> buffer.putByte(at, (byte) random.nextInt(256));
                case 1 -> buffer.putByte(at, (byte) EDGES[random.nextInt(EDGES.length)]);
                case 2 -> buffer.putByte(at, (byte) (buffer.getByte(at) ^ 1 << random.nextInt(8)));
                default -> length = repeat(offset, length, at - offset);
            }
        }
        return random.nextInt(3) == 0 ? random.nextInt(length + 1) : length;
    }

    /** Inserts a copy of the octets before {@code at}, as a nested header would be. */
    private int repeat(final int offset, final int length, final int at) {
        final int run = Math.min(at, ROOM - 8 - length);
        if (run <= 0) {
            return length;
        }
        final byte[] tail = new byte[length - at];
        buffer.getBytes(offset + at, tail);
        buffer.putBytes(offset + at, buffer, offset + at - run, run);
        buffer.putBytes(offset + at + run, tail);
        return length + run;
    }
}
