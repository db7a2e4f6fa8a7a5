package net.flowsonde.capture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts classic BPF programs together with named labels in place of counted jumps. Jumps go forward only, as the machine demands. */
final class BpfAssembler {
    private static final int LOAD_WORD_ABSOLUTE = 0x20;
    private static final int LOAD_WORD_INDIRECT = 0x40;
    private static final int LOAD_HALF_INDIRECT = 0x48;
    private static final int LOAD_BYTE_INDIRECT = 0x50;
    private static final int LOAD_MEMORY = 0x60;
    private static final int LOAD_INDEX_IMMEDIATE = 0x01;
    private static final int LOAD_INDEX_MEMORY = 0x61;
    private static final int STORE = 0x02;
    private static final int STORE_INDEX = 0x03;
    private static final int ADD = 0x04;
    private static final int ADD_INDEX = 0x0c;
    private static final int MULTIPLY = 0x24;
    private static final int AND = 0x54;
    private static final int SHIFT_LEFT = 0x64;
    private static final int SHIFT_RIGHT = 0x74;
    private static final int EXCLUSIVE_OR_INDEX = 0xac;
    private static final int JUMP = 0x05;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_GREATER_OR_EQUAL = 0x35;
    private static final int JUMP_BITS = 0x45;
    private static final int RETURN_CONSTANT = 0x06;
    private static final int RETURN_ACCUMULATOR = 0x16;
    private static final int INDEX_FROM_ACCUMULATOR = 0x07;
    private static final int ACCUMULATOR_FROM_INDEX = 0x87;
    private static final int MAX_CONDITIONAL_JUMP = 255;

    private record Jump(int index, String ifTrue) {
    }

    private final List<int[]> instructions = new ArrayList<>();
    private final List<Jump> jumps = new ArrayList<>();
    private final Map<String, Integer> labels = new HashMap<>();

    private BpfAssembler add(final int code, final int operand) {
        instructions.add(new int[] {code, 0, 0, operand});
        return this;
    }

    private BpfAssembler jump(final int code, final int operand, final String label) {
        jumps.add(new Jump(instructions.size(), label));
        return add(code, operand);
    }

    BpfAssembler label(final String name) {
        labels.put(name, instructions.size());
        return this;
    }

    BpfAssembler loadWord(final int offset) {
        return add(LOAD_WORD_ABSOLUTE, offset);
    }

    /** The accumulator becomes the 32 bits at {@code X + offset}. */
    BpfAssembler loadWordIndexed(final int offset) {
        return add(LOAD_WORD_INDIRECT, offset);
    }

    BpfAssembler loadHalfIndexed(final int offset) {
        return add(LOAD_HALF_INDIRECT, offset);
    }

    BpfAssembler loadByteIndexed(final int offset) {
        return add(LOAD_BYTE_INDIRECT, offset);
    }

    BpfAssembler loadMemory(final int cell) {
        return add(LOAD_MEMORY, cell);
    }

    BpfAssembler index(final int value) {
        return add(LOAD_INDEX_IMMEDIATE, value);
    }

    BpfAssembler indexFromMemory(final int cell) {
        return add(LOAD_INDEX_MEMORY, cell);
    }

    /** X grows; the accumulator is lost. */
    BpfAssembler advanceIndex(final int length) {
        return add(ACCUMULATOR_FROM_INDEX, 0).add(ADD, length).add(INDEX_FROM_ACCUMULATOR, 0);
    }

    /** X grows by the accumulator, which is lost. */
    BpfAssembler advanceIndexByAccumulator() {
        return add(ADD_INDEX, 0).add(INDEX_FROM_ACCUMULATOR, 0);
    }

    BpfAssembler store(final int cell) {
        return add(STORE, cell);
    }

    BpfAssembler storeIndex(final int cell) {
        return add(STORE_INDEX, cell);
    }

    BpfAssembler addIndex() {
        return add(ADD_INDEX, 0);
    }

    BpfAssembler multiply(final int factor) {
        return add(MULTIPLY, factor);
    }

    BpfAssembler and(final int mask) {
        return add(AND, mask);
    }

    BpfAssembler shiftLeft(final int bits) {
        return add(SHIFT_LEFT, bits);
    }

    BpfAssembler shiftRight(final int bits) {
        return add(SHIFT_RIGHT, bits);
    }

    BpfAssembler exclusiveOrIndex() {
        return add(EXCLUSIVE_OR_INDEX, 0);
    }

    BpfAssembler returnAccumulator() {
        return add(RETURN_ACCUMULATOR, 0);
    }

    BpfAssembler returnConstant(final int value) {
        return add(RETURN_CONSTANT, value);
    }

    BpfAssembler goTo(final String label) {
        return jump(JUMP, 0, label);
    }

    BpfAssembler ifEqual(final int value, final String label) {
        return jump(JUMP_EQUAL, value, label);
    }

    BpfAssembler ifAtLeast(final int value, final String label) {
        return jump(JUMP_GREATER_OR_EQUAL, value, label);
    }

    BpfAssembler ifAnyBit(final int mask, final String label) {
        return jump(JUMP_BITS, mask, label);
    }

    SocketFilter assemble() {
        for (final Jump jump : jumps) {
            final int distance = labels.get(jump.ifTrue()) - jump.index() - 1;
            final int[] instruction = instructions.get(jump.index());
            if (distance < 0 || (instruction[0] != JUMP && distance > MAX_CONDITIONAL_JUMP)) {
                throw new IllegalStateException("jump to " + jump.ifTrue() + " over " + distance);
            }
            instruction[instruction[0] == JUMP ? 3 : 1] = distance;
        }
        return SocketFilter.of(instructions.toArray(int[][]::new));
    }
}
