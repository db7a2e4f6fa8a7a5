package net.flowsonde.dpi.nfs;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** Tells headers of RPC from other octets: at the start of a flow, and in the middle of a stream after a loss. */
final class RpcHeaders {
    static final int PORTMAP = 100_000;
    static final int NFS = 100_003;
    static final int MOUNT = 100_005;
    /** Longest fragment that is believed; far above what servers take in one WRITE. */
    static final int LONGEST_RECORD = 1 << 26;
    /** Octets, record mark included, from which a header is known. */
    static final int NEEDED = 28;

    private static final int SHORTEST_RECORD = 20;
    private static final int MARK_LENGTH = 4;
    private static final int LOCKS = 100_021;
    private static final int STATUS_MONITOR = 100_024;
    private static final int ACCESS_LISTS = 100_227;
    private static final int TRANSIENT = 0x4000_0000;
    private static final int TRANSIENT_END = 0x6000_0000;
    private static final int HIGHEST_PROCEDURE = 35;
    private static final int HIGHEST_FLAVOR = 7;
    private static final int HIGHEST_ACCEPT_STATUS = 5;

    private RpcHeaders() {
    }

    /** A call of a program that is read here begins at {@code at}; 24 octets are there. */
    static boolean isCall(final DirectBuffer buffer, final int at) {
        return isAnyCall(buffer, at) && isOurs(word(buffer, at + 12), word(buffer, at + 16));
    }

    private static boolean isAnyCall(final DirectBuffer buffer, final int at) {
        return word(buffer, at + 4) == 0 && word(buffer, at + 8) == 2 && word(buffer, at + 20) >= 0
            && word(buffer, at + 20) <= HIGHEST_PROCEDURE;
    }

    private static boolean isOurs(final int program, final int version) {
        return switch (program) {
            case NFS, PORTMAP -> version >= 2 && version <= 4;
            case MOUNT -> version >= 1 && version <= 3;
            default -> false;
        };
    }

    /** A reply begins at {@code at}; 24 octets are there. */
    static boolean isReply(final DirectBuffer buffer, final int at) {
        if (word(buffer, at + 4) != 1) {
            return false;
        }
        final int state = word(buffer, at + 8);
        if (state != 0) {
            return state == 1 && (word(buffer, at + 12) & ~1) == 0;
        }
        final int verifier = word(buffer, at + 16);
        return isFlavor(word(buffer, at + 12)) && verifier >= 0 && verifier <= Credential.LONGEST_BODY
            && (verifier != 0 || Integer.compareUnsigned(word(buffer, at + 20), HIGHEST_ACCEPT_STATUS) <= 0);
    }

    private static boolean isFlavor(final int flavor) {
        return flavor >= 0 && flavor <= HIGHEST_FLAVOR;
    }

    /** The record mark of a message that a header follows. */
    static boolean isMark(final int mark) {
        final int length = mark & Integer.MAX_VALUE;
        return length >= SHORTEST_RECORD && length <= LONGEST_RECORD;
    }

    /**
     * Where the next message begins whose header makes sense, -1 when it does not begin here: a call of a program that is known (of ours,
     * or of those that share connections with them), or a reply to a call that waits for it.
     */
    static int find(
        final DirectBuffer buffer, final int offset, final int limit, final Conversation conversation, final PendingCalls calls) {
        for (int at = offset; at <= limit - NEEDED; at++) {
            final int type = word(buffer, at + 8);
            if ((type & ~1) == 0 && isMark(word(buffer, at))) {
                final int start = at + MARK_LENGTH;
                if (type == 0 ? isAnyCall(buffer, start) && isKnown(buffer, start)
                    : isReply(buffer, start) && calls.isPending(conversation.key(word(buffer, start)))) {
                    return at;
                }
            }
        }
        return -1;
    }

    /** Where a message begins that is a call of ours, -1 when none does. */
    static int findCall(final DirectBuffer buffer, final int offset, final int limit) {
        for (int at = offset; at <= limit - NEEDED; at++) {
            if (isMark(word(buffer, at)) && isCall(buffer, at + MARK_LENGTH)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isKnown(final DirectBuffer buffer, final int start) {
        final int program = word(buffer, start + 12);
        return isOurs(program, word(buffer, start + 16)) || program == LOCKS || program == ACCESS_LISTS || program == STATUS_MONITOR
            || program >= TRANSIENT && program < TRANSIENT_END;
    }

    static int word(final DirectBuffer buffer, final int at) {
        return buffer.getInt(at, ByteOrder.BIG_ENDIAN);
    }
}
