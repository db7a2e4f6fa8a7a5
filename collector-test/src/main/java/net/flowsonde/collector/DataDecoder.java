package net.flowsonde.collector;

import java.nio.ByteBuffer;

/** Decodes data sets by their template, checks every value and hands on each record. */
final class DataDecoder {
    /** Number of records of a set whose template is unknown. */
    static final long UNCOUNTABLE = -1;
    private static final int LONG_FORM = 255;

    private final Breaches breaches;
    private final RecordListener listener;
    private final ElementResolver resolver;
    private final ValueChecks checks;
    private final ElementDescriptions descriptions;
    private final DataRecord dataRecord = new DataRecord();

    DataDecoder(final Breaches breaches, final RecordListener listener) {
        this.breaches = breaches;
        this.listener = listener;
        this.resolver = new ElementResolver(breaches);
        this.checks = new ValueChecks(breaches);
        this.descriptions = new ElementDescriptions(breaches);
    }

    /** Decodes the records between {@code start} and {@code limit} and says how many there were, or {@link #UNCOUNTABLE}. */
    long decode(
        final Session session, final Domain domain, final int id, final ByteBuffer message, final int start, final int limit) {
        final Template template = domain.templates().get(id);
        if (template == null) {
            breaches.add(session, start, Rule.DATA_WITHOUT_TEMPLATE, "data of template " + id);
            return UNCOUNTABLE;
        }
        if (template.shortestRecord() == 0) {
            return UNCOUNTABLE;
        }
        if (!template.isResolved()) {
            resolver.resolve(session, template, start);
        }
        return decodeRecords(session, domain, template, message, start, limit);
    }

    private long decodeRecords(
        final Session session, final Domain domain, final Template template, final ByteBuffer message, final int start,
        final int limit) {
        int offset = start;
        long count = 0;
        while (limit - offset >= template.shortestRecord()) {
            final int next = locate(session, domain, template, message, offset, limit);
            if (next < 0) {
                breaches.add(session, offset, Rule.RECORD_LENGTH,
                    "a record of template " + template.id() + " does not end in its set");
                return UNCOUNTABLE;
            }
            onRecord();
            count++;
            offset = next;
        }
        if (count == 0) {
            breaches.add(session, offset, Rule.SET_EMPTY, "set " + template.id() + " holds no whole record");
        }
        Padding.check(breaches, session, message, offset, limit);
        return count;
    }

    private void onRecord() {
        checks.check(dataRecord);
        if (dataRecord.template().isOptions()) {
            descriptions.onOptionsRecord(dataRecord);
        }
        listener.onRecord(dataRecord);
    }

    /** Places every value of the record that starts at {@code start}; answers where the next one starts, or -1. */
    private int locate(
        final Session session, final Domain domain, final Template template, final ByteBuffer message, final int start,
        final int limit) {
        dataRecord.begin(session, template, message, domain.exportSeconds());
        int offset = start;
        for (int i = 0; i < template.fieldCount(); i++) {
            int length = template.field(i).length();
            if (length == Field.VARIABLE_LENGTH) {
                if (limit - offset < 1) {
                    return -1;
                }
                length = message.get(offset++) & 0xFF;
                if (length == LONG_FORM) {
                    if (limit - offset < 2) {
                        return -1;
                    }
                    length = message.getShort(offset) & 0xFFFF;
                    offset += 2;
                }
            }
            if (length > limit - offset) {
                return -1;
            }
            dataRecord.place(i, offset, length);
            offset += length;
        }
        return offset;
    }
}
