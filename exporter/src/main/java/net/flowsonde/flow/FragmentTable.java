package net.flowsonde.flow;

import net.flowsonde.decode.PacketLayout;
import net.flowsonde.telemetry.Counters;
import org.agrona.DirectBuffer;

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

    private final HeldFragments held = new HeldFragments();

    /**
     * @param capacity  most datagrams that are followed at one time
     * @param buffers   most of them that are put together at one time, 64 KiB each
     */
    FragmentTable(final int capacity, final int buffers, final Listener listener, final Counters counters) {
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
        return true;
    }

    /** The first fragment came and {@link #held()} has the counts of those that came before it; until the next call. */
    boolean hasHeld() {
        return false;
    }

    /** What waited for the first fragment that has just come. */
    HeldFragments held() {
        return held;
    }

    /** The last fragment completed its datagram, which lies in {@link #datagram()} until the next call. */
    boolean isComplete() {
        return false;
    }

    /** The datagram of the last fragment may still become complete. */
    boolean isReassembling() {
        return false;
    }

    /** The whole datagram from offset 0: an IP header without options and fragment fields, then the transport header and payload. */
    DirectBuffer datagram() {
        return null;
    }

    /** Octets of {@link #datagram()}. */
    int datagramLength() {
        return 0;
    }

    /** Gives up datagrams older than {@link #TIMEOUT_NS}; returns how many. */
    int expire(final long nowNs) {
        return 0;
    }

    /** Gives up every datagram. */
    void flush() {
    }
}
