package net.flowsonde.dpi.smb;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;

/** Where messages begin, how long they are, and how much of one is worth waiting for: the body of a read or a write is not. */
final class SmbFrame {
    static final int SMB1 = Smb1Message.PROTOCOL_ID;
    static final int SMB2 = Smb2Header.PROTOCOL_ID;
    /** Transform header of encrypted messages (MS-SMB2 2.2.41): the session follows signature, nonce, size and flags. */
    static final int ENCRYPTED = 0x424D_53FD;
    static final int ENCRYPTED_SESSION_ID = 44;
    /** Transform header of compressed messages (MS-SMB2 2.2.42). */
    static final int COMPRESSED = 0x424D_53FC;

    private static final int ENCRYPTED_HEADER = 52;
    private static final int MAGIC_LENGTH = 4;
    private static final int FRAME_HEADER = 4;
    /** Most octets of a message that are waited for: what lies behind them is bulk. */
    static final int LONGEST_HEAD = 1 << 15;
    private static final int LONGEST_COMPRESSED_HEAD = 1 << 10;
    private static final int SHORTEST_MESSAGE = Smb1Message.HEADER_LENGTH + 1;
    // fixed parts behind the header of SMB2
    private static final int READ_RESPONSE = 16;
    private static final int WRITE_REQUEST = 48;
    private static final int QUERY_DIRECTORY_RESPONSE = 8;

    /** The length that a frame's header announces. */
    static int length(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset, BIG_ENDIAN) & 0xFF_FFFF;
    }

    static boolean isMagic(final int value) {
        return value == SMB1 || value == SMB2 || value == ENCRYPTED || value == COMPRESSED;
    }

    /** How many octets come before the first that look like the start of a frame, or that could become one. */
    static int search(final DirectBuffer buffer, final int offset, final int length) {
        int at = 0;
        while (length - at >= FRAME_HEADER + MAGIC_LENGTH) {
            final int last = buffer.getByte(offset + at + FRAME_HEADER + MAGIC_LENGTH - 1);
            if (last == 'B' && isStart(buffer, offset + at)) {
                return at;
            }
            at += last == 'M' ? 1 : last == 'S' ? 2 : 3;
        }
        return at;
    }

    private static boolean isStart(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset) == 0 && isMagic(buffer.getInt(offset + FRAME_HEADER, LITTLE_ENDIAN))
            && length(buffer, offset) >= SHORTEST_MESSAGE;
    }

    /**
     * How many octets of a message must be there before it is looked at.
     *
     * @param captured  how many are there
     * @param length    how many it has
     * @return at most {@code length}; negative when it is no message
     */
    int needed(final DirectBuffer buffer, final int offset, final int captured, final int length) {
        if (captured < MAGIC_LENGTH) {
            return Math.min(length, MAGIC_LENGTH);
        }
        return switch (buffer.getInt(offset, LITTLE_ENDIAN)) {
            case SMB2 -> Math.min(length, smb2(buffer, offset, captured));
            case SMB1 -> Math.min(length, smb1(buffer, offset, captured));
            case ENCRYPTED -> Math.min(length, ENCRYPTED_HEADER);
            case COMPRESSED -> Math.min(length, LONGEST_COMPRESSED_HEAD);
            default -> -1;
        };
    }

    private int smb2(final DirectBuffer buffer, final int offset, final int captured) {
        if (captured < Smb2Header.LENGTH) {
            return Smb2Header.LENGTH;
        }
        final int command = buffer.getShort(offset + 12, LITTLE_ENDIAN);
        final boolean isResponse = (buffer.getInt(offset + 16, LITTLE_ENDIAN) & 1) != 0;
        final boolean isLast = buffer.getInt(offset + 20, LITTLE_ENDIAN) == 0;
        if (!isLast) {
            return LONGEST_HEAD;
        }
        if (command == Smb2Header.READ && isResponse) {
            return Smb2Header.LENGTH + READ_RESPONSE;
        }
        if (command == Smb2Header.WRITE && !isResponse) {
            return Smb2Header.LENGTH + WRITE_REQUEST;
        }
        return command == Smb2Header.QUERY_DIRECTORY && isResponse ? Smb2Header.LENGTH + QUERY_DIRECTORY_RESPONSE : LONGEST_HEAD;
    }

    private int smb1(final DirectBuffer buffer, final int offset, final int captured) {
        final int words = Smb1Message.HEADER_LENGTH + 1;
        if (captured < words + 1) {
            return words + 1;
        }
        final int command = buffer.getByte(offset + 4) & 0xFF;
        final boolean isResponse = (buffer.getByte(offset + 9) & 0x80) != 0;
        final boolean isLast = (buffer.getByte(offset + words) & 0xFF) == Smb1Message.NO_COMMAND;
        final boolean isBulk = command == Smb1Commands.READ_ANDX && isResponse || command == Smb1Commands.WRITE_ANDX && !isResponse;
        return isBulk && isLast ? words + 2 * (buffer.getByte(offset + words - 1) & 0xFF) : LONGEST_HEAD;
    }
}
