package net.flowsonde.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.flowsonde.decode.PacketLayout;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Segments without sense: nothing is thrown, and what is exported stays within its bounds. */
class TcpFuzzTest {
    private static final int CONNECTIONS = 4_000;
    private static final int SEGMENTS = 40;
    private static final int LARGEST_WINDOW = (65_535 << 14) + 1;

    private final SplittableRandom random = new SplittableRandom(20_26);
    private final SegmentWriter writer = new SegmentWriter();
    private final TcpTracker tracker = new TcpTracker(net.flowsonde.config.TcpConfig.DEFAULT);
    private final FlowRecord record = new FlowRecord();
    private final TcpState state = new TcpState();
    private final byte[] guard = new byte[64];
    private final UnsafeBuffer slot = new UnsafeBuffer(new byte[FlowRecord.LENGTH + TcpState.LENGTH + guard.length]);

    @Test
    void shouldStaySaneWhateverComes() {
        long nowNs = 1;
        for (int connection = 0; connection < CONNECTIONS; connection++) {
            open();
            for (int segment = 0; segment < SEGMENTS; segment++) {
                nowNs += random.nextLong(1L << random.nextInt(40));
                deliver(nowNs);
            }
            tracker.onRecord(record, state, 1 + random.nextInt(5), nowNs);
            check();
        }
    }

    private void open() {
        slot.setMemory(0, FlowRecord.LENGTH, (byte) 0);
        slot.setMemory(FlowRecord.LENGTH, TcpState.LENGTH + guard.length, (byte) 0x5A);
        record.wrapForUpdate(slot, 0);
        state.wrap(slot, FlowRecord.LENGTH);
        tracker.onOpen(record, state);
    }

    private void deliver(final long nowNs) {
        final boolean isFromClient = random.nextBoolean();
        final int side = isFromClient ? FlowRecord.FORWARD : FlowRecord.REVERSE;
        writer.flags = random.nextInt(4) == 0 ? random.nextInt(256) : random.nextInt(3) == 0 ? TcpFlags.SYN : TcpFlags.ACK;
        writer.sequence = number(state.next(side));
        writer.acknowledgment = number(state.next(1 - side));
        writer.window = random.nextInt(3) == 0 ? 0 : random.nextInt(65_536);
        writer.ttl = random.nextInt(256);
        writer.ipId = random.nextInt(65_536);
        writer.options = new byte[random.nextInt(41)];
        random.nextBytes(writer.options);
        writer.payload = new byte[random.nextInt(4) == 0 ? random.nextInt(3_000) : random.nextInt(3)];
        random.nextBytes(writer.payload);
        if (random.nextInt(50) == 0) {
            tracker.onIcmpError(record, state, writer.icmp(random.nextInt(20), random.nextInt(16), isFromClient));
            return;
        }
        final PacketLayout layout = writer.tcp(isFromClient);
        int status = tracker.onSegment(record, state, side, layout, nowNs, 1 + random.nextInt(3));
        if (status == TcpTracker.NEW_CONNECTION) {
            tracker.onRecord(record, state, 3, nowNs);
            check();
            open();
            status = tracker.onSegment(record, state, side, layout, nowNs, 1);
        }
        assertThat(status).isBetween(TcpTracker.CONTINUE, TcpTracker.ENDED);
        assertThat(status == TcpTracker.ENDED).isEqualTo(state.isEnded());
    }

    /** Near the number that is expected, most of the time. */
    private int number(final int expected) {
        return switch (random.nextInt(4)) {
            case 0 -> expected;
            case 1 -> expected + random.nextInt(-3, 4);
            case 2 -> expected + random.nextInt(-70_000, 70_000);
            default -> random.nextInt();
        };
    }

    private void check() {
        final TcpTeardownReason reason = TcpTeardownReason.of(record.tcpTeardownReason());
        assertThat(reason.code()).as("a known reason").isEqualTo(record.tcpTeardownReason());
        assertThat(TcpTeardownInitiator.of(record.tcpTeardownInitiator()).code()).isEqualTo(record.tcpTeardownInitiator());
        assertThat(TcpTeardownPhase.of(record.tcpTeardownPhase()).code()).isEqualTo(record.tcpTeardownPhase());
        assertThat(TcpTeardownImpact.of(record.tcpTeardownImpact()).code()).isEqualTo(record.tcpTeardownImpact());
        assertThat(record.tcpResetEvidence()).isBetween(0, (1 << 17) - 1);
        assertThat(record.historyLength()).isBetween(0, FlowRecord.HISTORY_CAPACITY);
        for (int side = FlowRecord.FORWARD; side <= FlowRecord.REVERSE; side++) {
            assertThat(record.tcpUnackedOctets(side)).isBetween(0, LARGEST_WINDOW);
            assertThat(record.tcpRetransmittedPackets(side)).isGreaterThanOrEqualTo(0);
        }
        slot.getBytes(FlowRecord.LENGTH + TcpState.LENGTH, guard);
        assertThat(guard).as("nothing was written past the state").containsOnly(0x5A);
    }
}
