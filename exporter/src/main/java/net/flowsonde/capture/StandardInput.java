package net.flowsonde.capture;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/** Standard input as a channel that does not hold its reader for longer than 100 ms: it answers 0 when there is nothing yet. */
final class StandardInput implements ReadableByteChannel {
    private static final int WAIT_MS = 100;

    private final FileChannel channel;
    private final InputWait wait;

    StandardInput() {
        this(new FileInputStream(FileDescriptor.in).getChannel(), 0);
    }

    /** @param descriptor the number of the descriptor behind {@code channel} */
    StandardInput(final FileChannel channel, final int descriptor) {
        this.channel = channel;
        wait = new InputWait(descriptor);
    }

    @Override
    public int read(final ByteBuffer destination) throws IOException {
        return wait.await(WAIT_MS) == InputWait.NOTHING ? 0 : channel.read(destination);
    }

    void wakeUp() {
        wait.wakeUp();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Standard input itself stays open: it is the process's, not ours. */
    @Override
    public void close() {
        wait.close();
    }
}
