package net.flowsonde.capture;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** Hardware addresses as numbers, for comparing them without copying them. */
final class FrameAddresses {
    static final int SOURCE_MAC_OFFSET = 6;
    static final int ETHERNET_HEADER_LENGTH = 14;

    private FrameAddresses() {
    }

    /** Six octets in the low 48 bits. */
    static long mac(final DirectBuffer buffer, final int offset) {
        final long upper = buffer.getShort(offset, ByteOrder.BIG_ENDIAN) & 0xFFFFL;
        return upper << Integer.SIZE | buffer.getInt(offset + 2, ByteOrder.BIG_ENDIAN) & 0xFFFF_FFFFL;
    }
}
