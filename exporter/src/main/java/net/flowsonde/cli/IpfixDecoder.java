package net.flowsonde.cli;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.flowsonde.ipfix.Element;
import net.flowsonde.ipfix.Elements;
import org.agrona.DirectBuffer;

/**
 * Decodes the messages of this process by the templates that they bring. It trusts the exporter that it lives in; the strict collector is
 * {@code collector-test}.
 * <pre>
 *  message   version(2) length(2) export time(4) sequence(4) domain(4) sets …          RFC 7011, 3.1
 *  set       id(2) length(2) records … padding                                         RFC 7011, 3.3
 *  template  id(2) field count(2) fields: E + element id(2) length(2) [enterprise(4)]  RFC 7011, 3.2 and 3.4.1
 * </pre>
 */
final class IpfixDecoder {
    private static final int MESSAGE_HEADER_LENGTH = 16;
    private static final int SET_HEADER_LENGTH = 4;
    private static final int TEMPLATE_SET = 2;
    private static final int OPTIONS_TEMPLATE_SET = 3;
    private static final int ENTERPRISE_BIT = 0x8000;
    private static final int VARIABLE_LENGTH = 0xFFFF;
    private static final int LONG_FORM = 255;

    private record ElementKey(long enterpriseNumber, int id) {
    }

    private record Field(String name, int length) {
    }

    private final Map<ElementKey, String> names = new HashMap<>();
    private final Map<Integer, List<Field>> templates = new HashMap<>();
    private final Consumer<DecodedRecord> records;
    private DirectBuffer buffer;
    private int position;

    IpfixDecoder(final long enterpriseNumber, final Consumer<DecodedRecord> records) {
        this.records = records;
        for (final Element element : Elements.all(enterpriseNumber)) {
            names.put(new ElementKey(element.enterpriseNumber(), element.id()), element.name());
        }
    }

    /** One whole message. */
    void decode(final DirectBuffer message, final int offset, final int limit) {
        buffer = message;
        position = offset + MESSAGE_HEADER_LENGTH;
        while (limit - position >= SET_HEADER_LENGTH) {
            final int start = position;
            final int setId = unsignedShort();
            final int setLimit = start + unsignedShort();
            decodeSet(setId, setLimit);
            position = setLimit;
        }
    }

    private void decodeSet(final int setId, final int limit) {
        if (setId == TEMPLATE_SET) {
            decodeTemplates(limit);
        } else if (setId > OPTIONS_TEMPLATE_SET && templates.containsKey(setId)) {
            decodeData(templates.get(setId), limit);
        }
    }

    private void decodeTemplates(final int limit) {
        while (limit - position >= SET_HEADER_LENGTH) {
            final int templateId = unsignedShort();
            final int count = unsignedShort();
            final List<Field> fields = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                fields.add(field());
            }
            templates.put(templateId, fields);
        }
    }

    private Field field() {
        final int id = unsignedShort();
        final int length = unsignedShort();
        long enterpriseNumber = 0;
        if ((id & ENTERPRISE_BIT) != 0) {
            enterpriseNumber = buffer.getInt(position, ByteOrder.BIG_ENDIAN) & 0xFFFF_FFFFL;
            position += Integer.BYTES;
        }
        return new Field(names.getOrDefault(new ElementKey(enterpriseNumber, id & ~ENTERPRISE_BIT), ""), length);
    }

    private void decodeData(final List<Field> fields, final int limit) {
        final int shortest = Math.max(1, fields.stream().mapToInt(field -> field.length() == VARIABLE_LENGTH ? 1 : field.length()).sum());
        while (limit - position >= shortest) {
            final DecodedRecord record = new DecodedRecord();
            for (final Field field : fields) {
                final byte[] octets = new byte[field.length() == VARIABLE_LENGTH ? variableLength() : field.length()];
                buffer.getBytes(position, octets);
                position += octets.length;
                record.put(field.name(), octets);
            }
            records.accept(record);
        }
    }

    /** RFC 7011, 7. */
    private int variableLength() {
        final int length = buffer.getByte(position++) & 0xFF;
        return length < LONG_FORM ? length : unsignedShort();
    }

    private int unsignedShort() {
        final int value = buffer.getShort(position, ByteOrder.BIG_ENDIAN) & 0xFFFF;
        position += Short.BYTES;
        return value;
    }
}
