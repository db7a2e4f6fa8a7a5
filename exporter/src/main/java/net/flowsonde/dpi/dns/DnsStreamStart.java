package net.flowsonde.dpi.dns;

import static java.nio.ByteOrder.BIG_ENDIAN;

import net.flowsonde.dpi.ProtocolAnalyzer;
import org.agrona.DirectBuffer;

/** Finds the beginning of a message in a TCP stream: a length (16) before a header that looks right (RFC 1035, 4.2.2). */
final class DnsStreamStart {
    static final int PREFIX_LENGTH = 2;
    /** Octets that a message and its length have at least. */
    static final int SHORTEST_LENGTH = PREFIX_LENGTH + DnsHeader.LENGTH;
    /** As long as a name and the question's type can be, so that a message is not missed because its name has not arrived. */
    private static final int KEPT = PREFIX_LENGTH + DnsHeader.LENGTH + DnsName.MAX_LENGTH + 4;

    private boolean isFound;

    static int length(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset, BIG_ENDIAN) & 0xFFFF;
    }

    /** Whether a stream on a port that is not DNS's begins with it. */
    int probe(final DnsMessage message, final DirectBuffer buffer, final int offset, final int length) {
        if (length < SHORTEST_LENGTH) {
            return length < PREFIX_LENGTH || length(buffer, offset) >= DnsHeader.LENGTH ? ProtocolAnalyzer.MAYBE : ProtocolAnalyzer.NO;
        }
        final int messageLength = length(buffer, offset);
        if (messageLength > length - PREFIX_LENGTH) {
            return isPlausible(message, buffer, offset, offset + length) ? ProtocolAnalyzer.MAYBE : ProtocolAnalyzer.NO;
        }
        final boolean isDns = message.wrap(buffer, offset + PREFIX_LENGTH, messageLength, messageLength, DnsDialect.DNS)
            && message.isCertain();
        return isDns ? ProtocolAnalyzer.YES : ProtocolAnalyzer.NO;
    }

    /** Whether the octets from the length on may be a message, as far as they are there. */
    boolean isPlausible(final DnsMessage message, final DirectBuffer buffer, final int offset, final int limit) {
        final int length = length(buffer, offset);
        final int available = Math.min(length, limit - offset - PREFIX_LENGTH);
        return length >= DnsHeader.LENGTH && (available < DnsHeader.LENGTH
            || message.wrap(buffer, offset + PREFIX_LENGTH, available, length, DnsDialect.DNS));
    }

    /**
     * Looks for the beginning of a message and says where it is, or, when there is none ({@link #isFound()}), up to where nothing is worth
     * keeping.
     */
    int find(final DnsMessage message, final DirectBuffer buffer, final int offset, final int length) {
        final int limit = offset + length;
        for (int at = offset; limit - at >= SHORTEST_LENGTH; at++) {
            if (mayBegin(message, buffer, at, limit)) {
                isFound = true;
                return at;
            }
        }
        isFound = false;
        return Math.max(offset, limit - KEPT);
    }

    private boolean mayBegin(final DnsMessage message, final DirectBuffer buffer, final int at, final int limit) {
        final int length = length(buffer, at);
        if (length < DnsHeader.LENGTH || buffer.getByte(at + PREFIX_LENGTH + 4) != 0) {
            return false;
        }
        final int available = Math.min(length, limit - at - PREFIX_LENGTH);
        return message.wrap(buffer, at + PREFIX_LENGTH, available, length, DnsDialect.DNS)
            && (available == length ? message.walk() && message.trailingOctets() == 0 : message.hasQuestion() && message.queryClass() == 1);
    }

    boolean isFound() {
        return isFound;
    }
}
