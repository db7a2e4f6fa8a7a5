package net.flowsonde.collector;

import java.nio.ByteBuffer;

/**
 * Decodes messages and reports every breach of the rules. Owned by one thread.
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-------------------------------+-------------------------------+
 *  |          Version = 10         |            Length             |
 *  +-------------------------------+-------------------------------+
 *  |                          Export Time                          |
 *  +---------------------------------------------------------------+
 *  |                        Sequence Number                        |
 *  +---------------------------------------------------------------+
 *  |                     Observation Domain Id                     |
 *  +---------------------------------------------------------------+
 *  |  sets ...                                  (RFC 7011, 3.1)    |
 * </pre>
 */
final class MessageDecoder implements MessageConsumer {
    static final int HEADER_LENGTH = 16;
    static final int VERSION = 10;
    private static final int SET_HEADER_LENGTH = 4;
    private static final int TEMPLATE_SET = 2;
    private static final int OPTIONS_TEMPLATE_SET = 3;

    private final Breaches breaches;
    private final RecordListener listener;
    private final int longestOverUdp;
    private final TemplateDecoder templateDecoder;
    private final DataDecoder dataDecoder;
    private final NetflowDecoder netflowDecoder;

    /** @param longestOverUdp  most octets of a message over UDP */
    MessageDecoder(final Breaches breaches, final RecordListener listener, final int longestOverUdp) {
        this.breaches = breaches;
        this.listener = listener;
        this.longestOverUdp = longestOverUdp;
        this.templateDecoder = new TemplateDecoder(breaches, listener);
        this.dataDecoder = new DataDecoder(breaches, listener);
        this.netflowDecoder = new NetflowDecoder(breaches, listener);
    }

    /** Decodes one message, which is everything between octet 0 and the limit. */
    @Override
    public void onMessage(final Session session, final ByteBuffer message) {
        session.countMessage();
        final int version = session.transport().isLossy() && message.limit() >= 2 ? message.getShort(0) & 0xFFFF : VERSION;
        if (version == NetflowDecoder.VERSION_5) {
            netflowDecoder.onVersion5(session, message);
        } else if (version == NetflowDecoder.VERSION_9) {
            netflowDecoder.onVersion9(session, message);
        } else {
            onIpfix(session, message);
        }
    }

    private void onIpfix(final Session session, final ByteBuffer message) {
        if (!isHeaderGood(session, message)) {
            return;
        }
        listener.onMessage(session, message.limit());
        final Domain domain = session.domain(message.getInt(12) & 0xFFFF_FFFFL);
        checkExportTime(session, domain, message.getInt(4) & 0xFFFF_FFFFL);
        final long sequence = message.getInt(8) & 0xFFFF_FFFFL;
        final long ahead = checkSequence(session, domain, sequence);
        final long records = decodeSets(session, domain, message);
        reportMissing(session, ahead, records);
        expectNext(domain, sequence, ahead, records);
    }

    @Override
    public void onBroken(final Session session, final Rule rule, final String detail) {
        session.countMessage();
        breaches.add(session, 0, rule, detail);
    }

    private boolean isHeaderGood(final Session session, final ByteBuffer message) {
        if (message.limit() < HEADER_LENGTH) {
            breaches.add(session, 0, Rule.MESSAGE_LENGTH, message.limit() + " octets are less than a header");
            return false;
        }
        final int version = message.getShort(0) & 0xFFFF;
        if (version != VERSION) {
            breaches.add(session, 0, Rule.MESSAGE_VERSION, "version " + version);
            return false;
        }
        final int length = message.getShort(2) & 0xFFFF;
        if (length != message.limit()) {
            breaches.add(session, 2, Rule.MESSAGE_LENGTH, "length " + length + " in " + message.limit() + " octets");
            return false;
        }
        if (session.transport().isLossy() && length > longestOverUdp) {
            breaches.add(session, 2, Rule.MESSAGE_SIZE, "length " + length + " is above " + longestOverUdp);
        }
        return true;
    }

    private void checkExportTime(final Session session, final Domain domain, final long seconds) {
        if (seconds == 0) {
            breaches.add(session, 4, Rule.EXPORT_TIME, "export time 0");
        } else if (seconds < domain.exportSeconds()) {
            breaches.add(session, 4, Rule.EXPORT_TIME, "export time " + seconds + " after " + domain.exportSeconds());
        }
        domain.exportSeconds(Math.max(seconds, domain.exportSeconds()));
    }

    /** How many records the number is ahead of what was expected: positive for a gap, negative for a late message. */
    private long checkSequence(final Session session, final Domain domain, final long sequence) {
        final long expected = domain.expectedSequence();
        if (expected == Domain.UNKNOWN_SEQUENCE || sequence == expected) {
            return 0;
        }
        final int ahead = (int) (sequence - expected);
        breaches.add(session, 8, Rule.SEQUENCE, "expected " + expected + ", found " + sequence
            + (ahead > 0 ? ": " + ahead + " records are missing" : ": reordered or repeated"));
        return ahead;
    }

    /** Sets the next number; after a late message the highest one seen stays in force. */
    private void expectNext(final Domain domain, final long sequence, final long ahead, final long records) {
        if (records == DataDecoder.UNCOUNTABLE) {
            domain.expectedSequence(Domain.UNKNOWN_SEQUENCE);
        } else if (ahead >= 0) {
            domain.expectedSequence(sequence + records);
        }
    }

    private long decodeSets(final Session session, final Domain domain, final ByteBuffer message) {
        long records = 0;
        int offset = HEADER_LENGTH;
        while (offset < message.limit()) {
            final int length = setLength(session, message, offset);
            if (length < SET_HEADER_LENGTH) {
                return DataDecoder.UNCOUNTABLE;
            }
            final long inSet = decodeSet(session, domain, message, offset, offset + length);
            records = records == DataDecoder.UNCOUNTABLE || inSet == DataDecoder.UNCOUNTABLE
                ? DataDecoder.UNCOUNTABLE : records + inSet;
            offset += length;
        }
        return records;
    }

    private void reportMissing(final Session session, final long ahead, final long records) {
        if (ahead > 0) {
            listener.onMissing(session, ahead);
        } else if (ahead < 0 && records > 0) {
            listener.onMissing(session, -records);
        }
    }

    /** Length of the set, or 0 when it cannot be trusted and nothing after it can be found. */
    private int setLength(final Session session, final ByteBuffer message, final int offset) {
        final int left = message.limit() - offset;
        if (left < SET_HEADER_LENGTH) {
            breaches.add(session, offset, Rule.SET_LENGTH, left + " octets are less than a set header");
            return 0;
        }
        final int length = message.getShort(offset + 2) & 0xFFFF;
        if (length < SET_HEADER_LENGTH || length > left) {
            breaches.add(session, offset + 2, Rule.SET_LENGTH, "length " + length + " where " + left + " octets are left");
            return 0;
        }
        return length;
    }

    /** Decodes one set and says how many data records it held. */
    private long decodeSet(
        final Session session, final Domain domain, final ByteBuffer message, final int offset, final int limit) {
        final int id = message.getShort(offset) & 0xFFFF;
        final int start = offset + SET_HEADER_LENGTH;
        if (start == limit) {
            breaches.add(session, offset, Rule.SET_EMPTY, "set " + id + " holds nothing");
            return 0;
        }
        if (id == TEMPLATE_SET || id == OPTIONS_TEMPLATE_SET) {
            templateDecoder.decode(session, domain, id == OPTIONS_TEMPLATE_SET, message, start, limit);
            return 0;
        }
        if (id < TemplateDecoder.LOWEST_ID) {
            breaches.add(session, offset, Rule.SET_ID, "set " + id + " is reserved");
            return 0;
        }
        return dataDecoder.decode(session, domain, id, message, start, limit);
    }
}
