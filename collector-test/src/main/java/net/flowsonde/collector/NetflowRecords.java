package net.flowsonde.collector;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Hands on records of NetFlow as if they were IPFIX's: the numbers of their fields are those of IANA's elements, but for the times, which
 * count from the boot of the exporter and become milliseconds since 1970. Owned by one thread.
 */
final class NetflowRecords {
    private static final int LAST_SWITCHED = 21;
    private static final int FIRST_SWITCHED = 22;
    private static final int FLOW_START_MILLISECONDS = 152;
    private static final int FLOW_END_MILLISECONDS = 153;
    private static final int TIME_LENGTH = 8;
    private static final long MOST_UP_TIME_MS = 0xFFFF_FFFFL;
    private static final int EXTENDED_EVENT = 33_002;
    private static final int USER_NAME = 40_000;

    private final Breaches breaches;
    private final RecordListener listener;
    private final DataRecord dataRecord = new DataRecord();
    private final ByteBuffer translated = ByteBuffer.allocate(65_536);
    private long exportSeconds;
    private long upTimeMs;
    private long bootMs;

    NetflowRecords(final Breaches breaches, final RecordListener listener) {
        this.breaches = breaches;
        this.listener = listener;
    }

    /** Records that follow are of a message with this header. */
    void begin(final long exportMs, final long upTimeMs) {
        exportSeconds = exportMs / 1_000;
        this.upTimeMs = upTimeMs;
        bootMs = exportMs - upTimeMs;
    }

    /** The template of the translated records. */
    static Template template(final long domain, final int id, final List<Field> fields) {
        final Template template = new Template(domain, id, 0, fields.stream().map(NetflowRecords::translated).toList());
        for (int i = 0; i < template.fieldCount(); i++) {
            template.element(i, element(template.field(i).id()));
        }
        template.markResolved();
        return template;
    }

    private static Field translated(final Field field) {
        return switch (field.id()) {
            case FIRST_SWITCHED -> new Field(0, FLOW_START_MILLISECONDS, TIME_LENGTH);
            case LAST_SWITCHED -> new Field(0, FLOW_END_MILLISECONDS, TIME_LENGTH);
            default -> field;
        };
    }

    private static Element element(final int id) {
        return switch (id) {
            case EXTENDED_EVENT -> new Element(0, id, "firewallExtendedEvent", DataType.UNSIGNED16, false);
            case USER_NAME -> new Element(0, id, "aaaUserName", DataType.STRING, false);
            default -> id < 1 << 15 ? ElementTable.iana().find(id) : null;
        };
    }

    /** Translates one record and hands it on. */
    void onRecord(final Session session, final Template template, final List<Field> fields, final ByteBuffer message, final int start) {
        dataRecord.begin(session, template, translated, exportSeconds);
        translated.clear();
        int offset = start;
        for (int i = 0; i < fields.size(); i++) {
            final Field field = fields.get(i);
            final int at = translated.position();
            if (field.id() == FIRST_SWITCHED || field.id() == LAST_SWITCHED) {
                translated.putLong(bootMs + sinceBoot(session, message, offset));
            } else {
                translated.put(message.duplicate().clear().limit(offset + field.length()).position(offset));
            }
            dataRecord.place(i, at, translated.position() - at);
            offset += field.length();
        }
        listener.onRecord(dataRecord);
    }

    /** A number that would lie in the future has been written before the uptime went over. */
    private long sinceBoot(final Session session, final ByteBuffer message, final int offset) {
        final long sinceBoot = message.getInt(offset) & MOST_UP_TIME_MS;
        if (sinceBoot > upTimeMs) {
            breaches.add(session, offset, Rule.UP_TIME, sinceBoot - upTimeMs + " ms after the message");
        }
        return sinceBoot;
    }
}
