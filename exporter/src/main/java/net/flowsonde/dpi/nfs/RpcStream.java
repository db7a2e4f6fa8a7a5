package net.flowsonde.dpi.nfs;

import java.nio.ByteOrder;
import net.flowsonde.telemetry.Counter;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One direction of a TCP connection: cuts it into messages by their record marks (RFC 5531, section 11). A message is one or more
 * fragments, each behind its length, whose top bit says that it is the last. After a loss it goes on at the next header that makes sense.
 * Owned by one queue thread.
 * <pre>
 *  +---+--------+-------------+---+--------+-------------+---+--------+--------
 *  | 0 | length | fragment    | 1 | length | fragment    | 1 | length | ...
 *  +---+--------+-------------+---+--------+-------------+---+--------+--------
 *   \______________ one message ________________________/
 * </pre>
 */
final class RpcStream {
    /** A piece of a message that is longer makes the message be given up. */
    static final int LONGEST_PIECE = 1 << 16;
    private static final int MARK_LENGTH = 4;

    private final NfsState nfs;
    private final Conversation conversation;
    private final RpcMessage message;
    private final int direction;
    private boolean isInStep;
    private boolean isInMessage;
    private boolean isLastFragment;
    private int fragmentLeft;
    private int skip;
    private boolean isEncrypted;

    RpcStream(final NfsState nfs, final Conversation conversation, final int direction) {
        this.nfs = nfs;
        this.conversation = conversation;
        this.direction = direction;
        message = new RpcMessage(nfs, conversation);
    }

    void reset() {
        message.abandon();
        isInStep = false;
        isInMessage = false;
        isEncrypted = false;
        fragmentLeft = 0;
        skip = 0;
    }

    /** Everything from here on is encrypted. */
    boolean isEncrypted() {
        return isEncrypted;
    }

    /** Takes octets as {@code ProtocolAnalyzer.onStream} does. */
    int onStream(final DirectBuffer buffer, final int offset, final int length, final long timestampNs) {
        final int limit = offset + length;
        int at = offset;
        while (at < limit && !isEncrypted) {
            final int next = advance(buffer, at, limit, timestampNs);
            if (next == at) {
                return at - offset;
            }
            at = next;
        }
        return at - offset;
    }

    /** Does one step; where it is now (beyond the limit when something is skipped), or {@code at} when it needs more. */
    private int advance(final DirectBuffer buffer, final int at, final int limit, final long timestampNs) {
        if (!isInStep) {
            return synchronize(buffer, at, limit);
        }
        if (fragmentLeft == 0) {
            return limit - at < MARK_LENGTH ? at : readMark(buffer, at);
        }
        if (skip > 0 || message.isDone()) {
            final int skipped = message.isDone() ? fragmentLeft : Math.min(skip, fragmentLeft);
            skip = message.isDone() ? 0 : skip - skipped;
            passed(skipped);
            return at + skipped;
        }
        return read(buffer, at, limit, timestampNs);
    }

    private int synchronize(final DirectBuffer buffer, final int at, final int limit) {
        final int found = RpcHeaders.find(buffer, at, limit, conversation, nfs.calls);
        if (found >= 0) {
            isInStep = true;
            isInMessage = false;
            fragmentLeft = 0;
            skip = 0;
            return found == at ? readMark(buffer, at) : found;
        }
        return Math.max(at, limit - RpcHeaders.NEEDED + 1);
    }

    private int readMark(final DirectBuffer buffer, final int at) {
        final int mark = buffer.getInt(at, ByteOrder.BIG_ENDIAN);
        isLastFragment = mark < 0;
        fragmentLeft = mark & Integer.MAX_VALUE;
        if (!isInMessage) {
            if (fragmentLeft > RpcHeaders.LONGEST_RECORD) {
                loseStep();
                return at + 1;
            }
            isInMessage = true;
            message.begin(direction);
        }
        if (fragmentLeft == 0) {
            passed(0);
        }
        return at + MARK_LENGTH;
    }

    private int read(final DirectBuffer buffer, final int at, final int limit, final long timestampNs) {
        final int available = Math.min(limit - at, fragmentLeft);
        final boolean isFragmentThere = available == fragmentLeft;
        int done = message.onOctets(buffer, at, at + available, isFragmentThere && isLastFragment, timestampNs);
        if (done == 0 && isFragmentThere && !isLastFragment) {
            done = readJoined(buffer, at, limit, timestampNs);
        }
        if (message.isOutOfStep()) {
            loseStep();
            return at + 1;
        }
        isEncrypted = message.isTlsAnswer();
        if (done == 0) {
            if (limit - at >= LONGEST_PIECE) {
                nfs.counters.increment(Counter.NFS_MESSAGES_TOO_LONG);
                message.abandon();
                return advance(buffer, at, limit, timestampNs);
            }
            return at;
        }
        final int passed = Math.min(done, fragmentLeft);
        skip = done - passed;
        passed(passed);
        return at + passed;
    }

    /** A piece lies across fragments: reads it from a copy without the marks. */
    private int readJoined(final DirectBuffer buffer, final int at, final int limit, final long timestampNs) {
        final UnsafeBuffer joined = nfs.joined;
        int count = 0;
        int from = at;
        int left = fragmentLeft;
        boolean isLast = false;
        while (true) {
            final int copied = Math.min(Math.min(left, limit - from), joined.capacity() - count);
            joined.putBytes(count, buffer, from, copied);
            count += copied;
            from += copied;
            if (copied < left || isLast) {
                return message.onOctets(joined, 0, count, isLast && copied == left, timestampNs);
            }
            if (limit - from < MARK_LENGTH) {
                return message.onOctets(joined, 0, count, false, timestampNs);
            }
            final int mark = buffer.getInt(from, ByteOrder.BIG_ENDIAN);
            from += MARK_LENGTH;
            left = mark & Integer.MAX_VALUE;
            isLast = mark < 0;
        }
    }

    private void passed(final int octets) {
        fragmentLeft -= octets;
        if (fragmentLeft == 0 && isLastFragment) {
            message.abandon();
            isInMessage = false;
            skip = 0;
        }
    }

    private void loseStep() {
        nfs.counters.increment(Counter.NFS_STREAM_LOSSES);
        conversation.lost();
        message.abandon();
        isInStep = false;
        isInMessage = false;
        fragmentLeft = 0;
        skip = 0;
    }

    /** Octets were lost: a message is forgotten, unless all that was lost is data that nobody would have looked at. */
    void onGap(final long octets) {
        if (!isInStep) {
            return;
        }
        final boolean isHarmless = isInMessage && (message.isDone() ? octets <= fragmentLeft : octets <= Math.min(skip, fragmentLeft));
        if (isHarmless && octets > 0) {
            skip = message.isDone() ? 0 : skip - (int) octets;
            passed((int) octets);
        } else {
            loseStep();
        }
    }
}
