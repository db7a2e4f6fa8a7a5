package net.flowsonde.ipfix;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.util.List;
import net.flowsonde.telemetry.TemplateFacts.FieldFacts;
import org.agrona.MutableDirectBuffer;

/** A template record or options template record (RFC 7011, 3.4). */
interface Template {
    /** Set that holds template records. */
    int TEMPLATE_SET_ID = 2;
    /** Set that holds options template records. */
    int OPTIONS_TEMPLATE_SET_ID = 3;

    /** 256 to 65,535, and for ever the same for the same fields. */
    int id();

    /** {@link #TEMPLATE_SET_ID} or {@link #OPTIONS_TEMPLATE_SET_ID}. */
    int setId();

    /** Octets of the template record. */
    int templateLength();

    /** Writes the template record at {@code offset} and answers where it ends. */
    int writeTemplate(MutableDirectBuffer buffer, int offset);

    /** What it consists of, in order, for management. */
    List<FieldFacts> fieldFacts();

    /** One field for {@link #fieldFacts}. */
    static FieldFacts factsOf(final Element element, final int length, final boolean isScope) {
        return new FieldFacts(element.id(), length, element.enterpriseNumber(), isScope);
    }

    /** Octets of {@link #writeFieldSpecifier}. */
    static int fieldSpecifierLength(final Element element) {
        return element.enterpriseNumber() == Element.IANA ? 4 : 8;
    }

    /**
     * Writes one field specifier (RFC 7011, 3.2) and answers where it ends.
     * <pre>
     *  +-+-----------------------------+-------------------------------+
     *  |E|  Information Element id     |         Field Length          |
     *  +-+-----------------------------+-------------------------------+
     *  |          Enterprise Number, where E is set                    |
     *  +---------------------------------------------------------------+
     * </pre>
     */
    static int writeFieldSpecifier(final Element element, final int length, final MutableDirectBuffer buffer, final int offset) {
        final boolean isEnterprise = element.enterpriseNumber() != Element.IANA;
        buffer.putShort(offset, (short) (isEnterprise ? element.id() | 0x8000 : element.id()), BIG_ENDIAN);
        buffer.putShort(offset + 2, (short) length, BIG_ENDIAN);
        if (!isEnterprise) {
            return offset + 4;
        }
        buffer.putInt(offset + 4, (int) element.enterpriseNumber(), BIG_ENDIAN);
        return offset + 8;
    }
}
