package net.flowsonde.dpi.dns;

import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Transactions under way, of bounded number: found by a hash, given up by age. Each has a slot with links to other slots, the head of its
 * {@link DnsTransaction} and the labels of the name that was asked for, side by side, as one is hardly read without the others. Memory of
 * slots is taken as it is first needed. Owned by one queue thread.
 * <pre>
 *  0         {@value #HEAD_OFFSET}                               {@value #SLOT_LENGTH}
 *  +---------+---------------------+--------------------+
 *  |  links  | head of transaction | labels of the name |
 *  +---------+---------------------+--------------------+
 * </pre>
 */
final class DnsPending {
    static final int NONE = -1;

    /** Lists, each in the order of age. Waiting for an answer. */
    static final int WAITING = 0;
    /** Answered and passed on, kept to tell a second answer. */
    static final int ANSWERED = 1;
    /** Answered in part over UDP: the retry over TCP may come. Found by {@link DnsContact#questionHash}. */
    static final int TRUNCATED = 2;
    private static final int LISTS = 3;

    private static final int HASH = 0;
    private static final int NEXT_IN_BUCKET = 4;
    private static final int NEWER = 8;
    private static final int OLDER = 12;
    private static final int LIST = 16;
    private static final int TOUCHED = 24;
    private static final int DIGEST = 32;
    private static final int HEAD_OFFSET = 40;
    private static final int LABELS_OFFSET = DnsTransaction.HEAD_LENGTH;
    /** Octets of the head and the labels. */
    static final int CONTENT_LENGTH = LABELS_OFFSET + 256;
    private static final int SLOT_LENGTH = HEAD_OFFSET + CONTENT_LENGTH;
    private static final int CHUNK_SHIFT = 10;
    private static final int CHUNK_MASK = (1 << CHUNK_SHIFT) - 1;

    private final int limit;
    private final UnsafeBuffer[] chunks;
    private final int[] buckets;
    private final int[] newest = new int[LISTS];
    private final int[] oldest = new int[LISTS];
    private int used;
    private int free = NONE;
    private int size;

    /** @param limit most transactions at one time */
    DnsPending(final int limit) {
        this.limit = limit;
        chunks = new UnsafeBuffer[(limit + CHUNK_MASK) >>> CHUNK_SHIFT];
        buckets = new int[BitUtil.findNextPositivePowerOfTwo(limit)];
        Arrays.fill(buckets, NONE);
        Arrays.fill(newest, NONE);
        Arrays.fill(oldest, NONE);
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == limit;
    }

    /** A slot for another transaction; there must be room. What is in it is old. */
    int open(final int hash, final int list, final long nowNs) {
        final int slot = free == NONE ? fresh() : reused();
        size++;
        final int bucket = hash & buckets.length - 1;
        link(slot, HASH, hash);
        link(slot, NEXT_IN_BUCKET, buckets[bucket]);
        buckets[bucket] = slot;
        append(slot, list, nowNs);
        return slot;
    }

    private int fresh() {
        if (chunks[used >>> CHUNK_SHIFT] == null) {
            chunks[used >>> CHUNK_SHIFT] = new UnsafeBuffer(new byte[SLOT_LENGTH << CHUNK_SHIFT]);
        }
        return used++;
    }

    private int reused() {
        final int slot = free;
        free = link(slot, NEXT_IN_BUCKET);
        return slot;
    }

    void close(final int slot) {
        unlink(slot);
        final int bucket = link(slot, HASH) & buckets.length - 1;
        if (buckets[bucket] == slot) {
            buckets[bucket] = link(slot, NEXT_IN_BUCKET);
        } else {
            int before = buckets[bucket];
            while (link(before, NEXT_IN_BUCKET) != slot) {
                before = link(before, NEXT_IN_BUCKET);
            }
            link(before, NEXT_IN_BUCKET, link(slot, NEXT_IN_BUCKET));
        }
        link(slot, NEXT_IN_BUCKET, free);
        free = slot;
        size--;
    }

    /** The first slot of a hash, or {@link #NONE}. */
    int first(final int hash) {
        return withHash(buckets[hash & buckets.length - 1], hash);
    }

    /** The next slot with the same hash, or {@link #NONE}. */
    int next(final int slot) {
        return withHash(link(slot, NEXT_IN_BUCKET), link(slot, HASH));
    }

    private int withHash(final int from, final int hash) {
        int slot = from;
        while (slot != NONE && link(slot, HASH) != hash) {
            slot = link(slot, NEXT_IN_BUCKET);
        }
        return slot;
    }

    /** Puts a slot at the young end of a list. */
    void move(final int slot, final int list, final long nowNs) {
        unlink(slot);
        append(slot, list, nowNs);
    }

    private void append(final int slot, final int list, final long nowNs) {
        link(slot, LIST, list);
        buffer(slot).putLong(start(slot) + TOUCHED, nowNs);
        link(slot, NEWER, NONE);
        link(slot, OLDER, newest[list]);
        if (newest[list] == NONE) {
            oldest[list] = slot;
        } else {
            link(newest[list], NEWER, slot);
        }
        newest[list] = slot;
    }

    private void unlink(final int slot) {
        final int list = list(slot);
        final int newer = link(slot, NEWER);
        final int older = link(slot, OLDER);
        if (newer == NONE) {
            newest[list] = older;
        } else {
            link(newer, OLDER, older);
        }
        if (older == NONE) {
            oldest[list] = newer;
        } else {
            link(older, NEWER, newer);
        }
    }

    int list(final int slot) {
        return link(slot, LIST);
    }

    /** The slot that was touched longest ago, or {@link #NONE}. */
    int oldest(final int list) {
        return oldest[list];
    }

    long touchedNs(final int slot) {
        return buffer(slot).getLong(start(slot) + TOUCHED);
    }

    /** What the answer said, as {@link DnsTransactionWriter#digest()} has it. */
    long digest(final int slot) {
        return buffer(slot).getLong(start(slot) + DIGEST);
    }

    void digest(final int slot, final long value) {
        buffer(slot).putLong(start(slot) + DIGEST, value);
    }

    MutableDirectBuffer buffer(final int slot) {
        return chunks[slot >>> CHUNK_SHIFT];
    }

    /** Where the head of the transaction lies in {@link #buffer}. */
    int offset(final int slot) {
        return start(slot) + HEAD_OFFSET;
    }

    private static int start(final int slot) {
        return (slot & CHUNK_MASK) * SLOT_LENGTH;
    }

    private int link(final int slot, final int at) {
        return buffer(slot).getInt(start(slot) + at);
    }

    private void link(final int slot, final int at, final int value) {
        buffer(slot).putInt(start(slot) + at, value);
    }

    // ---- the name that was asked for

    /** Keeps a name as labels; none with a length of 0. */
    void name(final int slot, final DirectBuffer labels, final int length) {
        buffer(slot).putShort(offset(slot) + DnsTransaction.QUERY_NAME_LENGTH_OFFSET, (short) length);
        buffer(slot).putBytes(offset(slot) + LABELS_OFFSET, labels, 0, length);
    }

    /** Octets of the labels. */
    int nameLength(final int slot) {
        return buffer(slot).getShort(offset(slot) + DnsTransaction.QUERY_NAME_LENGTH_OFFSET) & 0xFFFF;
    }

    /** Where the labels lie in {@link #buffer}. */
    int labelsOffset(final int slot) {
        return offset(slot) + LABELS_OFFSET;
    }

    int queryType(final int slot) {
        return buffer(slot).getShort(offset(slot) + DnsTransaction.QUERY_TYPE_OFFSET) & 0xFFFF;
    }

    /** Whether the question is that of a message, with names compared octet by octet. */
    boolean hasQuestion(final int slot, final DnsMessage message) {
        final int length = message.nameLength();
        if (nameLength(slot) != length || queryType(slot) != message.queryType()) {
            return false;
        }
        final DirectBuffer labels = message.question().octets();
        final int own = labelsOffset(slot);
        for (int i = 0; i < length; i++) {
            if (buffer(slot).getByte(own + i) != labels.getByte(i)) {
                return false;
            }
        }
        return true;
    }
}
