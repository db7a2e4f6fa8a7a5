package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.QueueInboxes;
import net.flowsonde.dpi.SharedTable;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/**
 * What the analyzers of all queues share: which queue keeps a session, and an inbox for each queue. The connections of a session that uses
 * several (multichannel) may be seen by different queues; whoever sees a session first keeps it, and gets its messages from the others.
 * There is no lock: the table is {@link SharedTable}, the inboxes are rings that any queue writes and one reads.
 */
public final class SmbPeers {
    static final int NOBODY = QueueInboxes.NOBODY;
    /** Another queue held the place of the session in the table for too long: to be asked again. */
    static final int UNKNOWN = -2;
    /** Octets of an address of a server. */
    static final int HOME_LENGTH = 2 * Long.BYTES;
    private static final int MOST_SESSIONS = 65_536;
    private static final int OWNER_LENGTH = Integer.BYTES;

    private final QueueInboxes inboxes;
    private volatile SharedTable owners;
    private volatile SharedTable homes;

    /** @param queues  how many analyzers will join; one has no peers, and needs nothing */
    public SmbPeers(final int queues) {
        inboxes = new QueueInboxes(queues);
    }

    /** Number of the analyzer that asks; negative where it has no peers. */
    int join() {
        return inboxes.join();
    }

    ManyToOneRingBuffer inbox(final int number) {
        return inboxes.inbox(number);
    }

    /**
     * The queue that keeps a session: the one that asks, when no other does; {@link #UNKNOWN} when that cannot be told now.
     *
     * @param scratch  of the caller, for one number
     */
    int claim(final long serverHigh, final long serverLow, final long id, final int queue, final UnsafeBuffer scratch, final int now) {
        final SharedTable table = owners();
        final long high = high(serverHigh, serverLow);
        final long low = low(serverHigh, serverLow, id);
        if (!table.read(high, low, scratch, now)) {
            scratch.putInt(0, queue);
            // two queues may ask at once: what the first has written holds for both
            if (table.writeIfAbsent(high, low, scratch, now) == SharedTable.BUSY) {
                return UNKNOWN;
            }
        }
        return scratch.getInt(0);
    }

    /** The queue that keeps a session, or {@link #NOBODY}. */
    int keeper(final long serverHigh, final long serverLow, final long id, final UnsafeBuffer scratch, final int now) {
        return owners().read(high(serverHigh, serverLow), low(serverHigh, serverLow, id), scratch, now) ? scratch.getInt(0) : NOBODY;
    }

    /**
     * A session has begun: by the server's identifier others find the address under which it is known.
     *
     * @param scratch  of the caller, for an address
     */
    void settle(
        final long guidHigh, final long guidLow, final long id, final long serverHigh, final long serverLow, final UnsafeBuffer scratch,
        final int now) {
        SharedTable table = homes;
        if (table == null) {
            table = makeHomes();
        }
        scratch.putLong(0, serverHigh);
        scratch.putLong(Long.BYTES, serverLow);
        table.write(high(guidHigh, guidLow), low(guidHigh, guidLow, id), scratch, now);
    }

    /** The address under which a session of the server is known, in {@code scratch}; false when its beginning was not seen. */
    boolean findHome(final long guidHigh, final long guidLow, final long id, final UnsafeBuffer scratch, final int now) {
        final SharedTable table = homes;
        return table != null && table.read(high(guidHigh, guidLow), low(guidHigh, guidLow, id), scratch, now);
    }

    private synchronized SharedTable makeHomes() {
        if (homes == null) {
            homes = new SharedTable(MOST_SESSIONS, HOME_LENGTH);
        }
        return homes;
    }

    /** The session has ended: whoever sees its number again keeps it. */
    void release(final long serverHigh, final long serverLow, final long id) {
        if (!inboxes.isEmpty()) {
            owners().remove(high(serverHigh, serverLow), low(serverHigh, serverLow, id));
        }
    }

    private SharedTable owners() {
        final SharedTable made = owners;
        return made == null ? make() : made;
    }

    private synchronized SharedTable make() {
        if (owners == null) {
            owners = new SharedTable(MOST_SESSIONS, OWNER_LENGTH);
        }
        return owners;
    }

    private static long high(final long serverHigh, final long serverLow) {
        return serverHigh * 0x9E37_79B9_7F4A_7C15L + serverLow | 1;
    }

    private static long low(final long serverHigh, final long serverLow, final long id) {
        final long mixed = (id ^ serverHigh ^ serverLow >>> 17) * 0xBF58_476D_1CE4_E5B9L;
        return mixed ^ mixed >>> 31;
    }
}
