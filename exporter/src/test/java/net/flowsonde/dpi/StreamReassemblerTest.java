package net.flowsonde.dpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class StreamReassemblerTest {
    private static final int FIRST = 0xFFFF_FF00;
    private static final int ROUNDS = Integer.getInteger("flowsonde.fuzz", 20_000);

    private final Counters counters = new Telemetry().register(Counter.Scope.QUEUE, "test");
    private final StreamMemory memory = new StreamMemory(1 << 20, counters);
    private final StreamReassembler stream = new StreamReassembler(memory);
    private final Recorder recorder = new Recorder();

    @Test
    void shouldPassOnWhatComesInOrder() {
        segment(0, "abc");
        segment(3, "def");
        assertThat(recorder.text()).isEqualTo("abcdef");
        assertThat(memory.blocks().used()).isZero();
    }

    @Test
    void shouldPutSegmentsInOrder() {
        segment(6, "ghi");
        segment(3, "def");
        segment(0, "abc");
        assertThat(recorder.text()).isEqualTo("abcdefghi");
        assertThat(recorder.gaps).isEmpty();
        assertThat(memory.blocks().used()).isZero();
    }

    @Test
    void shouldTakeTheFirstOfOctetsThatComeTwice() {
        segment(0, "abc");
        segment(1, "XYdef");
        segment(0, "QQQ");
        assertThat(recorder.text()).isEqualTo("abcdef");
    }

    @Test
    void shouldGiveUpAHoleThatThePeerHasAcknowledged() {
        segment(0, "abc");
        segment(6, "ghi");
        stream.onAcknowledgment(recorder, 0, FIRST + 5, 0);
        assertThat(recorder.text()).isEqualTo("abc");
        stream.onAcknowledgment(recorder, 0, FIRST + 9, 0);
        assertThat(recorder.text()).isEqualTo("abcghi");
        assertThat(recorder.gaps).containsExactly(3L);
        segment(3, "def");
        assertThat(recorder.text()).isEqualTo("abcghi");
    }

    @Test
    void shouldGiveUpHolesAtTheEnd() {
        segment(0, "a");
        segment(2, "c");
        segment(4, "e");
        stream.flush(recorder, 0, 0);
        assertThat(recorder.text()).isEqualTo("ace");
        assertThat(recorder.gaps).containsExactly(1L, 1L);
    }

    @Test
    void shouldGiveUpAHoleWhenTooMuchWaitsBehindIt() {
        segment(0, "a");
        for (int i = 0; i < 65; i++) {
            segment(2 + i, "x");
        }
        assertThat(recorder.gaps).containsExactly(1L);
        assertThat(recorder.text()).isEqualTo("a" + "x".repeat(65));
    }

    @Test
    void shouldKeepTheRestOfAnUnfinishedMessage() {
        recorder.messageLength = 4;
        segment(0, "abcdef");
        assertThat(recorder.text()).isEqualTo("abcd");
        segment(6, "g");
        segment(7, "hij");
        assertThat(recorder.text()).isEqualTo("abcdefgh");
        segment(10, "kl");
        assertThat(recorder.text()).isEqualTo("abcdefghijkl");
        assertThat(memory.blocks().used()).isZero();
    }

    @Test
    void shouldLoseTheUnfinishedMessageWithAGap() {
        recorder.messageLength = 4;
        segment(0, "abcdef");
        segment(10, "klmn");
        stream.flush(recorder, 0, 0);
        assertThat(recorder.gaps).containsExactly(6L);
        assertThat(recorder.text()).isEqualTo("abcdklmn");
    }

    @Test
    void shouldSkipWithoutWaitingForWhatIsMissing() {
        recorder.skipAfterFirst = 1_000_000;
        segment(0, "head");
        segment(200_000, "body");
        segment(1_000_002, "..next");
        assertThat(recorder.text()).isEqualTo("headnext");
        assertThat(recorder.gaps).isEmpty();
    }

    @Test
    void shouldReportWhatWasCapturedCut() {
        final byte[] octets = "abcdef".getBytes(StandardCharsets.ISO_8859_1);
        stream.onSegment(recorder, 0, FIRST, FIRST, new UnsafeBuffer(octets), 0, 4, 6, 0);
        segment(6, "g");
        assertThat(recorder.text()).isEqualTo("abcdg");
        assertThat(recorder.gaps).containsExactly(2L);
        assertThat(counters.value(Counter.DPI_GAP_OCTETS)).isEqualTo(2);
    }

    @Test
    void shouldIgnoreAStrayAndFollowTwo() {
        segment(0, "abc");
        segment(-(1 << 25), "stray");
        assertThat(recorder.text()).isEqualTo("abc");
        segment(-(1 << 25), "new");
        segment(-(1 << 25) + 3, "truth");
        assertThat(recorder.text()).isEqualTo("abcnewtruth");
    }

    @Test
    void shouldGiveEverythingBackWhenDismissed() {
        recorder.messageLength = 100;
        segment(0, "abc");
        segment(7, "xyz");
        recorder.isDismissing = true;
        segment(3, "defg");
        segment(10, "more");
        assertThat(recorder.text()).isEmpty();
        assertThat(memory.blocks().used()).isZero();
    }

    @Test
    void shouldStayWithinItsMemory() {
        recorder.messageLength = Integer.MAX_VALUE;
        final String kilobyte = "x".repeat(1_024);
        for (int i = 0; i < 4_096; i++) {
            segment(i * 1_024, kilobyte);
        }
        assertThat(memory.blocks().used()).isLessThanOrEqualTo(StreamReassembler.LONGEST_CARRY);
        assertThat(counters.value(Counter.DPI_MESSAGES_TOO_LONG)).isPositive();
    }

    /** Whatever the segmentation and order, with everything sent at least once, the stream comes out as it went in. */
    @Test
    void shouldRestoreAnyStream() {
        final Random random = new Random(5);
        for (int round = 0; round < 3_000; round++) {
            final byte[] sent = new byte[1 + random.nextInt(400)];
            random.nextBytes(sent);
            final Recorder restored = new Recorder();
            restored.messageLength = 1 + random.nextInt(9);
            final int first = random.nextInt();
            for (final int[] segment : segments(sent.length, random)) {
                stream.onSegment(restored, 1, first + segment[0], first, new UnsafeBuffer(sent), segment[0], segment[1], segment[1], 0);
            }
            final int whole = sent.length / restored.messageLength * restored.messageLength;
            assertThat(restored.octets.toByteArray()).isEqualTo(java.util.Arrays.copyOf(sent, whole));
            stream.reset();
            assertThat(memory.blocks().used()).isZero();
        }
    }

    /**
     * Whatever comes, lost, cut, doubled, from anywhere: nothing throws, no memory is kept beyond its bounds or at the end, and no octet
     * counts twice. {@code -Dflowsonde.fuzz=1000000} for the long run.
     */
    @Test
    void shouldStaySaneWhateverComes() {
        final Random random = new Random(6);
        final byte[] octets = new byte[2_000];
        final Recorder taken = new Recorder();
        for (int round = 0; round < ROUNDS; round++) {
            final int first = random.nextInt();
            taken.octets.reset();
            taken.gaps.clear();
            taken.messageLength = 1 + random.nextInt(50);
            taken.skipAfterFirst = random.nextInt(3) == 0 ? random.nextInt(5_000) : 0;
            taken.isDismissing = random.nextInt(50) == 0;
            long sent = 0;
            for (int i = random.nextInt(20); i >= 0; i--) {
                final int length = random.nextInt(1_500);
                final int captured = random.nextInt(4) == 0 ? random.nextInt(length + 1) : length;
                final int sequence = random.nextInt(40) == 0 ? random.nextInt() : first + random.nextInt(10_000);
                stream.onSegment(taken, 0, sequence, first, new UnsafeBuffer(octets), random.nextInt(500), captured, length, 0);
                sent += captured;
                if (random.nextInt(8) == 0) {
                    stream.onAcknowledgment(taken, 0, first + random.nextInt(10_000), 0);
                }
            }
            assertThat(memory.blocks().used()).isLessThanOrEqualTo(1 << 20);
            stream.flush(taken, 0, 0);
            assertThat((long) taken.octets.size()).isLessThanOrEqualTo(sent);
            stream.reset();
            assertThat(memory.blocks().used()).isZero();
        }
    }

    /** Offsets and lengths: a partition in a local disorder, with repetitions that overlap. */
    private static List<int[]> segments(final int length, final Random random) {
        final List<int[]> segments = new ArrayList<>();
        for (int offset = 0; offset < length;) {
            final int piece = Math.min(length - offset, 1 + random.nextInt(40));
            segments.add(new int[] {offset, piece});
            if (random.nextInt(5) == 0) {
                final int back = random.nextInt(offset + 1);
                segments.add(new int[] {back, Math.min(length - back, 1 + random.nextInt(60))});
            }
            offset += piece;
        }
        for (int i = 0; i + 5 < segments.size(); i += 5) {
            Collections.shuffle(segments.subList(i, i + 5), random);
        }
        return segments;
    }

    private void segment(final int offset, final String text) {
        final byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        stream.onSegment(recorder, 0, FIRST + offset, FIRST, new UnsafeBuffer(octets), 0, octets.length, octets.length, 0);
    }

    private static final class Recorder implements StreamConsumer {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private final List<Long> gaps = new ArrayList<>();
        private int messageLength = 1;
        private int skipAfterFirst;
        private boolean isDismissing;

        @Override
        public int onStream(final int direction, final DirectBuffer buffer, final int offset, final int length, final long timestampNs) {
            if (isDismissing) {
                return ProtocolAnalyzer.DISMISS;
            }
            final int taken = length / messageLength * messageLength;
            for (int i = 0; i < taken; i++) {
                octets.write(buffer.getByte(offset + i));
            }
            final int done = taken + skipAfterFirst;
            skipAfterFirst = 0;
            return done;
        }

        @Override
        public void onGap(final int direction, final long octets, final long timestampNs) {
            gaps.add(octets);
        }

        private String text() {
            return octets.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
