package net.flowsonde.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class SocketFilterTest {
    private static final int RETURN_CONSTANT = 0x06;
    private static final int BIG_TCP = 524_288;

    private static UnsafeBuffer memory(final SocketFilter filter) {
        return NativeMemory.view(filter.address(), SocketFilter.PROGRAM_LENGTH + filter.count() * SocketFilter.INSTRUCTION_LENGTH);
    }

    /** libpcap itself keeps at most 262,144 octets of a frame. */
    @Test
    void shouldKeepBigTcpFramesWhole() {
        try (FilterProgram program = FilterProgram.forLinkType(LinkTypes.ETHERNET, "tcp port 80")) {
            final SocketFilter filter = SocketFilter.copyOf(program, BIG_TCP);
            final UnsafeBuffer memory = memory(filter);
            int accepting = 0;
            int refusing = 0;
            for (int i = 0; i < filter.count(); i++) {
                final int offset = SocketFilter.PROGRAM_LENGTH + i * SocketFilter.INSTRUCTION_LENGTH;
                if (memory.getShort(offset) == RETURN_CONSTANT) {
                    accepting += memory.getInt(offset + 4) == BIG_TCP ? 1 : 0;
                    refusing += memory.getInt(offset + 4) == 0 ? 1 : 0;
                }
            }
            assertThat(accepting).isPositive();
            assertThat(refusing).isPositive();
            assertThat(memory.getShort(0)).isEqualTo((short) filter.count());
            assertThat(memory.getLong(8)).isEqualTo(filter.address() + SocketFilter.PROGRAM_LENGTH);
        }
    }

    @Test
    void shouldLetNothingPass() {
        final UnsafeBuffer memory = memory(SocketFilter.nothing());
        assertThat(memory.getShort(SocketFilter.PROGRAM_LENGTH)).isEqualTo((short) RETURN_CONSTANT);
        assertThat(memory.getInt(SocketFilter.PROGRAM_LENGTH + 4)).isZero();
    }

    @Test
    void shouldAssembleAProgramThatTheKernelMayHold() {
        assertThat(FanoutProgram.assemble().count()).isBetween(50, 255);
    }
}
