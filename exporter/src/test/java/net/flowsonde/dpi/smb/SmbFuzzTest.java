package net.flowsonde.dpi.smb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileAccess.Name;
import net.flowsonde.dpi.FileCorpus;
import net.flowsonde.dpi.ProtocolAnalyzer;
import net.flowsonde.dpi.smb.SmbSamples.Frame;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages as they may not be, and in pieces. {@code -Dflowsonde.fuzz=1000000} for the long run. */
class SmbFuzzTest {
    private static final int MESSAGES = Integer.getInteger("flowsonde.fuzz", 50_000);
    private static final int MOST_CARRIED = 1 << 17;
    private static final int MESSAGES_A_CONNECTION = 200;

    private final Counters counters = new Telemetry().register(Counter.Scope.QUEUE, "test");
    private final RecordRing ring = new RecordRing(1 << 24, () -> false);
    private final SmbAnalyzer analyzer = new SmbAnalyzer(ring, counters);
    private final FlowRecord flow = new FlowRecord().wrap(new UnsafeBuffer(new byte[FlowRecord.LENGTH]), 0);
    private final FileAccess access = new FileAccess();
    private final List<String> lines = new ArrayList<>();
    private final byte[][] carried = {{}, {}};
    private final long[] skipped = {0, 0};
    private int session;
    private long nowNs;

    private void open() {
        session = analyzer.open(flow, nowNs);
        Arrays.fill(carried, new byte[0]);
        Arrays.fill(skipped, 0);
    }

    /** Gives octets to the analyzer as the reassembly does, in a buffer that ends where they end. */
    private void feed(final int direction, final byte[] octets) {
        final int skip = (int) Math.min(skipped[direction], octets.length);
        skipped[direction] -= skip;
        if (skip == octets.length) {
            return;
        }
        final byte[] given = Arrays.copyOf(carried[direction], carried[direction].length + octets.length - skip);
        System.arraycopy(octets, skip, given, carried[direction].length, octets.length - skip);
        final int done = analyzer.onStream(session, flow, direction, new UnsafeBuffer(given), 0, given.length, nowNs += 1_000);
        assertThat(done).isNotNegative();
        skipped[direction] = Math.max(0, done - given.length);
        carried[direction] = Arrays.copyOfRange(given, Math.min(done, given.length), given.length);
        if (carried[direction].length > MOST_CARRIED) {
            carried[direction] = new byte[0];
            analyzer.onGap(session, flow, direction, MOST_CARRIED, nowNs);
        }
    }

    private void drain() {
        ring.drain((type, buffer, index, length) -> {
            access.wrap(buffer, index);
            assertThat(length).isLessThanOrEqualTo(FileAccess.MAX_LENGTH);
            for (final Name name : Name.values()) {
                final byte[] text = new byte[access.textLength(name)];
                buffer.getBytes(access.textOffset(name), text);
                assertThat(new String(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8)).isEqualTo(text);
            }
            lines.add(FileCorpus.line(access));
        }, Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldBearAnyMessage(final int version) {
        final List<Frame> frames = version == 1 ? SmbSamples.smb1() : SmbSamples.smb2();
        final SplittableRandom random = new SplittableRandom(version);
        open();
        for (int i = 1; i <= MESSAGES; i++) {
            final Frame frame = frames.get(i % 7 == 0 ? random.nextInt(frames.size()) : i % frames.size());
            feed(frame.isFromClient() ? 0 : 1, mutated(frame.octets(), random));
            if (random.nextInt(50) == 0) {
                analyzer.onGap(session, flow, random.nextInt(2), 100, nowNs);
            }
            if (i % MESSAGES_A_CONNECTION == 0) {
                analyzer.close(session, nowNs);
                drain();
                lines.clear();
                open();
            }
        }
        analyzer.close(session, nowNs);
        analyzer.onTime(nowNs);
        assertThat(counters.value(Counter.SMB_COMMANDS)).isGreaterThan(MESSAGES / 4);
        assertThat(counters.value(Counter.FILE_RECORDS_CREATED)).isGreaterThan(MESSAGES / 20);
        if (version == 1) {
            assertThat(counters.value(Counter.SMB_TRANSACTIONS_JOINED)).isGreaterThan(MESSAGES / 200);
            assertThat(counters.value(Counter.SMB_TRANSACTIONS_INCOMPLETE)).isGreaterThan(MESSAGES / 2_000);
            assertThat(counters.value(Counter.SMB_TRANSACTION_PARTS_REFUSED)).isGreaterThan(MESSAGES / 500);
        }
        analyzer.onClose(nowNs);
        assertThat(counters.value(Counter.SMB_FILES_OPEN)).isZero();
    }

    private static byte[] mutated(final byte[] octets, final SplittableRandom random) {
        final byte[] changed = octets.clone();
        final int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            // the header and the fixed part behind it are where it hurts
            final int at = 4 + random.nextInt(Math.min(changed.length, random.nextInt(3) == 0 ? changed.length : 150) - 4);
            changed[at] = (byte) switch (random.nextInt(4)) {
                case 0 -> 0;
                case 1 -> 0xFF;
                case 2 -> changed[at] ^ 1 << random.nextInt(8);
                default -> random.nextInt(256);
            };
        }
        if (random.nextInt(20) == 0) {
            final int length = 5 + random.nextInt(changed.length - 4);
            final byte[] cut = Arrays.copyOf(changed, length);
            cut[1] = (byte) (length - 4 >> 16);
            cut[2] = (byte) (length - 4 >> 8);
            cut[3] = (byte) (length - 4);
            return cut;
        }
        return changed;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldTellTheSameHoweverTheStreamIsCut(final int version) {
        final List<Frame> frames = version == 1 ? SmbSamples.smb1() : SmbSamples.smb2();
        final List<String> whole = told(frames, new SplittableRandom(1), Integer.MAX_VALUE);
        assertThat(whole).hasSizeGreaterThan(10);
        final SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 50; i++) {
            assertThat(told(frames, random, 1 + random.nextInt(200))).isEqualTo(whole);
        }
        assertThat(told(frames, random, 1)).isEqualTo(whole);
    }

    private List<String> told(final List<Frame> frames, final SplittableRandom random, final int longest) {
        lines.clear();
        open();
        for (final Frame frame : frames) {
            final byte[] octets = frame.octets();
            for (int at = 0; at < octets.length; ) {
                final int length = Math.min(octets.length - at, longest == Integer.MAX_VALUE ? longest : 1 + random.nextInt(longest));
                feed(frame.isFromClient() ? 0 : 1, Arrays.copyOfRange(octets, at, at + length));
                at += length;
            }
        }
        analyzer.close(session, nowNs);
        drain();
        return List.copyOf(lines);
    }

    @Test
    void shouldSayQuicklyWhatIsNotSmb() {
        final SplittableRandom random = new SplittableRandom(5);
        final byte[] octets = new byte[64];
        for (int i = 0; i < MESSAGES; i++) {
            random.nextBytes(octets);
            octets[0] |= 2;
            assertThat(analyzer.probe(flow, 0, new UnsafeBuffer(octets), 0, random.nextInt(1, 65), true)).isEqualTo(ProtocolAnalyzer.NO);
        }
    }
}
