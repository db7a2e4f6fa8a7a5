package net.flowsonde.transport;

import net.flowsonde.ipfix.MessageSink;
import net.flowsonde.telemetry.Counters;
import org.agrona.DirectBuffer;

/**
 * Messages over one TCP connection at a time (RFC 7011, 10.4). A message counts as sent once all of it is with the kernel; what a broken
 * connection had not taken by then is lost and counted, the one that was half sent too.
 */
final class TcpSink implements MessageSink {
    private static final int MAX_MESSAGE_LENGTH = 16_384;
    private static final long MAX_OCTETS_IN_FLIGHT = 4 << 20;

    private final String name;
    private final Counters counters;
    private final Connection connection;

    TcpSink(final String name, final String host, final int port, final Counters counters) {
        this.name = name;
        this.counters = counters;
        connection = new Connection(name, Transport.TCP, host, port, counters, MAX_OCTETS_IN_FLIGHT);
    }

    @Override
    public boolean offer(final DirectBuffer message, final int offset, final int length) {
        return connection.offer(message, offset, length);
    }

    @Override
    public int maxMessageLength() {
        return MAX_MESSAGE_LENGTH;
    }

    @Override
    public boolean isLossy() {
        return false;
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
