package net.flowsonde.dpi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Values of a fixed length by keys of 128 bits, for every queue thread at once, without a lock: a bucket of eight slots has a version that
 * is odd while a thread writes in it. A reader whose bucket changes under its hands reads again; a writer that finds another at work tries
 * a few times and lets it be, which the caller counts. A full bucket gives up the slot that was not used for longest. The memory is one
 * array, taken when the table is made.
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

    private final int slotLength;
    private final int valueLength;
    private final int mask;
    private final int[] versions;
    private final UnsafeBuffer slots;

    /** @param capacity  most values; rounded up to a power of two */
    public SharedTable(final int capacity, final int valueLength) {
        this.valueLength = valueLength;
        slotLength = VALUE_OFFSET + valueLength;
        final int buckets = BitUtil.findNextPositivePowerOfTwo(Math.max(WAYS, capacity)) / WAYS;
        mask = buckets - 1;
        versions = new int[buckets];
        slots = new UnsafeBuffer(new byte[buckets * WAYS * slotLength]);
    }

    /** Copies the value of a key to {@code value}, and marks it as used; false when there is none. */
    public boolean read(final long high, final long low, final UnsafeBuffer value, final int now) {
        final int bucket = bucket(low);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            final int version = (int) VERSIONS.getAcquire(versions, bucket);
            if ((version & 1) == 0) {
                final int slot = find(bucket, high, low);
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
        if (!lock(bucket)) {
            return BUSY;
        }
        int slot = find(bucket, high, low);
        int outcome = WRITTEN;
        if (slot < 0) {
            slot = oldest(bucket, now);
            outcome = isEmpty(slot) ? WRITTEN : EVICTED;
            put(slot, high, low, value);
        } else if (isReplacing) {
            put(slot, high, low, value);
        } else {
            outcome = FOUND;
            value.putBytes(0, slots, slot + VALUE_OFFSET, valueLength);
        }
        slots.putInt(slot + LAST_USE_OFFSET, now, NATIVE);
        unlock(bucket);
        return outcome;
    }

    private void put(final int slot, final long high, final long low, final UnsafeBuffer value) {
        slots.putLong(slot + HIGH_OFFSET, high, NATIVE);
        slots.putLong(slot + LOW_OFFSET, low, NATIVE);
        slots.putBytes(slot + VALUE_OFFSET, value, 0, valueLength);
    }

    /** Forgets a key. */
    public void remove(final long high, final long low) {
        final int bucket = bucket(low);
        if (lock(bucket)) {
            final int slot = find(bucket, high, low);
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

    private int find(final int bucket, final long high, final long low) {
        int slot = bucket * WAYS * slotLength;
        for (int way = 0; way < WAYS; way++, slot += slotLength) {
            if (slots.getLong(slot + LOW_OFFSET, NATIVE) == low && slots.getLong(slot + HIGH_OFFSET, NATIVE) == high) {
                return slot;
            }
        }
        return -1;
    }

    private int oldest(final int bucket, final int now) {
        int slot = bucket * WAYS * slotLength;
        int oldest = slot;
        int longest = -1;
        for (int way = 0; way < WAYS; way++, slot += slotLength) {
            if (isEmpty(slot)) {
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

    private boolean isEmpty(final int slot) {
        return (slots.getLong(slot + HIGH_OFFSET, NATIVE) | slots.getLong(slot + LOW_OFFSET, NATIVE)) == 0;
    }
}
