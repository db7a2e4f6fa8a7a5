package net.flowsonde.dpi.nfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import net.flowsonde.dpi.FileAccessWriter;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class NfsAllocationTest {
    private static final int ROUNDS = 1_000;
    /** What the measurement itself may allocate. */
    private static final long TOLERANCE = 4_096;
    private static final long SECOND_NS = 1_000_000_000L;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Counters counters = new Telemetry().register(Counter.Scope.QUEUE, "test");
    private final RecordRing ring = new RecordRing(1 << 20, () -> false);
    private final NfsState nfs = new NfsState(new HandleNames(1 << 12), new NfsPeers(1), 64, 32, new FileAccessWriter(ring, counters), counters);
    private final Conversation conversation = new Conversation(nfs.handles.hash());
    private final RpcMessage call = new RpcMessage(nfs, conversation);
    private final RpcMessage reply = new RpcMessage(nfs, conversation);
    private final List<UnsafeBuffer> calls = new ArrayList<>();
    private final List<UnsafeBuffer> replies = new ArrayList<>();
    private final MessageHandler discard = (type, buffer, index, length) -> { };
    private long nowNs = SECOND_NS;
    private int xid;

    @Test
    void shouldAllocateNothingForAMessageOnceWarm() {
        final SampleMessages samples = new SampleMessages();
        samples.calls().forEach(octets -> calls.add(new UnsafeBuffer(octets)));
        samples.replies().forEach(octets -> replies.add(new UnsafeBuffer(octets)));
        conversation.open(flow(), true);
        exchange(ROUNDS);
        final long recordsBefore = counters.value(Counter.FILE_RECORDS_CREATED);
        final long before = threads.getCurrentThreadAllocatedBytes();
        exchange(ROUNDS);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(TOLERANCE);
        assertThat(counters.value(Counter.FILE_RECORDS_CREATED) - recordsBefore).isGreaterThan(ROUNDS);
    }

    /** Every sample under new identifiers, in two pieces. */
    private void exchange(final int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < calls.size(); i++) {
                xid++;
                deliver(call, 0, calls.get(i));
                deliver(reply, 1, replies.get(i));
            }
            nowNs += SECOND_NS;
            nfs.handles.onTime(nowNs);
            nfs.calls.onTime(nowNs);
            nfs.files.onTime(nowNs);
            ring.drain(discard, Integer.MAX_VALUE);
        }
    }

    private void deliver(final RpcMessage message, final int direction, final UnsafeBuffer octets) {
        octets.putInt(0, xid, ByteOrder.BIG_ENDIAN);
        message.begin(direction);
        final int half = octets.capacity() / 2;
        final int done = message.onOctets(octets, 0, half, false, nowNs);
        if (done < octets.capacity()) {
            message.onOctets(octets, done, octets.capacity(), true, nowNs);
        }
        message.abandon();
    }

    /** The record of a TCP flow between two hosts. */
    private static FlowRecord flow() {
        final byte[] record = new byte[FlowRecord.LENGTH];
        ByteBuffer.wrap(record).put(0, new byte[] {10, 0, 0, 1}).put(16, new byte[] {10, 0, 0, 2}).put(36, new byte[] {6, 4});
        return new FlowRecord().wrap(new UnsafeBuffer(record), 0);
    }
}
