package net.flowsonde.capture;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * pcapng files (draft-ietf-opsawg-pcapng): sections of either byte order, any number of interfaces in each, enhanced, simple and obsolete
 * packet blocks. Other blocks are skipped.
 * <pre>
 *  0 block type   4 total length   body, padded to 32 bits   total length again
 *
 *  enhanced packet  8 interface id   12 stamp, upper half   16 lower half   20 captured   24 original length   28 data, options
 *  obsolete packet  8 interface id   10 drops               12, 16, 20, 24, 28 as above
 *  simple packet    8 original length   12 data
 *  section header   8 byte-order magic   12 version   16 section length   24 options
 *  interface        8 link type   10 reserved   12 snap length   16 options
 * </pre>
 */
final class PcapngReader extends FrameReader {
    static final int SECTION_HEADER = 0x0A0D0D0A;
    /** The shortest block: type and twice the length. */
    static final int MIN_BLOCK_LENGTH = 12;

    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int TRAILER_LENGTH = 4;
    private static final int MIN_SECTION_LENGTH = 28;
    private static final int MIN_INTERFACE_LENGTH = 20;
    private static final int MIN_PACKET_LENGTH = 32;
    private static final int MIN_SIMPLE_LENGTH = 16;
    private static final int PACKET_DATA = 28;
    private static final int SIMPLE_DATA = 12;
    private static final int MAX_INTERFACES = 65_536;

    private static final int OPTION_HEADER_LENGTH = 4;
    private static final int OPTION_TIMESTAMP_RESOLUTION = 9;
    private static final int OPTION_TIMESTAMP_OFFSET = 14;
    private static final int OPTION_PACKET_FLAGS = 2;
    private static final int DIRECTION_MASK = 3;
    private static final int DIRECTION_OUTBOUND = 2;
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private final List<PcapngInterface> interfaces = new ArrayList<>();
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private long newestStampNs;

    PcapngReader(final FileBlocks blocks) {
        super(blocks);
    }

    @Override
    boolean next(final CapturedFrame frame) {
        while (!isFinished()) {
            if (!blocks.require(MIN_BLOCK_LENGTH)) {
                return outOfOctets("a block header");
            }
            final int type = blockType();
            final int length = blocks.buffer().getInt(blocks.position() + 4, order);
            if (length < MIN_BLOCK_LENGTH || (length & 3) != 0) {
                return corrupt("a block of " + (length & UNSIGNED) + " octets");
            }
            if (!isUnderstood(type)) {
                blocks.skip(length);
            } else if (!requireBlock(length)) {
                return false;
            } else if (onBlock(type, length, frame)) {
                onFrame();
                return true;
            }
        }
        return false;
    }

    /** A section header brings its byte order along, and its own length is already in that order. */
    private int blockType() {
        final UnsafeBuffer buffer = blocks.buffer();
        final int start = blocks.position();
        if (buffer.getInt(start, ByteOrder.LITTLE_ENDIAN) == SECTION_HEADER) {
            order = buffer.getInt(start + 8, ByteOrder.BIG_ENDIAN) == BYTE_ORDER_MAGIC ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            return SECTION_HEADER;
        }
        return buffer.getInt(start, order);
    }

    private static boolean isUnderstood(final int type) {
        return type == ENHANCED_PACKET || type == SIMPLE_PACKET || type == OBSOLETE_PACKET || type == INTERFACE_DESCRIPTION
            || type == SECTION_HEADER;
    }

    private boolean requireBlock(final int length) {
        if (length > FileBlocks.MAX_REQUIRED) {
            return corrupt("a block of " + length + " octets");
        }
        if (!blocks.require(length)) {
            return outOfOctets("a block of " + length + " octets");
        }
        final int repeated = blocks.buffer().getInt(blocks.position() + length - TRAILER_LENGTH, order);
        return repeated == length || corrupt("a block of " + length + " octets that says " + (repeated & UNSIGNED) + " at its end");
    }

    /** Consumes the block; true when {@code frame} points at a frame of it. */
    private boolean onBlock(final int type, final int length, final CapturedFrame frame) {
        final boolean isFrame = switch (type) {
            case ENHANCED_PACKET -> onPacket(length, true, frame);
            case OBSOLETE_PACKET -> onPacket(length, false, frame);
            case SIMPLE_PACKET -> onSimplePacket(length, frame);
            case INTERFACE_DESCRIPTION -> onInterface(length);
            default -> onSection(length);
        };
        if (!isFinished()) {
            blocks.consume(length);
        }
        return isFrame;
    }

    private boolean onSection(final int length) {
        if (length < MIN_SECTION_LENGTH || blocks.buffer().getInt(blocks.position() + 8, order) != BYTE_ORDER_MAGIC) {
            return corrupt("a section header without a byte order");
        }
        interfaces.clear();
        return false;
    }

    private boolean onInterface(final int length) {
        if (length < MIN_INTERFACE_LENGTH || interfaces.size() == MAX_INTERFACES) {
            return corrupt(length < MIN_INTERFACE_LENGTH ? "a short interface description" : "too many interfaces");
        }
        final UnsafeBuffer buffer = blocks.buffer();
        final int start = blocks.position();
        final int limit = start + length - TRAILER_LENGTH;
        final int resolution = findOption(start + 16, limit, OPTION_TIMESTAMP_RESOLUTION, 1);
        final int stampOffset = findOption(start + 16, limit, OPTION_TIMESTAMP_OFFSET, Long.BYTES);
        interfaces.add(new PcapngInterface(
            LinkTypes.ofDlt(buffer.getShort(start + 8, order) & 0xFFFF), buffer.getInt(start + 12, order),
            resolution < 0 ? PcapngInterface.DEFAULT_RESOLUTION : buffer.getByte(resolution) & 0xFF,
            stampOffset < 0 ? 0 : buffer.getLong(stampOffset, order)));
        return false;
    }

    private boolean onPacket(final int length, final boolean isEnhanced, final CapturedFrame frame) {
        if (length < MIN_PACKET_LENGTH) {
            return corrupt("a short packet block");
        }
        final UnsafeBuffer buffer = blocks.buffer();
        final int start = blocks.position();
        final int id = isEnhanced ? buffer.getInt(start + 8, order) : buffer.getShort(start + 8, order) & 0xFFFF;
        final int captured = buffer.getInt(start + 20, order);
        final int limit = start + length - TRAILER_LENGTH;
        if (id < 0 || id >= interfaces.size()) {
            return corrupt("a packet of interface " + (id & UNSIGNED) + ", which is not described");
        }
        if (captured < 0 || captured > limit - start - PACKET_DATA || captured > MAX_FRAME_LENGTH) {
            return corrupt("a packet of " + (captured & UNSIGNED) + " octets in a block of " + length);
        }
        final PcapngInterface source = interfaces.get(id);
        final long ticks = (long) buffer.getInt(start + 12, order) << Integer.SIZE | buffer.getInt(start + 16, order) & UNSIGNED;
        final int data = start + PACKET_DATA;
        frame.wrap(buffer, data, data + captured, wireLength(buffer.getInt(start + 24, order), captured), stamp(source, ticks))
            .source(source.linkType(), 0)
            .outgoing(isOutbound(data + (captured + 3 & ~3), limit));
        return true;
    }

    /** epb_flags or pack_flags: the same code and meaning in both blocks. */
    private boolean isOutbound(final int options, final int limit) {
        if (limit - options < OPTION_HEADER_LENGTH) {
            return false;
        }
        final int flags = findOption(options, limit, OPTION_PACKET_FLAGS, Integer.BYTES);
        return flags >= 0 && (blocks.buffer().getInt(flags, order) & DIRECTION_MASK) == DIRECTION_OUTBOUND;
    }

    /** The block has neither interface nor stamp: the first interface and the newest stamp before it stand in. */
    private boolean onSimplePacket(final int length, final CapturedFrame frame) {
        if (length < MIN_SIMPLE_LENGTH || interfaces.isEmpty()) {
            return corrupt(interfaces.isEmpty() ? "a packet before any interface is described" : "a short packet block");
        }
        final UnsafeBuffer buffer = blocks.buffer();
        final int start = blocks.position();
        final PcapngInterface source = interfaces.get(0);
        final int original = buffer.getInt(start + 8, order);
        final int captured = simpleCapturedLength(original, source.snapLength());
        if (captured < 0 || captured > length - MIN_SIMPLE_LENGTH || captured > MAX_FRAME_LENGTH) {
            return corrupt("a packet of " + (captured & UNSIGNED) + " octets in a block of " + length);
        }
        final int data = start + SIMPLE_DATA;
        frame.wrap(buffer, data, data + captured, wireLength(original, captured), newestStampNs).source(source.linkType(), 0);
        return true;
    }

    private static int simpleCapturedLength(final int original, final int snapLength) {
        return snapLength == 0 || Integer.compareUnsigned(original, snapLength) < 0 ? original : snapLength;
    }

    /** A stamp that cannot be a date must not carry the clock away: the newest before it stands in. */
    private long stamp(final PcapngInterface source, final long ticks) {
        final long stampNs = source.nanoseconds(ticks);
        if (stampNs == PcapngInterface.INVALID) {
            return newestStampNs;
        }
        newestStampNs = Math.max(newestStampNs, stampNs);
        return stampNs;
    }

    /** Where the value of an option of at least {@code minLength} octets lies, or -1. */
    private int findOption(final int options, final int limit, final int wanted, final int minLength) {
        final UnsafeBuffer buffer = blocks.buffer();
        int offset = options;
        while (limit - offset >= OPTION_HEADER_LENGTH) {
            final int code = buffer.getShort(offset, order) & 0xFFFF;
            final int length = buffer.getShort(offset + 2, order) & 0xFFFF;
            final int value = offset + OPTION_HEADER_LENGTH;
            if (code == 0 || length > limit - value) {
                return -1;
            }
            if (code == wanted && length >= minLength) {
                return value;
            }
            offset = value + (length + 3 & ~3);
        }
        return -1;
    }
}
