package net.flowsonde.capture;

import java.io.IOException;

/**
 * One PACKET_FANOUT group: the queues of one interface. By a program on addresses alone, so that fragments follow their flow; where the
 * kernel refuses the program, by its flow hash, which keeps both directions together but sends fragments astray. Never with the DEFRAG
 * flag, which would deliver one packet for several. Queues are opened by one thread after the other, and join again from their own.
 */
final class Fanout {
    /** Asks for a group number that nobody else has. */
    static final int UNIQUE_ID = 0x2000;

    private static final int TYPE_HASH = 0;
    private static final int TYPE_PROGRAM = 6;
    /** What was under way in the kernel at the last join is over by then. */
    private static final long MARGIN_NS = 1_000_000L;

    private final boolean isNeeded;
    private final SocketFilter program = FanoutProgram.assemble();
    private int type = TYPE_PROGRAM;
    private int group;
    private volatile long readyNs;

    /** @param queues how many will join; a single one needs no group */
    Fanout(final int queues) {
        isNeeded = queues > 1;
    }

    /** Finds out on a socket of its own whether the kernel takes the program. To be called before the first join. */
    void tryProgram(final int interfaceIndex) {
        if (!isNeeded) {
            return;
        }
        final LibC.Functions libc = LibC.functions();
        final PacketSocket probe = new PacketSocket(libc.socket(PacketSocket.AF_PACKET, PacketSocket.SOCK_RAW, 0));
        final boolean isTaken = probe.filter(SocketFilter.nothing()) && probe.bind(interfaceIndex)
            && probe.joinFanout(0, TYPE_PROGRAM | UNIQUE_ID) && probe.fanoutProgram(program);
        type = isTaken ? TYPE_PROGRAM : TYPE_HASH;
        libc.close(probe.descriptor());
    }

    /** A bound socket joins, the first of all founds the group. Frames stamped before the last join are not for the flows. */
    synchronized void join(final PacketSocket socket) throws IOException {
        if (!isNeeded) {
            return;
        }
        final boolean isFirst = group == 0;
        if (!socket.joinFanout(group, isFirst ? type | UNIQUE_ID : type)) {
            throw new IOException("fanout group: " + LibC.functions().strerror(LibC.lastError()));
        }
        if (isFirst) {
            group = socket.fanoutGroup();
        }
        if (type == TYPE_PROGRAM && !socket.fanoutProgram(program)) {
            throw new IOException("fanout program: " + LibC.functions().strerror(LibC.lastError()));
        }
        readyNs = LiveClock.wallClockNs() + MARGIN_NS;
    }

    /** Frames with an older stamp may have reached the wrong queue. */
    long readyNs() {
        return readyNs;
    }

    /** Whether fragments go to the queue of their flow. */
    boolean keepsFragments() {
        return !isNeeded || type == TYPE_PROGRAM;
    }
}
