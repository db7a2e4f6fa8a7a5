package net.flowsonde.dpi.dns;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.flowsonde.dpi.DpiFixture;
import org.junit.jupiter.api.Test;

class DnsAllocationTest {
    private static final int ROUNDS = 2_000;
    /** What the measurement itself may allocate. */
    private static final long TOLERANCE = 4_096;
    private static final int CLIENT = 0x0A00_0001;
    private static final int SERVER = 0x0A00_0002;
    private static final int TXT = 16;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final DpiFixture packets = new DnsAnalyzerFixture().packets;
    private final List<byte[]> frames = new ArrayList<>();
    private long ms;

    @Test
    void shouldAllocateNothingForAMessageOnceWarm() {
        for (int id = 0; id < 50; id++) {
            frames.add(datagram(true, DnsOctets.query(id, "www.example.com", DnsOctets.A)));
            frames.add(datagram(false, DnsOctets.answer(id, "www.example.com", "c0000201")));
        }
        frames.add(datagram(true, DnsOctets.query(100, "nobody.answers.test", TXT)));
        frames.add(datagram(false, DnsOctets.message(101, DnsOctets.ANSWER, 1, 3).question("a.b", 65)
            .record("c00c", 65, 60, "000100000100030268320004000400010203").record("c00c", 5, 60, "0161c00c")
            .record("c00c", TXT, 60, "03616263").octets()));
        frames.add(datagram(true, new byte[30]));
        run();
        final long before = threads.getCurrentThreadAllocatedBytes();
        run();
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(TOLERANCE);
        packets.close();
    }

    private void run() {
        for (int round = 0; round < ROUNDS; round++) {
            ms += 20;
            for (int i = 0; i < frames.size(); i++) {
                packets.packet(ms, frames.get(i), frames.get(i).length);
            }
            packets.time(ms);
            packets.discard();
        }
    }

    private static byte[] datagram(final boolean isQuery, final byte[] payload) {
        return ByteBuffer.allocate(28 + payload.length).put((byte) 0x45).put((byte) 0).putShort((short) (28 + payload.length)).putInt(0)
            .put((byte) 64).put((byte) 17).putShort((short) 0).putInt(isQuery ? CLIENT : SERVER).putInt(isQuery ? SERVER : CLIENT)
            .putShort((short) (isQuery ? 40_000 : 53)).putShort((short) (isQuery ? 53 : 40_000))
            .putShort((short) (8 + payload.length)).putShort((short) 0).put(payload).array();
    }
}
