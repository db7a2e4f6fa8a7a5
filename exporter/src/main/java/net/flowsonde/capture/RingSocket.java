package net.flowsonde.capture;

import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;

/** A packet socket of ours with its TPACKET_V3 ring mapped into memory, one view a block. Owns descriptor and mapping. */
final class RingSocket implements AutoCloseable {
    static final int BLOCK_LENGTH = 1 << 20;

    private static final int TPACKET_V3 = 2;
    private static final int MIN_BLOCKS = 4;
    private static final int FRAME_LENGTH = 2_048;
    private static final int RETIRE_MS = 20;
    private static final int READ_WRITE = 3;
    private static final int SHARED = 1;
    private static final int PAGE_LENGTH = 4_096;
    private static final long MAP_FAILED = -1;

    private final LibC.Functions libc = LibC.functions();
    private final LiveInterface live;
    private final PacketSocket socket;
    private final UnsafeBuffer[] blocks;
    private final boolean hasVirtualHeader;
    private long address = MAP_FAILED;

    /** Opens a socket that receives nothing until {@link #start}. */
    RingSocket(final LiveInterface live) {
        this.live = live;
        blocks = new UnsafeBuffer[(int) Math.max(MIN_BLOCKS, live.config().bufferSize() / BLOCK_LENGTH)];
        final int descriptor = libc.socket(PacketSocket.AF_PACKET, PacketSocket.SOCK_RAW, 0);
        if (descriptor < 0) {
            throw live.failure("socket", LibC.lastError());
        }
        socket = new PacketSocket(descriptor);
        try {
            check(socket.version(TPACKET_V3), "TPACKET_V3");
            hasVirtualHeader = socket.virtualHeader();
            check(socket.ring(BLOCK_LENGTH, blocks.length, FRAME_LENGTH, RETIRE_MS), "a ring of " + blocks.length + " MiB");
            map();
        } catch (final CaptureException exception) {
            close();
            throw exception;
        }
    }

    private void check(final boolean isDone, final String what) {
        if (!isDone) {
            throw live.failure(what, LibC.lastError());
        }
    }

    /** Every page is touched once, so that no packet pays for it. */
    private void map() {
        final long length = (long) blocks.length * BLOCK_LENGTH;
        address = libc.mmap(null, length, READ_WRITE, SHARED, socket.descriptor(), 0);
        check(address != MAP_FAILED, "mapping the ring");
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = NativeMemory.view(address + (long) i * BLOCK_LENGTH, BLOCK_LENGTH);
            for (int page = 0; page < BLOCK_LENGTH; page += PAGE_LENGTH) {
                blocks[i].getByte(page);
            }
        }
    }

    /** Receives from the interface what the filter lets pass, as a member of the fanout group. */
    void start(final int interfaceIndex, final boolean promiscuous, final SocketFilter filter) {
        check(socket.filter(filter), "filter");
        check(socket.bind(interfaceIndex), "bind");
        if (promiscuous) {
            check(socket.promiscuous(interfaceIndex), "promiscuous mode");
        }
        try {
            live.fanout().join(socket);
        } catch (final IOException exception) {
            throw live.failure(exception.getMessage());
        }
    }

    PacketSocket socket() {
        return socket;
    }

    UnsafeBuffer[] blocks() {
        return blocks;
    }

    boolean hasVirtualHeader() {
        return hasVirtualHeader;
    }

    /** The views are dangling from now on. */
    @Override
    public void close() {
        if (address != MAP_FAILED) {
            libc.munmap(address, (long) blocks.length * BLOCK_LENGTH);
            address = MAP_FAILED;
        }
        libc.close(socket.descriptor());
    }
}
