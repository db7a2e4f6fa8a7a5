package net.flowsonde.transport;

import java.net.InetSocketAddress;

/**
 * Holds UDP to what the receiver can take when the packets come from a file, which can wait. On this host the kernel says how much waits
 * in the receiver's socket, and that is kept below the default buffer of 212,992 octets; the sender's own buffer says nothing, as
 * loopback takes a datagram off its account at once. A receiver elsewhere gets a bounded rate in small bursts.
 */
final class ReplayPacer {
    /** Most that may wait at the receiver: two thirds of what a plain socket gets on Linux. */
    private static final int TARGET = 144 << 10;
    private static final long MESSAGES_PER_SECOND = 10_000;
    private static final long NS_PER_MESSAGE = 1_000_000_000L / MESSAGES_PER_SECOND;
    private static final long BURST_NS = 16 * NS_PER_MESSAGE;

    private final ReceiverQueue receiver = new ReceiverQueue();
    private long sessionId;
    private boolean isLocal;
    private long room;
    private long paidNs = System.nanoTime();

    /** Whether one more message may be sent now; never waits. */
    boolean isAllowed(final Connection connection) {
        if (connection.sessionId() != sessionId) {
            sessionId = connection.sessionId();
            final InetSocketAddress remote = connection.remoteAddress();
            isLocal = remote != null && receiver.locate(remote);
            room = 0;
        }
        return isLocal ? hasRoom(connection) : isInTime();
    }

    void onSent(final int length) {
        room -= memory(length);
        paidNs += NS_PER_MESSAGE;
    }

    private boolean hasRoom(final Connection connection) {
        if (room > 0) {
            return true;
        }
        connection.flush();
        if (!connection.isIdle()) {
            return false;
        }
        final int waiting = receiver.waitingOctets();
        if (waiting == ReceiverQueue.UNKNOWN) {
            return isInTime();
        }
        room = TARGET - waiting;
        return room > 0;
    }

    /** What a message is sent on credit for may be at most a burst ahead of the clock. */
    private boolean isInTime() {
        final long nowNs = System.nanoTime();
        if (nowNs - paidNs > BURST_NS) {
            paidNs = nowNs - BURST_NS;
        }
        return nowNs - paidNs >= 0;
    }

    /** What the kernel charges a socket for a datagram: its buffer, a power of two, and its description. */
    private static int memory(final int length) {
        return 2 * Integer.highestOneBit(length + 512) + 512;
    }
}
