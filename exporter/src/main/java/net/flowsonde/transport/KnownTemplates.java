package net.flowsonde.transport;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.collections.IntHashSet;

/** Which templates a collector has heard, as far as messages tell: IPFIX (RFC 7011, 3.3 and 3.4) and NetFlow v9 (RFC 3954, 5 and 6). */
final class KnownTemplates {
    private static final int IPFIX_SEQUENCE_OFFSET = 8;
    private static final int IPFIX_HEADER_LENGTH = 16;
    private static final int V9_SEQUENCE_OFFSET = 12;
    private static final int V9_HEADER_LENGTH = 20;
    private static final int SET_HEADER_LENGTH = 4;
    private static final int FIELD_LENGTH = 4;
    private static final int ENTERPRISE_BIT = 0x8000;
    private static final int FIRST_DATA_SET = 256;
    private static final int IPFIX_TEMPLATES = 2;
    private static final int IPFIX_OPTIONS_TEMPLATES = 3;
    private static final int V9_OPTIONS_TEMPLATES = 1;

    private final IntHashSet known = new IntHashSet();
    private final IntHashSet added = new IntHashSet();

    void clear() {
        known.clear();
    }

    /** Learns the templates of a message; false, and nothing is learnt, when it has data whose template is not known. */
    boolean read(final DirectBuffer message, final int offset, final int length, final int sequenceOffset) {
        final int headerLength = sequenceOffset == IPFIX_SEQUENCE_OFFSET ? IPFIX_HEADER_LENGTH : V9_HEADER_LENGTH;
        if (sequenceOffset != IPFIX_SEQUENCE_OFFSET && sequenceOffset != V9_SEQUENCE_OFFSET) {
            return true;
        }
        added.clear();
        final int limit = offset + length;
        int set = offset + headerLength;
        while (limit - set >= SET_HEADER_LENGTH) {
            final int id = unsignedShort(message, set);
            final int setLength = unsignedShort(message, set + Short.BYTES);
            final boolean isSound = setLength >= SET_HEADER_LENGTH && setLength <= limit - set;
            if (!isSound || id >= FIRST_DATA_SET && !known.contains(id)) {
                added.forEach(known::remove);
                return false;
            }
            if (id < FIRST_DATA_SET) {
                learn(message, set + SET_HEADER_LENGTH, set + setLength, id);
            }
            set += setLength;
        }
        return true;
    }

    private void learn(final DirectBuffer message, final int offset, final int limit, final int set) {
        final boolean isIpfixOptions = set == IPFIX_OPTIONS_TEMPLATES;
        final int headerLength = isIpfixOptions || set == V9_OPTIONS_TEMPLATES ? 6 : 4;
        int template = offset;
        while (limit - template >= headerLength) {
            final int id = unsignedShort(message, template);
            final int count = unsignedShort(message, template + Short.BYTES);
            if (id < FIRST_DATA_SET) {
                return;
            }
            if (known.add(id)) {
                added.add(id);
            }
            template += headerLength;
            if (set == V9_OPTIONS_TEMPLATES) {
                template += count + unsignedShort(message, template - Short.BYTES);
            } else {
                template += fields(message, template, limit, count, set >= IPFIX_TEMPLATES);
            }
        }
    }

    /** Octets of so many field specifiers, or up to the limit. */
    private static int fields(final DirectBuffer message, final int offset, final int limit, final int count, final boolean hasEnterprises) {
        int field = offset;
        for (int i = 0; i < count && limit - field >= FIELD_LENGTH; i++) {
            final boolean isEnterprise = hasEnterprises && (unsignedShort(message, field) & ENTERPRISE_BIT) != 0;
            field += isEnterprise ? 2 * FIELD_LENGTH : FIELD_LENGTH;
        }
        return field - offset;
    }

    private static int unsignedShort(final DirectBuffer message, final int offset) {
        return message.getShort(offset, BIG_ENDIAN) & 0xFFFF;
    }
}
