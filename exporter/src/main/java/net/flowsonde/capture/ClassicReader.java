package net.flowsonde.capture;

import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Classic pcap files (draft-ietf-opsawg-pcap), either byte order, stamps in microseconds or nanoseconds.
 * <pre>
 *  file header, 24 octets                        packet header, 16 octets (24 in the "modified" form)
 *   0 magic   4 major version  6 minor version    0 seconds   4 micro- or nanoseconds
 *   8, 12 zero   16 snap length   20 link type    8 captured length   12 length on the wire   data
 * </pre>
 */
final class ClassicReader extends FrameReader {
    static final int FILE_HEADER_LENGTH = 24;
    private static final int MAGIC_MICROSECONDS = 0xa1b2c3d4;
    private static final int MAGIC_NANOSECONDS = 0xa1b23c4d;
    /** Written by a patched libpcap of old Linux distributions: eight octets more before each packet. */
    private static final int MAGIC_MODIFIED = 0xa1b2cd34;
    private static final int MINOR_VERSION_OFFSET = 6;
    private static final int LINK_TYPE_OFFSET = 20;
    /** The upper half of the field holds the length of a frame check sequence and reserved bits. */
    private static final int LINK_TYPE_MASK = 0xFFFF;
    private static final int PACKET_HEADER_LENGTH = 16;
    private static final int MODIFIED_HEADER_LENGTH = 24;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private final ByteOrder order;
    private final int headerLength;
    private final long fractionNs;
    private final int linkType;
    private final int minorVersion;

    /** The file header must be available; {@link #matches} has said that it is one. */
    ClassicReader(final FileBlocks blocks) {
        super(blocks);
        final UnsafeBuffer buffer = blocks.buffer();
        final int start = blocks.position();
        final int littleEndianMagic = buffer.getInt(start, ByteOrder.LITTLE_ENDIAN);
        order = isMagic(littleEndianMagic) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        final int magic = buffer.getInt(start, order);
        headerLength = magic == MAGIC_MODIFIED ? MODIFIED_HEADER_LENGTH : PACKET_HEADER_LENGTH;
        fractionNs = magic == MAGIC_NANOSECONDS ? 1 : 1_000;
        minorVersion = buffer.getShort(start + MINOR_VERSION_OFFSET, order);
        linkType = LinkTypes.ofDlt(buffer.getInt(start + LINK_TYPE_OFFSET, order) & LINK_TYPE_MASK);
        blocks.consume(FILE_HEADER_LENGTH);
    }

    /** Whether four octets begin a classic file. */
    static boolean matches(final UnsafeBuffer buffer, final int offset) {
        return isMagic(buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN)) || isMagic(buffer.getInt(offset, ByteOrder.BIG_ENDIAN));
    }

    private static boolean isMagic(final int value) {
        return value == MAGIC_MICROSECONDS || value == MAGIC_NANOSECONDS || value == MAGIC_MODIFIED;
    }

    int linkType() {
        return linkType;
    }

    @Override
    boolean next(final CapturedFrame frame) {
        if (!blocks.require(headerLength)) {
            return outOfOctets("a packet header");
        }
        final UnsafeBuffer buffer = blocks.buffer();
        final int start = blocks.position();
        int captured = buffer.getInt(start + 8, order);
        int original = buffer.getInt(start + 12, order);
        if (isSwapped(captured, original)) {
            final int exchanged = captured;
            captured = original;
            original = exchanged;
        }
        if (captured < 0 || captured > MAX_FRAME_LENGTH) {
            return corrupt("a frame of " + (captured & UNSIGNED) + " octets");
        }
        if (!blocks.require(headerLength + captured)) {
            return outOfOctets("a packet of " + captured + " octets");
        }
        wrap(frame, captured, original);
        blocks.consume(headerLength + captured);
        onFrame();
        return true;
    }

    /** Before version 2.3 the two lengths stood the other way round; of 2.3 there are both kinds. */
    private boolean isSwapped(final int captured, final int original) {
        return minorVersion < 3 || (minorVersion == 3 && captured > original);
    }

    private void wrap(final CapturedFrame frame, final int captured, final int original) {
        final UnsafeBuffer buffer = blocks.buffer();
        final int start = blocks.position(); // not where it was: the second require may have moved the record
        final long seconds = buffer.getInt(start, order) & UNSIGNED;
        final long fraction = buffer.getInt(start + 4, order) & UNSIGNED;
        final int data = start + headerLength;
        frame.wrap(buffer, data, data + captured, wireLength(original, captured), seconds * SECOND_NS + fraction * fractionNs)
            .source(linkType, 0);
    }
}
