package net.flowsonde.collector;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decodes NetFlow v5 and v9 (RFC 3954). Owned by one thread.
 * <pre>
 *  v5   version(2) count(2) uptime(4) seconds(4) nanoseconds(4) sequence(4) engine(2) sampling(2)   records of 48 octets
 *  v9   version(2) count(2) uptime(4) seconds(4) sequence(4) source id(4)                           flowsets: id(2) length(2) …
 * </pre>
 * The sequence number of v5 counts records, that of v9 messages.
 */
final class NetflowDecoder {
    static final int VERSION_5 = 5;
    static final int VERSION_9 = 9;
    private static final int HEADER_LENGTH_5 = 24;
    private static final int HEADER_LENGTH_9 = 20;
    private static final int RECORD_LENGTH_5 = 48;
    private static final int MOST_RECORDS_5 = 30;
    private static final int FLOWSET_HEADER_LENGTH = 4;
    private static final int TEMPLATE_FLOWSET = 0;
    private static final int OPTIONS_TEMPLATE_FLOWSET = 1;
    private static final int LOWEST_TEMPLATE = 256;
    private static final int ALIGNMENT = 4;
    private static final int PADDING = 210;
    /** Fields of a record of v5 in their order: element and length. */
    private static final int[][] FIELDS_5 = {
        {8, 4}, {12, 4}, {15, 4}, {10, 2}, {14, 2}, {2, 4}, {1, 4}, {22, 4}, {21, 4}, {7, 2}, {11, 2}, {PADDING, 1}, {6, 1}, {4, 1},
        {5, 1}, {16, 2}, {17, 2}, {9, 1}, {13, 1}, {PADDING, 2}};

    private final Breaches breaches;
    private final RecordListener listener;
    private final NetflowRecords records;
    private final List<Field> fields5 = fields5();
    private final Template template5;
    private final Map<String, Exporter> exporters = new HashMap<>();

    /** What is known of one source of messages. */
    private static final class Exporter {
        private static final long UNKNOWN = -1;

        private final Map<Integer, List<Field>> fields = new HashMap<>();
        private final Map<Integer, Template> templates = new HashMap<>();
        private final Set<Integer> optionsTemplates = new HashSet<>();
        private long next = UNKNOWN;
    }

    NetflowDecoder(final Breaches breaches, final RecordListener listener) {
        this.breaches = breaches;
        this.listener = listener;
        records = new NetflowRecords(breaches, listener);
        template5 = NetflowRecords.template(0, VERSION_5, fields5);
    }

    private static List<Field> fields5() {
        final List<Field> fields = new ArrayList<>();
        for (final int[] field : FIELDS_5) {
            fields.add(new Field(0, field[0], field[1]));
        }
        return fields;
    }

    void onVersion5(final Session session, final ByteBuffer message) {
        final int count = message.limit() < HEADER_LENGTH_5 ? 0 : message.getShort(2) & 0xFFFF;
        if (count == 0 || count > MOST_RECORDS_5 || message.limit() != HEADER_LENGTH_5 + count * RECORD_LENGTH_5) {
            breaches.add(session, 2, Rule.MESSAGE_LENGTH, count + " records of NetFlow v5 in " + message.limit() + " octets");
            return;
        }
        listener.onMessage(session, message.limit());
        checkSequence(session, exporter(session, message.getShort(20)), unsigned(message, 16), count);
        records.begin(unsigned(message, 8) * 1_000 + unsigned(message, 12) / 1_000_000, unsigned(message, 4));
        for (int i = 0; i < count; i++) {
            records.onRecord(session, template5, fields5, message, HEADER_LENGTH_5 + i * RECORD_LENGTH_5);
        }
    }

    void onVersion9(final Session session, final ByteBuffer message) {
        if (message.limit() < HEADER_LENGTH_9 || message.limit() % ALIGNMENT != 0) {
            breaches.add(session, 0, Rule.MESSAGE_LENGTH, message.limit() + " octets of NetFlow v9");
            return;
        }
        listener.onMessage(session, message.limit());
        final long source = unsigned(message, 16);
        final Exporter exporter = exporter(session, source);
        checkSequence(session, exporter, unsigned(message, 12), 1);
        records.begin(unsigned(message, 8) * 1_000, unsigned(message, 4));
        int count = 0;
        int offset = HEADER_LENGTH_9;
        while (offset < message.limit()) {
            final int length = message.limit() - offset < FLOWSET_HEADER_LENGTH ? 0 : message.getShort(offset + 2) & 0xFFFF;
            if (length < FLOWSET_HEADER_LENGTH || length > message.limit() - offset) {
                breaches.add(session, offset, Rule.SET_LENGTH, "flowset of length " + length);
                return;
            }
            count += flowset(session, exporter, source, message, offset, offset + length);
            offset += length;
        }
        if (count != (message.getShort(2) & 0xFFFF)) {
            breaches.add(session, 2, Rule.MESSAGE_LENGTH, "count " + (message.getShort(2) & 0xFFFF) + " where there are " + count + " records");
        }
    }

    private int flowset(
        final Session session, final Exporter exporter, final long source, final ByteBuffer message, final int start, final int limit) {
        final int id = message.getShort(start) & 0xFFFF;
        final int offset = start + FLOWSET_HEADER_LENGTH;
        if (id == TEMPLATE_FLOWSET) {
            return templates(session, exporter, source, message, offset, limit);
        }
        if (id == OPTIONS_TEMPLATE_FLOWSET) {
            exporter.optionsTemplates.add(message.getShort(offset) & 0xFFFF);
            return 1;
        }
        if (exporter.optionsTemplates.contains(id)) {
            return 1;
        }
        final List<Field> fields = exporter.fields.get(id);
        if (fields == null) {
            breaches.add(session, start, Rule.DATA_WITHOUT_TEMPLATE, "data of template " + id + " of NetFlow v9");
            return 0;
        }
        return data(session, exporter.templates.get(id), fields, message, offset, limit);
    }

    private int templates(
        final Session session, final Exporter exporter, final long source, final ByteBuffer message, final int start, final int limit) {
        int count = 0;
        int offset = start;
        while (limit - offset >= FLOWSET_HEADER_LENGTH) {
            final int id = message.getShort(offset) & 0xFFFF;
            final int fieldCount = message.getShort(offset + 2) & 0xFFFF;
            offset += FLOWSET_HEADER_LENGTH;
            if (id < LOWEST_TEMPLATE || fieldCount == 0 || limit - offset < 4 * fieldCount) {
                breaches.add(session, offset, Rule.TEMPLATE_LENGTH, "template " + id + " of NetFlow v9 with " + fieldCount + " fields");
                return count;
            }
            final List<Field> fields = new ArrayList<>();
            for (int i = 0; i < fieldCount; i++, offset += 4) {
                fields.add(new Field(0, message.getShort(offset) & 0xFFFF, message.getShort(offset + 2) & 0xFFFF));
            }
            exporter.fields.put(id, fields);
            exporter.templates.put(id, NetflowRecords.template(source, id, fields));
            count++;
        }
        return count;
    }

    private int data(
        final Session session, final Template template, final List<Field> fields, final ByteBuffer message, final int start,
        final int limit) {
        final int length = fields.stream().mapToInt(Field::length).sum();
        int count = 0;
        int offset = start;
        for (; limit - offset >= length; offset += length) {
            records.onRecord(session, template, fields, message, offset);
            count++;
        }
        Padding.check(breaches, session, message, offset, limit);
        return count;
    }

    private Exporter exporter(final Session session, final long source) {
        return exporters.computeIfAbsent(session.name() + "/" + source, name -> new Exporter());
    }

    private void checkSequence(final Session session, final Exporter exporter, final long sequence, final int count) {
        if (exporter.next != Exporter.UNKNOWN && exporter.next != sequence) {
            breaches.add(session, 0, Rule.SEQUENCE, "expected " + exporter.next + ", found " + sequence);
        }
        exporter.next = sequence + count & 0xFFFF_FFFFL;
    }

    private static long unsigned(final ByteBuffer message, final int offset) {
        return message.getInt(offset) & 0xFFFF_FFFFL;
    }
}
