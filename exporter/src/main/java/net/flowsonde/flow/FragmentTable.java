package net.flowsonde.flow;

import java.security.SecureRandom;
import java.util.Arrays;
import net.flowsonde.decode.PacketLayout;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Ties the fragments of a datagram to one flow and puts the datagram together. Only the first fragment has ports; so its ports are kept
 * for the later ones, and later ones that come before it are held (their counts, not their frames) until it comes. Owned by one queue
 * thread; all memory is taken at construction.
 * <p>
 * How the meter uses it, for each packet with {@link PacketLayout#isFragment()}:
 * <pre>
 *  if (fragments.onFragment(layout, vlanId, tunnelId, interfaceIndex, wireLength, timestampNs)) {
 *      // count this packet as any other: a later fragment has been given protocol and ports (layout.hasPorts())
 *      if (fragments.hasHeld()) {
 *          // add the counts of fragments.held() to the same flow and direction
 *      }
 *      if (fragments.isComplete()) {
 *          // decode fragments.datagram() [0, datagramLength()) as link type 101 (raw IP) into a second layout: a whole IP packet
 *          // with the transport header and all of the payload. It adds no packets or octets; only the TCP tracker and dissectors see it
 *      } else if (!fragments.isReassembling()) {
 *          // will never be whole (no buffer, cut, too many holes): the tracker may see the first fragment as it is
 *      }
 *  }   // else: held, nothing to count now
 * </pre>
 * From {@code onTime} call {@link #expire}, from {@code onClose} {@link #flush}; whatever was held for a first fragment that never came
 * is then (and when the table is full) passed to the {@link Listener}, to be metered without ports. No count is ever lost.
 */
final class FragmentTable {
    /** How long the fragments of a datagram are waited for (RFC 8200 says 60 s, hosts take 30 s), nanoseconds. */
    static final long TIMEOUT_NS = 30_000_000_000L;

    /** Takes the counts of fragments whose first never came. */
    interface Listener {
        void onFragmentsWithoutFirst(HeldFragments held);
    }

    private final long hashSeed = new SecureRandom().nextLong();
    private final FragmentedDatagram[] datagrams;
    private final int[] buckets;
    private final DatagramBufferPool pool;
    private final Listener listener;
    private final Counters counters;
    private final FragmentKey key = new FragmentKey();
    private final HeldFragments held = new HeldFragments();
    private final UnsafeBuffer whole = new UnsafeBuffer(0, 0);
    /** Slots are given out in a ring, so that the oldest is always the next to leave. */
    private int oldest;
    private int count;
    private boolean hasHeld;
    private boolean isReassembling;
    private DatagramBuffer completed;

    /**
     * @param capacity  most datagrams that are followed at one time
     * @param buffers   most of them that are put together at one time, 64 KiB each
     */
    FragmentTable(final int capacity, final int buffers, final Listener listener, final Counters counters) {
        datagrams = new FragmentedDatagram[capacity];
        Arrays.setAll(datagrams, slot -> new FragmentedDatagram());
        buckets = new int[BitUtil.findNextPositivePowerOfTwo(2 * capacity)];
        Arrays.fill(buckets, FragmentedDatagram.NONE);
        pool = new DatagramBufferPool(buffers);
        this.listener = listener;
        this.counters = counters;
    }

    /**
     * Takes one fragment.
     *
     * @param vlanId    as in the flow key (0xFFFF when it is not part of it)
     * @param tunnelId  as in the flow key (0 when it is not part of it)
     * @return true to count the packet now; false when it is held
     */
    boolean onFragment(
        final PacketLayout layout, final int vlanId, final long tunnelId, final int interfaceIndex, final int wireLength,
        final long timestampNs) {
        counters.increment(Counter.FRAGMENTS);
        forgetLast();
        if (!layout.mayHavePorts()) {
            return true;
        }
        key.read(layout, vlanId, tunnelId);
        final FragmentedDatagram datagram = findOrOpen(layout.fragmentOffset() == 0, timestampNs);
        final boolean isCounted = tie(datagram, layout, interfaceIndex, wireLength, timestampNs);
        reassemble(datagram, layout);
        return isCounted;
    }

    private void forgetLast() {
        hasHeld = false;
        isReassembling = false;
        if (completed != null) {
            pool.release(completed);
            completed = null;
        }
    }

    private FragmentedDatagram findOrOpen(final boolean isFirst, final long timestampNs) {
        int slot = buckets[bucket()];
        while (slot != FragmentedDatagram.NONE && !datagrams[slot].key.equalTo(key)) {
            slot = datagrams[slot].nextInBucket;
        }
        if (slot == FragmentedDatagram.NONE) {
            return open(timestampNs);
        }
        if (isFirst && datagrams[slot].isComplete) { // the identification is used again
            unlink(slot);
            return open(timestampNs);
        }
        return datagrams[slot];
    }

    private FragmentedDatagram open(final long timestampNs) {
        if (count == datagrams.length) {
            giveUpOldest(Counter.FRAGMENTED_DATAGRAMS_EVICTED);
        }
        final int slot = (oldest + count++) % datagrams.length;
        final FragmentedDatagram datagram = datagrams[slot];
        datagram.open(key, timestampNs);
        final int bucket = bucket();
        datagram.bucket = bucket;
        datagram.nextInBucket = buckets[bucket];
        buckets[bucket] = slot;
        counters.increment(Counter.FRAGMENTED_DATAGRAMS);
        if (pool.acquire(datagram)) {
            counters.increment(Counter.FRAGMENT_BUFFERS_EXHAUSTED);
        }
        return datagram;
    }

    private int bucket() {
        return key.hash(hashSeed) & buckets.length - 1;
    }

    /** Gives the fragment the ports of the first, or holds its counts until that comes; true to count it now. */
    private boolean tie(
        final FragmentedDatagram datagram, final PacketLayout layout, final int interfaceIndex, final int wireLength,
        final long timestampNs) {
        if (layout.fragmentOffset() == 0) {
            if (!datagram.hasFirst) {
                datagram.onFirst(layout);
                hasHeld = datagram.takeHeld(held);
            }
            return true;
        }
        if (datagram.hasFirst) {
            datagram.giveFirst(layout);
            return true;
        }
        datagram.hold(layout, interfaceIndex, wireLength, timestampNs);
        counters.increment(Counter.FRAGMENTS_HELD);
        return false;
    }

    private void reassemble(final FragmentedDatagram datagram, final PacketLayout layout) {
        final DatagramBuffer buffer = datagram.buffer;
        if (buffer == null) {
            return;
        }
        final DatagramBuffer.Outcome outcome = buffer.add(layout);
        if (outcome.counter() != null) {
            counters.increment(outcome.counter());
        }
        if (outcome.isGivenUp()) {
            pool.release(buffer);
        } else if (buffer.isComplete()) {
            counters.increment(Counter.FRAGMENTED_DATAGRAMS_COMPLETE);
            datagram.isComplete = true;
            completed = buffer;
            buffer.wrap(whole);
        } else {
            isReassembling = true;
        }
    }

    /** The first fragment came and {@link #held()} has the counts of those that came before it; until the next call. */
    boolean hasHeld() {
        return hasHeld;
    }

    /** What waited for the first fragment that has just come. */
    HeldFragments held() {
        return held;
    }

    /** The last fragment completed its datagram, which lies in {@link #datagram()} until the next call. */
    boolean isComplete() {
        return completed != null;
    }

    /** The datagram of the last fragment may still become complete. */
    boolean isReassembling() {
        return isReassembling;
    }

    /** The whole datagram from offset 0: an IP header without options and fragment fields, then the transport header and payload. */
    DirectBuffer datagram() {
        return whole;
    }

    /** Octets of {@link #datagram()}. */
    int datagramLength() {
        return whole.capacity();
    }

    /** Gives up datagrams older than {@link #TIMEOUT_NS}; returns how many. */
    int expire(final long nowNs) {
        forgetLast();
        int expired = 0;
        while (count > 0 && nowNs - datagrams[oldest].openedNs >= TIMEOUT_NS) {
            giveUpOldest(Counter.FRAGMENTED_DATAGRAMS_TIMED_OUT);
            expired++;
        }
        return expired;
    }

    /** Gives up every datagram. */
    void flush() {
        forgetLast();
        while (count > 0) {
            giveUpOldest(Counter.FRAGMENTED_DATAGRAMS_TIMED_OUT);
        }
    }

    private void giveUpOldest(final Counter cause) {
        final FragmentedDatagram datagram = datagrams[oldest];
        unlink(oldest);
        oldest = (oldest + 1) % datagrams.length;
        count--;
        if (!datagram.isComplete) {
            counters.increment(cause);
        }
        if (datagram.takeHeld(held)) {
            counters.add(Counter.FRAGMENTS_WITHOUT_FIRST, held.frames());
            listener.onFragmentsWithoutFirst(held);
        }
    }

    /** Takes a datagram out of its bucket, if it is still there, and gives its buffer back. */
    private void unlink(final int slot) {
        final FragmentedDatagram datagram = datagrams[slot];
        if (datagram.buffer != null) {
            pool.release(datagram.buffer);
        }
        if (datagram.bucket == FragmentedDatagram.NONE) {
            return;
        }
        int previous = FragmentedDatagram.NONE;
        for (int at = buckets[datagram.bucket]; at != slot; at = datagrams[at].nextInBucket) {
            previous = at;
        }
        if (previous == FragmentedDatagram.NONE) {
            buckets[datagram.bucket] = datagram.nextInBucket;
        } else {
            datagrams[previous].nextInBucket = datagram.nextInBucket;
        }
        datagram.bucket = FragmentedDatagram.NONE;
    }
}
