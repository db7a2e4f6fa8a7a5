package net.flowsonde.dpi.nfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.flowsonde.config.NfsLimits;
import net.flowsonde.dpi.DpiFixture;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;

/**
 * Messages of every program and version with octets changed, cut, doubled and put together at random: nothing throws (a read beyond the
 * octets at hand would), and nothing grows beyond its bounds. {@code -Dflowsonde.fuzz=1000000} for the long run.
 */
class NfsFuzzTest {
    private static final int ROUNDS = Integer.getInteger("flowsonde.fuzz", 20_000);
    private static final int PORT = 2_049;
    private static final int CALLS = 64;
    private static final int FILES = 32;

    private final SplittableRandom random = new SplittableRandom(20_49);
    private final List<byte[]> calls = new ArrayList<>();
    private final List<byte[]> replies = new ArrayList<>();
    private final DpiFixture fixture =
        new DpiFixture((ring, counters) -> new NfsAnalyzer(new HandleNames(1_024), new NfsPeers(1), new NfsLimits(1_024, CALLS, FILES), ring, counters));
    private long ms;

    @Test
    void shouldStaySaneWhateverComesInDatagrams() {
        fill();
        for (int round = 0; round < ROUNDS; round++) {
            final int which = random.nextInt(calls.size());
            final int port = 1 + random.nextInt(50);
            fixture.udp(ms, true, port, PORT, random.nextInt(3) == 0 ? mutated(calls.get(which)) : calls.get(which));
            fixture.udp(ms, false, port, PORT, random.nextInt(4) == 0 ? replies.get(which) : mutated(replies.get(which)));
            tick(round);
        }
        check();
    }

    @Test
    void shouldStaySaneWhateverComesInStreams() {
        fill();
        for (int round = 0; round < ROUNDS; ) {
            final int port = 1_000 + random.nextInt(50_000);
            fixture.handshake(ms, port, PORT);
            final int[] sequences = {1, 1};
            for (int message = random.nextInt(30); message >= 0; message--, round++) {
                final int which = random.nextInt(calls.size());
                stream(port, true, sequences, random.nextInt(4) == 0 ? mutated(calls.get(which)) : calls.get(which));
                stream(port, false, sequences, random.nextInt(3) == 0 ? mutated(replies.get(which)) : replies.get(which));
                tick(round);
            }
            fixture.reset(ms, port, PORT, sequences[0]);
        }
        check();
    }

    private void stream(final int port, final boolean isFromClient, final int[] sequences, final byte[] message) {
        final int cut = random.nextInt(3) == 0 ? random.nextInt(message.length + 1) : 0;
        byte[] octets = cut == 0 ? RpcWriter.record(message)
            : RpcWriter.join(RpcWriter.fragment(message, 0, cut, false), RpcWriter.fragment(message, cut, message.length, true));
        if (random.nextInt(20) == 0) {
            octets = mutated(octets);
        }
        final int own = isFromClient ? 0 : 1;
        final int segment = 1 + random.nextInt(octets.length + 1);
        for (int from = 0; from < octets.length; from += segment) {
            final byte[] payload = Arrays.copyOfRange(octets, from, Math.min(octets.length, from + segment));
            if (random.nextInt(200) > 0) {
                fixture.segment(ms, isFromClient, port, PORT, sequences[own], sequences[1 - own], payload);
            }
            sequences[own] += payload.length;
        }
    }

    private void tick(final int round) {
        ms += random.nextInt(20);
        if (round % 50 == 0) {
            fixture.time(ms);
            fixture.discard();
        }
        if (round % 1_000 == 0) {
            assertThat(fixture.count(Counter.NFS_CALLS_PENDING)).isLessThanOrEqualTo(CALLS);
            assertThat(fixture.count(Counter.NFS_FILES_OPEN)).isLessThanOrEqualTo(FILES);
        }
    }

    private void check() {
        fixture.close();
        assertThat(fixture.count(Counter.NFS_FILES_OPEN)).isZero();
        assertThat(fixture.count(Counter.NFS_CALLS)).isPositive();
        assertThat(fixture.count(Counter.NFS_MESSAGES_MALFORMED)).isPositive();
        assertThat(fixture.count(Counter.FILE_RECORDS_CREATED)).isPositive();
    }

    private byte[] mutated(final byte[] source) {
        byte[] octets = source.clone();
        for (int change = random.nextInt(6); change >= 0; change--) {
            final int at = random.nextInt(octets.length);
            switch (random.nextInt(6)) {
                case 0 -> octets[at] = (byte) random.nextInt(256);
                case 1 -> octets[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> octets = Arrays.copyOf(octets, Math.max(1, at));
                case 3 -> octets[at & ~3] = (byte) (random.nextBoolean() ? 0x7F : 0xFF);
                case 4 -> octets = RpcWriter.join(Arrays.copyOf(octets, at), octets);
                default -> octets = RpcWriter.join(octets, new byte[random.nextInt(40)]);
            }
        }
        return octets;
    }

    /** Every procedure and operation once, with its reply. */
    private void fill() {
        final SampleMessages samples = new SampleMessages();
        calls.addAll(samples.calls());
        replies.addAll(samples.replies());
    }
}
