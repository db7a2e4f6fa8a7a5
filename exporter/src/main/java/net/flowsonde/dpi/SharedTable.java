package net.flowsonde.dpi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Values of a fixed length by keys of 128 bits, for every queue thread at once, without a lock: a bucket of eight slots has a version that
 * is odd while a thread writes in it. A reader whose bucket changes under its hands reads again; a writer that finds another at work tries
 * a few times and lets it be, which the caller counts. A full bucket gives up the slot that was not used for longest. The memory of
 * neighbouring buckets is a chunk of some KiB, taken when a value is first put into one of them and then kept: a few values cost a few
 * chunks, and a table that was filled once takes no more.
 * <pre>
 *   0          8         16         20        24
 *  +----------+---------+----------+---------+----------------+
 *  | key high | key low | last use |  spare  | value          |   a slot; all zeros when empty
 *  +----------+---------+----------+---------+----------------+
 * </pre>
 */
public final class SharedTable {
    public static final int BUSY = -1;
    public static final int WRITTEN = 0;
    /** Written; another value had to leave for it. */
    public static final int EVICTED = 1;
    /** Not written: the key has a value. */
    public static final int FOUND = 2;

    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
    private static final VarHandle VERSIONS = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int WAYS = 8;
    private static final int ATTEMPTS = 64;
    /** From here on the processor is offered to others: whoever works in the bucket may be waiting for it. */
    private static final int PATIENT_ATTEMPTS = 48;
    private static final int HIGH_OFFSET = 0;
    private static final int LOW_OFFSET = 8;
    private static final int LAST_USE_OFFSET = 16;
    private static final int VALUE_OFFSET = 24;
    /** About what a chunk takes: little to clear at once, and a thousand values of a large table do not take all of it. */
    private static final int CHUNK_LENGTH = 1 << 13;

    private final int slotLength;
    private final int bucketLength;
    private final int valueLength;
    private final int mask;
    private final int[] versions;
    /** Buckets of a chunk are two to the power of it. */
    private final int chunkShift;
    /** Null where nothing was ever put. */
    private final AtomicReferenceArray<UnsafeBuffer> chunks;

    /** @param capacity  most values; rounded up to a power of two */
    public SharedTable(final int capacity, final int valueLength) {
        this.valueLength = valueLength;
        slotLength = VALUE_OFFSET + valueLength;
        bucketLength = WAYS * slotLength;
        final int buckets = BitUtil.findNextPositivePowerOfTwo(Math.max(WAYS, capacity)) / WAYS;
        mask = buckets - 1;
        versions = new int[buckets];
        final int together = Math.min(buckets, Integer.highestOneBit(Math.max(1, CHUNK_LENGTH / bucketLength)));
        chunkShift = Integer.numberOfTrailingZeros(together);
        chunks = new AtomicReferenceArray<>(buckets / together);
    }

    /** Copies the value of a key to {@code value}, and marks it as used; false when there is none. */
    public boolean read(final long high, final long low, final UnsafeBuffer value, final int now) {
        final int bucket = bucket(low);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            final int version = (int) VERSIONS.getAcquire(versions, bucket);
            if ((version & 1) == 0) {
                final UnsafeBuffer slots = chunks.getAcquire(bucket >> chunkShift);
                final int slot = slots == null ? -1 : find(slots, bucket, high, low);
                if (slot >= 0) {
                    value.putBytes(0, slots, slot + VALUE_OFFSET, valueLength);
                }
                VarHandle.loadLoadFence();
                if ((int) VERSIONS.getOpaque(versions, bucket) == version) {
                    if (slot >= 0) {
                        slots.putInt(slot + LAST_USE_OFFSET, now, NATIVE);
                    }
                    return slot >= 0;
                }
            }
            pause(attempt);
        }
        return false;
    }

    /** Puts a value, in place of an older one of the same key; answers {@link #WRITTEN}, {@link #EVICTED} or {@link #BUSY}. */
    public int write(final long high, final long low, final UnsafeBuffer value, final int now) {
        return write(high, low, value, now, true);
    }

    /**
     * Puts a value where there is none, or copies the one that is there to {@code value}: of several threads that do it at once for the same
     * key one has written, and all have the same value afterwards. Answers as {@link #write}, or {@link #FOUND}.
     */
    public int writeIfAbsent(final long high, final long low, final UnsafeBuffer value, final int now) {
        return write(high, low, value, now, false);
    }

    private int write(final long high, final long low, final UnsafeBuffer value, final int now, final boolean isReplacing) {
        final int bucket = bucket(low);
        // before the bucket is locked: others do not wait for memory, and if there is none the bucket is left as it was
        final UnsafeBuffer slots = chunk(bucket);
        if (!lock(bucket)) {
            return BUSY;
        }
        int slot = find(slots, bucket, high, low);
        int outcome = WRITTEN;
        if (slot < 0) {
            slot = oldest(slots, bucket, now);
            outcome = isEmpty(slots, slot) ? WRITTEN : EVICTED;
            put(slots, slot, high, low, value);
        } else if (isReplacing) {
            put(slots, slot, high, low, value);
        } else {
            outcome = FOUND;
            value.putBytes(0, slots, slot + VALUE_OFFSET, valueLength);
        }
        slots.putInt(slot + LAST_USE_OFFSET, now, NATIVE);
        unlock(bucket);
        return outcome;
    }

    private void put(final UnsafeBuffer slots, final int slot, final long high, final long low, final UnsafeBuffer value) {
        slots.putLong(slot + HIGH_OFFSET, high, NATIVE);
        slots.putLong(slot + LOW_OFFSET, low, NATIVE);
        slots.putBytes(slot + VALUE_OFFSET, value, 0, valueLength);
    }

    /** Forgets a key. */
    public void remove(final long high, final long low) {
        final int bucket = bucket(low);
        if (lock(bucket)) {
            final UnsafeBuffer slots = chunks.getAcquire(bucket >> chunkShift);
            final int slot = slots == null ? -1 : find(slots, bucket, high, low);
            if (slot >= 0) {
                slots.setMemory(slot, slotLength, (byte) 0);
            }
            unlock(bucket);
        }
    }

    private boolean lock(final int bucket) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            final int version = (int) VERSIONS.getAcquire(versions, bucket);
            if ((version & 1) == 0 && VERSIONS.compareAndSet(versions, bucket, version, version + 1)) {
                VarHandle.storeStoreFence();
                return true;
            }
            pause(attempt);
        }
        return false;
    }

    private static void pause(final int attempt) {
        if (attempt < PATIENT_ATTEMPTS) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }

    private void unlock(final int bucket) {
        VERSIONS.setRelease(versions, bucket, (int) VERSIONS.getOpaque(versions, bucket) + 1);
    }

    private int bucket(final long low) {
        return (int) (low ^ low >>> 32) & mask;
    }

    /** The memory of a bucket, made when there is none; of threads that make it at once one has made it for all. */
    private UnsafeBuffer chunk(final int bucket) {
        final int chunk = bucket >> chunkShift;
        final UnsafeBuffer there = chunks.getAcquire(chunk);
        if (there != null) {
            return there;
        }
        final UnsafeBuffer made = new UnsafeBuffer(new byte[bucketLength << chunkShift]);
        final UnsafeBuffer first = chunks.compareAndExchange(chunk, null, made);
        return first == null ? made : first;
    }

    private int start(final int bucket) {
        return (bucket & (1 << chunkShift) - 1) * bucketLength;
    }

    private int find(final UnsafeBuffer slots, final int bucket, final long high, final long low) {
        int slot = start(bucket);
        for (int way = 0; way < WAYS; way++, slot += slotLength) {
            if (slots.getLong(slot + LOW_OFFSET, NATIVE) == low && slots.getLong(slot + HIGH_OFFSET, NATIVE) == high) {
                return slot;
            }
        }
        return -1;
    }

    private int oldest(final UnsafeBuffer slots, final int bucket, final int now) {
        int slot = start(bucket);
        int oldest = slot;
        int longest = -1;
        for (int way = 0; way < WAYS; way++, slot += slotLength) {
            if (isEmpty(slots, slot)) {
                return slot;
            }
            final int unused = Math.max(0, now - slots.getInt(slot + LAST_USE_OFFSET, NATIVE));
            if (unused > longest) {
                longest = unused;
                oldest = slot;
            }
        }
        return oldest;
    }

    private static boolean isEmpty(final UnsafeBuffer slots, final int slot) {
        return (slots.getLong(slot + HIGH_OFFSET, NATIVE) | slots.getLong(slot + LOW_OFFSET, NATIVE)) == 0;
    }
}
