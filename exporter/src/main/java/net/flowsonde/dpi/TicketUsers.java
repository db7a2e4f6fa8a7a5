package net.flowsonde.dpi;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Whose each ticket of Kerberos is, for all queues: learnt where key servers hand tickets out, asked where services get them. Bounded; the
 * memory, {@value #OCTETS_A_TICKET} octets for each ticket, is taken as they are seen. There is no lock, see {@link SharedTable}.
 * <pre>
 *   0            1             2                128
 *   +------------+-------------+----------------+----------------+
 *   | user's     | realm's     |  user          |  realm         |
 *   | length     | length      |                |                |
 *   +------------+-------------+----------------+----------------+
 * </pre>
 */
public final class TicketUsers {
    /** Memory of one ticket. */
    public static final int OCTETS_A_TICKET = 280;
    private static final int VALUE_LENGTH = 256;
    private static final int USER_OFFSET = 2;
    private static final int REALM_OFFSET = 129;
    private static final int LONGEST = 127;

    private final int capacity;
    private volatile SharedTable table;

    /** @param capacity  most tickets; rounded up to a power of two */
    public TicketUsers(final int capacity) {
        this.capacity = capacity;
    }

    /** Room for one answer, of whoever asks. */
    public static UnsafeBuffer scratch() {
        return new UnsafeBuffer(new byte[VALUE_LENGTH]);
    }

    /** Learns whose a ticket is; answers as {@link SharedTable#write}. */
    public int learn(final KerberosTicket ticket, final Text user, final Text realm, final UnsafeBuffer scratch, final int now) {
        scratch.setMemory(0, VALUE_LENGTH, (byte) 0);
        put(scratch, 0, USER_OFFSET, user);
        put(scratch, 1, REALM_OFFSET, realm);
        return made().write(ticket.high(), ticket.low(), scratch, now);
    }

    private static void put(final UnsafeBuffer scratch, final int lengthOffset, final int offset, final Text text) {
        final int length = Math.min(text.length(), LONGEST);
        scratch.putByte(lengthOffset, (byte) length);
        scratch.putBytes(offset, text.octets(), 0, length);
    }

    /** Fills in whose the ticket of a hash is; leaves both as they are when that was not seen. */
    public boolean find(final long high, final long low, final Text user, final Text realm, final UnsafeBuffer scratch, final int now) {
        final SharedTable known = table;
        if (known == null || !known.read(high, low, scratch, now)) {
            return false;
        }
        user.reset().appendUtf8(scratch, USER_OFFSET, scratch.getByte(0));
        realm.reset().appendUtf8(scratch, REALM_OFFSET, scratch.getByte(1));
        return true;
    }

    private SharedTable made() {
        final SharedTable known = table;
        return known == null ? make() : known;
    }

    private synchronized SharedTable make() {
        if (table == null) {
            table = new SharedTable(capacity, VALUE_LENGTH);
        }
        return table;
    }
}
