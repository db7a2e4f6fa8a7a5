package net.flowsonde.flow;

import java.time.Duration;
import net.flowsonde.config.FlowConfig;
import net.flowsonde.config.TcpConfig;

/** The lists of the table and how long a flow may stay in each. */
final class FlowTimeouts {
    static final int TCP = 0;
    static final int UDP = 1;
    static final int ICMP = 2;
    static final int OTHER = 3;
    /** TCP connections that have ended and linger for evidence. */
    static final int ENDED = 4;
    /** TCP connections whose record an idle timeout has exported and whose state is remembered. */
    static final int DORMANT = 5;
    static final int LISTS = 6;

    /** By list; for {@link #ENDED} since the end. */
    private long[] silenceNs;
    private long[] activeNs;

    FlowTimeouts(final FlowConfig flow, final TcpConfig tcp) {
        set(flow, tcp);
    }

    /** Other timeouts from now on, for the flows that are held too: each list stays in the order of time. */
    void set(final FlowConfig flow, final TcpConfig tcp) {
        silenceNs = nanos(flow.tcp().idle(), flow.udp().idle(), flow.icmp().idle(), flow.other().idle(), tcp.linger(), flow.tcpMemory());
        activeNs = nanos(flow.tcp().active(), flow.udp().active(), flow.icmp().active(), flow.other().active());
    }

    private static long[] nanos(final Duration... durations) {
        final long[] nanos = new long[durations.length];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = durations[i].toNanos();
        }
        return nanos;
    }

    /** The list of a flow that is under way. */
    static int listOf(final int protocol) {
        return switch (protocol) {
            case FlowRecord.PROTOCOL_TCP -> TCP;
            case FlowRecord.PROTOCOL_UDP -> UDP;
            case FlowRecord.PROTOCOL_ICMP, FlowRecord.PROTOCOL_ICMPV6 -> ICMP;
            default -> OTHER;
        };
    }

    /** Whether the state of a silent TCP connection is remembered at all. */
    boolean isDormancyWanted() {
        return silenceNs[DORMANT] != 0;
    }

    /** How long a flow may be silent. */
    long idleNs(final int protocol) {
        return silenceNs[listOf(protocol)];
    }

    /** Longest time from the first to the last packet of one record. */
    long activeNs(final int protocol) {
        return activeNs[listOf(protocol)];
    }

    /**
     * A flow that was touched in {@code tick} has stayed its time: never true too early, and at most a tick late. Whoever asks, whenever,
     * gets the same answer for the same time, so what is exported does not depend on how often expiry runs.
     */
    boolean isDue(final int list, final long tick, final long nowNs) {
        return nowNs - (tick + 1 << FlowLists.TICK_SHIFT) >= silenceNs[list];
    }
}
