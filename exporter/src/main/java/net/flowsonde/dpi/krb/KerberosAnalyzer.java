package net.flowsonde.dpi.krb;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.util.BitSet;
import net.flowsonde.dpi.ProtocolAnalyzer;
import net.flowsonde.dpi.SharedTable;
import net.flowsonde.dpi.TicketUsers;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Learns from the replies of key servers whose each ticket is, so that a session in which the ticket is shown has a user. A datagram is a
 * message; over TCP the length comes before it, in four octets (RFC 4120, 7.2). Owned by one queue thread.
 */
public final class KerberosAnalyzer implements ProtocolAnalyzer {
    private static final int MARK_LENGTH = 4;
    /** What is longer has no ticket that any service would take. */
    private static final int LONGEST_MESSAGE = 1 << 16;
    private static final int SHOWN_MASK = 1_023;
    private static final long NANOSECONDS_A_SECOND = 1_000_000_000;

    private final TicketUsers users;
    private final Counters counters;
    private final KerberosMessage message = new KerberosMessage();
    private final UnsafeBuffer scratch = TicketUsers.scratch();
    /** Hash of the ticket that was shown last, by flow; a newer flow takes the place of an older one. */
    private final long[] shownOn = new long[SHOWN_MASK + 1];
    private final long[] shownHigh = new long[SHOWN_MASK + 1];
    private final long[] shownLow = new long[SHOWN_MASK + 1];
    /** Sessions by number: used, and out of step since octets were lost. */
    private final BitSet used = new BitSet();
    private final BitSet lost = new BitSet();

    /** @param users  of all queues */
    public KerberosAnalyzer(final TicketUsers users, final Counters counters) {
        this.users = users;
        this.counters = counters;
    }

    @Override
    public int probe(
        final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset, final int length, final boolean isStream) {
        if (!isStream) {
            return message.lengthOf(buffer, offset, offset + length) >= length ? YES : NO;
        }
        if (length < MARK_LENGTH + KerberosMessage.LONGEST_START) {
            return length == 0 || buffer.getByte(offset) == 0 ? MAYBE : NO;
        }
        final int announced = buffer.getInt(offset, BIG_ENDIAN);
        return announced > 0 && announced == message.lengthOf(buffer, offset + MARK_LENGTH, offset + length) ? YES : NO;
    }

    @Override
    public int open(final FlowRecord flow, final long timestampNs) {
        final int session = used.nextClearBit(0);
        used.set(session);
        lost.clear(session);
        return session;
    }

    @Override
    public void onDatagram(
        final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset, final int length, final int wireLength,
        final long timestampNs) {
        onMessage(flow, buffer, offset, offset + length, timestampNs);
    }

    @Override
    public int onStream(
        final int session, final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset, final int length,
        final long timestampNs) {
        if (lost.get(session)) {
            return DISMISS;
        }
        int done = 0;
        while (length - done >= MARK_LENGTH) {
            final int announced = buffer.getInt(offset + done, BIG_ENDIAN);
            if (announced < 0 || announced > LONGEST_MESSAGE) {
                counters.increment(Counter.KRB_MESSAGES_MALFORMED);
                return DISMISS;
            }
            if (announced > length - done - MARK_LENGTH) {
                return done;
            }
            final int start = offset + done + MARK_LENGTH;
            onMessage(flow, buffer, start, start + announced, timestampNs);
            done += MARK_LENGTH + announced;
        }
        return done;
    }

    private void onMessage(
        final FlowRecord flow, final DirectBuffer buffer, final int offset, final int limit, final long timestampNs) {
        if (message.lengthOf(buffer, offset, limit) < 0) {
            counters.increment(Counter.KRB_MESSAGES_MALFORMED);
            return;
        }
        counters.increment(Counter.KRB_MESSAGES);
        final int now = (int) (timestampNs / NANOSECONDS_A_SECOND);
        final int slot = (int) (flow.flowId() ^ flow.flowId() >>> 32) & SHOWN_MASK;
        if (message.readShown(buffer, offset, limit)) {
            shownOn[slot] = flow.flowId();
            shownHigh[slot] = message.ticket().high();
            shownLow[slot] = message.ticket().low();
        } else if (message.readBrought(buffer, offset, limit) && isNamed(flow, slot, now)) {
            final int outcome = users.learn(message.ticket(), message.user(), message.realm(), scratch, now);
            counters.increment(outcome == SharedTable.BUSY ? Counter.KRB_TICKETS_BUSY : Counter.KRB_TICKETS_LEARNT);
            if (outcome == SharedTable.EVICTED) {
                counters.increment(Counter.KRB_TICKETS_EVICTED);
            }
        }
    }

    /** Whose a ticket is may not be told, but it is the same user's as the ticket that was shown for it. */
    private boolean isNamed(final FlowRecord flow, final int slot, final int now) {
        return !message.isAnonymous() || shownOn[slot] == flow.flowId()
            && users.find(shownHigh[slot], shownLow[slot], message.user(), message.realm(), scratch, now);
    }

    /** A connection has one exchange, or few: it is not worth a search for the next message. */
    @Override
    public void onGap(final int session, final FlowRecord flow, final int direction, final long octets, final long timestampNs) {
        lost.set(session);
    }

    @Override
    public void close(final int session, final long nowNs) {
        used.clear(session);
    }

    @Override
    public void onTime(final long nowNs) {
    }

    @Override
    public void onClose(final long nowNs) {
    }
}
