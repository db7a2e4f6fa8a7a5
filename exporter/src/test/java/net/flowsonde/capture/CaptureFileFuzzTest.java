package net.flowsonde.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files: no exception, no hang, no octet outside the file, and never more frames than could be in it. */
final class CaptureFileFuzzTest {
    private static final int ROUNDS = Integer.getInteger("flowsonde.fuzz.rounds", 400);
    private static final int FRAMES = 40;
    private static final int[] HOSTILE = {0, 1, 3, 11, 12, 28, 32, 0x7FFFFFFF, 0x80000000, -1, -4, 1 << 20, (1 << 20) + 1, 0x0A0D0D0A};

    private final SplittableRandom random = new SplittableRandom(20_260_101);

    private static byte[] valid(final String format, final SplittableRandom random) {
        final ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        final CaptureBytes file = new CaptureBytes(order);
        if (format.equals("classic")) {
            file.classicHeader(0xa1b23c4d, 1);
        } else {
            file.section().networkInterface(1, 0).networkInterface(101, 9, 3);
        }
        for (int i = 0; i < FRAMES; i++) {
            final byte[] data = new byte[random.nextInt(200)];
            if (format.equals("classic")) {
                file.classicPacket(i, i, data.length, data);
            } else {
                pcapngFrame(file, random.nextInt(5), i, data);
            }
        }
        return file.toArray();
    }

    private static void pcapngFrame(final CaptureBytes file, final int kind, final int number, final byte[] data) {
        switch (kind) {
            case 0 -> file.simplePacket(data.length, data);
            case 1 -> file.obsoletePacket(1, number, data.length, data);
            case 2 -> file.outboundPacket(0, number, data);
            default -> file.enhancedPacket(0, number, data.length, data);
        }
    }

    private byte[] damaged(final byte[] valid) {
        final byte[] file = Arrays.copyOf(valid, random.nextInt(4) == 0 ? random.nextInt(valid.length) : valid.length);
        final ByteBuffer buffer = ByteBuffer.wrap(file).order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int i = random.nextInt(4); i > 0 && file.length > 8; i--) {
            final int offset = random.nextInt(file.length - 4);
            switch (random.nextInt(3)) {
                case 0 -> buffer.put(offset, (byte) random.nextInt());
                case 1 -> buffer.putInt(offset & ~3, HOSTILE[random.nextInt(HOSTILE.length)]);
                default -> buffer.putInt(offset, random.nextInt());
            }
        }
        return file;
    }

    private static FrameChecker read(final ReadableByteChannel channel, final Counters counters) {
        final FrameChecker checker = new FrameChecker();
        final CaptureAgent agent =
            new CaptureAgent("fuzz", new FileSource("fuzz", new FileBlocks(channel), () -> { }, null, counters), checker);
        agent.run();
        assertThat(agent.failure()).isEmpty();
        return checker;
    }

    private static Counters counters() {
        return new Telemetry().register(Counter.Scope.QUEUE, "fuzz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "pcapng"})
    void shouldTakeAnyDamage(final String format) {
        for (int round = 0; round < ROUNDS; round++) {
            final byte[] file = damaged(valid(format, random));
            final Counters counters = counters();
            final FrameChecker checker = read(Channels.newChannel(new ByteArrayInputStream(file)), counters);
            assertThat(checker.frames).isLessThanOrEqualTo(file.length / 12).isEqualTo(counters.value(Counter.FRAMES_CAPTURED));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "pcapng"})
    void shouldReadTheSameInPiecesOfAnySize(final String format) {
        for (int round = 0; round < ROUNDS / 4; round++) {
            final byte[] file = round % 2 == 0 ? valid(format, random) : damaged(valid(format, random));
            final FrameChecker whole = read(Channels.newChannel(new ByteArrayInputStream(file)), counters());
            final FrameChecker pieces = read(new Pieces(file, random.split()), counters());
            assertThat(pieces.frames).isEqualTo(whole.frames);
            assertThat(pieces.sum).isEqualTo(whole.sum);
            assertThat(pieces.octets).isEqualTo(whole.octets);
        }
    }

    /** A pipe that gives a few octets at a time, and often none. */
    private static final class Pieces implements ReadableByteChannel {
        private final ByteBuffer rest;
        private final SplittableRandom random;

        Pieces(final byte[] file, final SplittableRandom random) {
            rest = ByteBuffer.wrap(file);
            this.random = random;
        }

        @Override
        public int read(final ByteBuffer destination) {
            if (!rest.hasRemaining()) {
                return -1;
            }
            final int count = Math.min(rest.remaining(), random.nextInt(60));
            destination.put(rest.slice(rest.position(), count));
            rest.position(rest.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            rest.position(rest.limit());
        }
    }
}
