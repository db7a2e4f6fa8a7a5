package net.flowsonde.ipfix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Walks messages by the letter of RFC 7011, learns their templates and fails on whatever does not add up. */
final class MessageWalker {
    /** A field of a template; {@code key} is {@code pen:id}. */
    record Field(String key, int length) {
    }

    record WalkedTemplate(int id, int scopes, List<Field> fields) {
    }

    /** A data record, its values by {@code pen:id}. */
    record WalkedRecord(WalkedTemplate template, Map<String, byte[]> values) {
        long number(final String key) {
            long number = 0;
            for (final byte octet : values.get(key)) {
                number = number << 8 | octet & 0xFF;
            }
            return number;
        }

        String text(final String key) {
            return new String(values.get(key), StandardCharsets.UTF_8);
        }
    }

    record WalkedMessage(int length, long exportSeconds, long sequence, long domain, List<WalkedTemplate> templates,
        List<WalkedRecord> records) {
    }

    private final Map<Integer, WalkedTemplate> templates = new HashMap<>();
    private long expectedSequence;

    /** Forgets templates and sequence, as for a new transport session. */
    void newSession() {
        templates.clear();
        expectedSequence = 0;
    }

    WalkedMessage walk(final byte[] message) {
        final ByteBuffer buffer = ByteBuffer.wrap(message);
        assertThat(buffer.getShort()).as("version").isEqualTo((short) 10);
        assertThat(buffer.getShort() & 0xFFFF).as("length").isEqualTo(message.length);
        final long exportSeconds = buffer.getInt() & 0xFFFF_FFFFL;
        final long sequence = buffer.getInt() & 0xFFFF_FFFFL;
        final long domain = buffer.getInt() & 0xFFFF_FFFFL;
        assertThat(sequence).as("sequence").isEqualTo(expectedSequence);
        final List<WalkedTemplate> newTemplates = new ArrayList<>();
        final List<WalkedRecord> records = new ArrayList<>();
        assertThat(buffer.hasRemaining()).as("a set").isTrue();
        while (buffer.hasRemaining()) {
            final int setId = buffer.getShort() & 0xFFFF;
            final int setLength = buffer.getShort() & 0xFFFF;
            assertThat(setLength - 4).as("set length").isBetween(1, buffer.remaining());
            final ByteBuffer set = buffer.slice(buffer.position(), setLength - 4);
            buffer.position(buffer.position() + setLength - 4);
            switch (setId) {
                case 2 -> templates(set, false, newTemplates);
                case 3 -> templates(set, true, newTemplates);
                default -> records(setId, set, records);
            }
        }
        expectedSequence = expectedSequence + records.size() & 0xFFFF_FFFFL;
        return new WalkedMessage(message.length, exportSeconds, sequence, domain, newTemplates, records);
    }

    private void templates(final ByteBuffer set, final boolean isOptions, final List<WalkedTemplate> found) {
        int count = 0;
        while (set.hasRemaining()) {
            final int id = set.getShort() & 0xFFFF;
            assertThat(id).isGreaterThanOrEqualTo(256);
            final int fieldCount = set.getShort() & 0xFFFF;
            final int scopes = isOptions ? set.getShort() & 0xFFFF : 0;
            assertThat(scopes).isBetween(isOptions ? 1 : 0, fieldCount);
            final List<Field> fields = new ArrayList<>();
            for (int i = 0; i < fieldCount; i++) {
                final int element = set.getShort() & 0xFFFF;
                final int length = set.getShort() & 0xFFFF;
                fields.add(new Field((element & 0x8000) == 0 ? "0:" + element
                    : (set.getInt() & 0xFFFF_FFFFL) + ":" + (element & 0x7FFF), length));
            }
            assertThat(fields).extracting(Field::key).doesNotHaveDuplicates();
            assertThat(fields).anyMatch(field -> field.length() != 0xFFFF);
            final WalkedTemplate template = new WalkedTemplate(id, scopes, fields);
            final WalkedTemplate known = templates.put(id, template);
            assertThat(known == null || known.equals(template)).as("template " + id + " unchanged").isTrue();
            found.add(template);
            count++;
        }
        if (isOptions) {
            assertThat(count).as("options templates in one set").isEqualTo(1);
        }
    }

    private void records(final int setId, final ByteBuffer set, final List<WalkedRecord> found) {
        final WalkedTemplate template = templates.get(setId);
        assertThat(template).as("template " + setId + " known").isNotNull();
        final int shortest = template.fields().stream().mapToInt(field -> field.length() == 0xFFFF ? 1 : field.length()).sum();
        while (set.remaining() >= shortest) {
            final Map<String, byte[]> values = new HashMap<>();
            for (final Field field : template.fields()) {
                final byte[] value = new byte[field.length() == 0xFFFF ? set.get() & 0xFF : field.length()];
                set.get(value);
                values.put(field.key(), value);
            }
            found.add(new WalkedRecord(template, values));
        }
        assertThat(set.remaining()).as("padding").isLessThan(4);
        while (set.hasRemaining()) {
            assertThat(set.get()).as("padding").isZero();
        }
    }
}
