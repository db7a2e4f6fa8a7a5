package net.flowsonde.ipfix;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.DirectBuffer;

/** A sink that keeps what it takes and does what a test tells it. */
final class FakeSink implements MessageSink {
    final List<byte[]> taken = new ArrayList<>();
    final Counters counters;
    int maxMessageLength = 1_420;
    boolean isLossy = true;
    boolean isHopeless;
    boolean isUp = true;
    String name = "fake";
    long sessionId = 1;
    /** Messages that it takes before it refuses. */
    int room = Integer.MAX_VALUE;
    /** What {@link #doWork} adds to {@link #room}. */
    int roomPerWork;
    /** Settles at once; else the test does by {@link #decide}. */
    boolean isSettlingAtOnce = true;
    Encoding encoding = Encoding.IPFIX;
    boolean isClosed;
    private final Deque<Boolean> fates = new ArrayDeque<>();

    FakeSink(final Telemetry telemetry) {
        counters = telemetry.register(Counter.Scope.COLLECTOR, "fake");
    }

    void decide(final boolean isSent, final int count) {
        for (int i = 0; i < count; i++) {
            fates.add(isSent);
        }
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    @Override
    public boolean offer(final DirectBuffer message, final int offset, final int length) {
        if (sessionId == 0 || room == 0) {
            return false;
        }
        room--;
        final byte[] octets = new byte[length];
        message.getBytes(offset, octets);
        taken.add(octets);
        if (isSettlingAtOnce) {
            fates.add(true);
        }
        return true;
    }

    @Override
    public int maxMessageLength() {
        return maxMessageLength;
    }

    @Override
    public boolean isUp() {
        return isUp;
    }

    @Override
    public boolean isHopeless() {
        return isHopeless;
    }

    @Override
    public boolean isLossy() {
        return isLossy;
    }

    @Override
    public long sessionId() {
        return sessionId;
    }

    @Override
    public int settle(final SettlementListener listener) {
        final int count = fates.size();
        while (!fates.isEmpty()) {
            listener.onSettled(fates.remove());
        }
        return count;
    }

    @Override
    public int doWork(final long nowNs) {
        room += roomPerWork;
        return 0;
    }

    @Override
    public void flush() {
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Counters counters() {
        return counters;
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
