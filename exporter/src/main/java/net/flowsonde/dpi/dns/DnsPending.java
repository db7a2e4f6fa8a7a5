package net.flowsonde.dpi.dns;

import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Transactions under way, of bounded number: found by a hash, given up by age. Each has a slot with the head of its
 * {@link DnsTransaction} and the labels of the name that was asked for. Memory of slots is taken as it is first needed. Owned by one queue
 * thread.
 * <pre>
 *  0                     {@value #LABELS_OFFSET}                     {@value #SLOT_LENGTH}
 *  +----------------------+-----------------------+
 *  | head of transaction  | labels of the name    |
 *  +----------------------+-----------------------+
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

    static final int LABELS_OFFSET = DnsTransaction.HEAD_LENGTH;
    static final int SLOT_LENGTH = LABELS_OFFSET + 256;
    private static final int CHUNK_SHIFT = 10;
    private static final int CHUNK_MASK = (1 << CHUNK_SHIFT) - 1;

    private final int limit;
    private final UnsafeBuffer[] chunks;
    private final int[] buckets;
    private final int[] hashes;
    private final int[] nextInBucket;
    private final int[] newer;
    private final int[] older;
    private final byte[] lists;
    private final long[] touchedNs;
    private final long[] digests;
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
        hashes = new int[limit];
        nextInBucket = new int[limit];
        newer = new int[limit];
        older = new int[limit];
        lists = new byte[limit];
        touchedNs = new long[limit];
        digests = new long[limit];
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
        hashes[slot] = hash;
        nextInBucket[slot] = buckets[bucket];
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
        free = nextInBucket[slot];
        return slot;
    }

    void close(final int slot) {
        unlink(slot);
        final int bucket = hashes[slot] & buckets.length - 1;
        if (buckets[bucket] == slot) {
            buckets[bucket] = nextInBucket[slot];
        } else {
            int before = buckets[bucket];
            while (nextInBucket[before] != slot) {
                before = nextInBucket[before];
            }
            nextInBucket[before] = nextInBucket[slot];
        }
        nextInBucket[slot] = free;
        free = slot;
        size--;
    }

    /** The first slot of a hash, or {@link #NONE}. */
    int first(final int hash) {
        return withHash(buckets[hash & buckets.length - 1], hash);
    }

    /** The next slot with the same hash, or {@link #NONE}. */
    int next(final int slot) {
        return withHash(nextInBucket[slot], hashes[slot]);
    }

    private int withHash(final int from, final int hash) {
        int slot = from;
        while (slot != NONE && hashes[slot] != hash) {
            slot = nextInBucket[slot];
        }
        return slot;
    }

    /** Puts a slot at the young end of a list. */
    void move(final int slot, final int list, final long nowNs) {
        unlink(slot);
        append(slot, list, nowNs);
    }

    private void append(final int slot, final int list, final long nowNs) {
        lists[slot] = (byte) list;
        touchedNs[slot] = nowNs;
        newer[slot] = NONE;
        older[slot] = newest[list];
        if (newest[list] == NONE) {
            oldest[list] = slot;
        } else {
            newer[newest[list]] = slot;
        }
        newest[list] = slot;
    }

    private void unlink(final int slot) {
        final int list = lists[slot];
        if (newer[slot] == NONE) {
            newest[list] = older[slot];
        } else {
            older[newer[slot]] = older[slot];
        }
        if (older[slot] == NONE) {
            oldest[list] = newer[slot];
        } else {
            newer[older[slot]] = newer[slot];
        }
    }

    int list(final int slot) {
        return lists[slot];
    }

    /** The slot that was touched longest ago, or {@link #NONE}. */
    int oldest(final int list) {
        return oldest[list];
    }

    long touchedNs(final int slot) {
        return touchedNs[slot];
    }

    /** What the answer said, as {@link DnsTransactionWriter#digest()} has it. */
    long digest(final int slot) {
        return digests[slot];
    }

    void digest(final int slot, final long value) {
        digests[slot] = value;
    }

    MutableDirectBuffer buffer(final int slot) {
        return chunks[slot >>> CHUNK_SHIFT];
    }

    /** Where the slot lies in {@link #buffer}. */
    int offset(final int slot) {
        return (slot & CHUNK_MASK) * SLOT_LENGTH;
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
