package net.flowsonde.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class MessageBlockTest {
    private final MessageBlock block = new MessageBlock();

    @Test
    void shouldKeepWhatWasNotWrittenToItsEnd() throws Exception {
        append(10);
        append(20);
        append(30);
        final Sink sink = new Sink(25);
        block.writeTo(sink);
        assertThat(block.isWritten()).isFalse();
        assertThat(block.writtenLength()).isEqualTo(25);
        assertThat(block.wholeMessagesLength()).isEqualTo(10);
        assertThat(block.removeWritten()).isEqualTo(1);
        sink.room = 1_000;
        sink.taken.clear();
        block.writeTo(sink);
        assertThat(block.isWritten()).isTrue();
        assertThat(sink.taken.position()).isEqualTo(50);
        assertThat(sink.taken.get(0)).isEqualTo((byte) 20);
        assertThat(sink.taken.get(20)).isEqualTo((byte) 30);
        assertThat(block.removeWritten()).isEqualTo(2);
        assertThat(block.isEmpty()).isTrue();
    }

    @Test
    void shouldForgetEverythingWhenCleared() {
        append(5);
        append(6);
        assertThat(block.clear()).isEqualTo(2);
        assertThat(block.isEmpty()).isTrue();
        assertThat(block.writtenLength()).isZero();
    }

    @Test
    void shouldHaveRoomForSoMuchOnly() {
        int messages = 0;
        while (block.hasRoom(16_384)) {
            append(16_384);
            messages++;
        }
        assertThat(messages).isEqualTo(16);
        assertThat(block.hasRoom(1)).isFalse();
    }

    private void append(final int length) {
        final UnsafeBuffer message = new UnsafeBuffer(new byte[length]);
        message.setMemory(0, length, (byte) length);
        block.append(message, 0, length);
    }

    private static final class Sink implements WritableByteChannel {
        private final ByteBuffer taken = ByteBuffer.allocate(1_000);
        private int room;

        Sink(final int room) {
            this.room = room;
        }

        @Override
        public int write(final ByteBuffer source) throws IOException {
            final int count = Math.min(room, source.remaining());
            taken.put(source.slice(source.position(), count));
            source.position(source.position() + count);
            room -= count;
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
        }
    }
}
