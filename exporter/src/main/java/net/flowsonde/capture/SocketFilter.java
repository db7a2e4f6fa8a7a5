package net.flowsonde.capture;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * A classic BPF program for the kernel in memory of ours: struct sock_fprog, then its instructions.
 * <pre>
 *  sock_fprog   count @0 (16 bits)   pointer @8
 *  sock_filter  code @0 (16 bits)   jump if true @2 (8 bits)   jump if false @3 (8 bits)   operand @4 (32 bits)
 * </pre>
 */
final class SocketFilter {
    static final int PROGRAM_LENGTH = 16;
    static final int INSTRUCTION_LENGTH = 8;
    private static final int RETURN_CONSTANT = 0x06;
    private static final int MAX_INSTRUCTIONS = 4_096;

    private final NativeMemory memory;
    private final int count;

    private SocketFilter(final int count) {
        this.count = count;
        memory = NativeMemory.allocate(PROGRAM_LENGTH + count * INSTRUCTION_LENGTH);
        memory.buffer().putShort(0, (short) count);
        memory.buffer().putLong(8, memory.address() + PROGRAM_LENGTH);
    }

    /** Lets no frame pass. */
    static SocketFilter nothing() {
        final SocketFilter filter = new SocketFilter(1);
        filter.instruction(0, RETURN_CONSTANT, 0, 0, 0);
        return filter;
    }

    /** From instructions of {@code {code, jump if true, jump if false, operand}}. */
    static SocketFilter of(final int[][] instructions) {
        final SocketFilter filter = new SocketFilter(instructions.length);
        for (int i = 0; i < instructions.length; i++) {
            final int[] instruction = instructions[i];
            filter.instruction(i, instruction[0], instruction[1], instruction[2], instruction[3]);
        }
        return filter;
    }

    /**
     * A copy of what libpcap compiled. Its filters answer how much of a frame to keep, and libpcap believes in at most 256 KiB: what passes
     * is kept up to {@code snapLength} instead, so that BIG TCP frames stay whole.
     */
    static SocketFilter copyOf(final FilterProgram program, final int snapLength) {
        final UnsafeBuffer source = NativeMemory.view(program.address(), PROGRAM_LENGTH);
        final int count = source.getInt(0);
        if (count <= 0 || count > MAX_INSTRUCTIONS) {
            throw new CaptureException("filter: " + count + " instructions are too many for the kernel");
        }
        final SocketFilter filter = new SocketFilter(count);
        final UnsafeBuffer instructions = NativeMemory.view(source.getLong(8), count * INSTRUCTION_LENGTH);
        filter.memory.buffer().putBytes(PROGRAM_LENGTH, instructions, 0, count * INSTRUCTION_LENGTH);
        filter.keep(snapLength);
        return filter;
    }

    private void keep(final int snapLength) {
        for (int i = 0; i < count; i++) {
            final int offset = PROGRAM_LENGTH + i * INSTRUCTION_LENGTH;
            if (memory.buffer().getShort(offset) == RETURN_CONSTANT && memory.buffer().getInt(offset + 4) != 0) {
                memory.buffer().putInt(offset + 4, snapLength);
            }
        }
    }

    private void instruction(final int index, final int code, final int ifTrue, final int ifFalse, final int operand) {
        final int offset = PROGRAM_LENGTH + index * INSTRUCTION_LENGTH;
        memory.buffer().putShort(offset, (short) code);
        memory.buffer().putByte(offset + 2, (byte) ifTrue);
        memory.buffer().putByte(offset + 3, (byte) ifFalse);
        memory.buffer().putInt(offset + 4, operand);
    }

    int count() {
        return count;
    }

    long address() {
        return memory.address();
    }
}
