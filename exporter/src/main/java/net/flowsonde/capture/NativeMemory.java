package net.flowsonde.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The one place where raw memory is touched: memory of our own with its address, for C to read and write, and views over memory that C
 * gave us. Memory of our own lives as long as this object; whoever passes {@link #address()} to C keeps the object.
 */
final class NativeMemory {
    private static final int ALIGNMENT = 64;

    private final ByteBuffer allocation; // kept reachable: the address is worthless once the collector has freed it
    private final ByteBuffer bytes;
    private final UnsafeBuffer buffer;

    private NativeMemory(final int length) {
        allocation = ByteBuffer.allocateDirect(length + ALIGNMENT);
        final int misalignment = (int) (BufferUtil.address(allocation) & ALIGNMENT - 1);
        bytes = allocation.slice(ALIGNMENT - misalignment, length).order(ByteOrder.nativeOrder());
        buffer = new UnsafeBuffer(bytes);
    }

    /** Zeroed memory, aligned to a cache line. */
    static NativeMemory allocate(final int length) {
        return new NativeMemory(length);
    }

    /** Gives large memory back at once, instead of when a collection happens to find it. Nothing here may be used any more. */
    void free() {
        BufferUtil.free(allocation);
    }

    /** A view over {@code length} octets at an address that C gave us; valid as long as C says. */
    static UnsafeBuffer view(final long address, final int length) {
        return new UnsafeBuffer(address, length);
    }

    /** For reading from channels; shares its octets with {@link #buffer()}. */
    ByteBuffer bytes() {
        return bytes;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    long address() {
        return buffer.addressOffset();
    }

    int length() {
        return buffer.capacity();
    }

    /** The octets up to the first zero, for messages that C wrote. */
    String string() {
        int length = 0;
        while (length < buffer.capacity() && buffer.getByte(length) != 0) {
            length++;
        }
        final byte[] text = new byte[length];
        buffer.getBytes(0, text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
