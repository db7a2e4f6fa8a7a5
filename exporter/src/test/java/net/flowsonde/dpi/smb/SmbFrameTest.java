package net.flowsonde.dpi.smb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SmbFrameTest {
    private static final byte[] LETTERS = {0, 0, 0, 40, (byte) 0xFE, (byte) 0xFD, 'S', 'M', 'B', 'S', 'M'};

    @Test
    void shouldFindTheFirstStartOfAFrameWhereverItLies() {
        final SplittableRandom random = new SplittableRandom(2);
        int found = 0;
        for (int i = 0; i < 200_000; i++) {
            final byte[] octets = new byte[random.nextInt(40)];
            for (int at = 0; at < octets.length; at++) {
                octets[at] = LETTERS[random.nextInt(LETTERS.length)];
            }
            if (octets.length > 10 && random.nextInt(3) > 0) {
                System.arraycopy(new byte[] {0, 0, 0, 80, (byte) 0xFE, 'S', 'M', 'B'}, 0, octets, random.nextInt(octets.length - 8), 8);
            }
            final UnsafeBuffer buffer = new UnsafeBuffer(octets);
            final int answer = SmbFrame.search(buffer, 0, octets.length);
            final int expected = first(octets);
            if (expected < 0) {
                assertThat(answer).isBetween(Math.max(0, octets.length - 7), Math.max(0, octets.length));
            } else {
                found++;
                assertThat(answer).isEqualTo(expected);
            }
        }
        assertThat(found).isGreaterThan(10_000);
    }

    private static int first(final byte[] octets) {
        for (int at = 0; at + 8 <= octets.length; at++) {
            final int magic = octets[at + 4] & 0xFF;
            final int length = (octets[at + 1] & 0xFF) << 16 | (octets[at + 2] & 0xFF) << 8 | octets[at + 3] & 0xFF;
            if (octets[at] == 0 && magic >= 0xFC && octets[at + 5] == 'S' && octets[at + 6] == 'M' && octets[at + 7] == 'B'
                && length >= 33) {
                return at;
            }
        }
        return -1;
    }
}
