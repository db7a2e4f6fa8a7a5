package net.flowsonde.transport;

import net.flowsonde.ipfix.ExportAgent.Pace;
import net.flowsonde.ipfix.MessageSink;
import net.flowsonde.telemetry.Counters;
import org.agrona.DirectBuffer;

/**
 * Messages over UDP, all from one port (RFC 7011, 10.3). Sent means handed to the network. Live it sends as fast as it is told to; where a
 * file can wait it is held to what the receiver can take.
 */
final class UdpSink implements MessageSink {
    private static final long MAX_OCTETS_IN_FLIGHT = 8 << 20;

    private final String name;
    private final int maxMessageLength;
    private final Counters counters;
    private final Connection connection;
    private final ReplayPacer pacer = new ReplayPacer();
    private boolean isPaced;

    UdpSink(
        final String name, final String host, final int port, final int maxMessageLength, final Counters counters, final Pace pace) {
        this.name = name;
        this.maxMessageLength = maxMessageLength;
        this.counters = counters;
        connection = new Connection(name, Transport.UDP, host, port, counters, MAX_OCTETS_IN_FLIGHT);
        isPaced = pace == Pace.REPLAY;
    }

    @Override
    public boolean offer(final DirectBuffer message, final int offset, final int length) {
        if (isPaced && !pacer.isAllowed(connection)) {
            return false;
        }
        if (!connection.offer(message, offset, length)) {
            return false;
        }
        pacer.onSent(length);
        return true;
    }

    @Override
    public int maxMessageLength() {
        return maxMessageLength;
    }

    @Override
    public boolean isLossy() {
        return true;
    }

    @Override
    public long sessionId() {
        return connection.sessionId();
    }

    @Override
    public int settle(final SettlementListener listener) {
        return connection.settle(listener);
    }

    @Override
    public int doWork(final long nowNs) {
        return connection.doWork(nowNs);
    }

    @Override
    public void onDraining() {
        isPaced = true;
    }

    @Override
    public void flush() {
        connection.flush();
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
        connection.close();
    }
}
