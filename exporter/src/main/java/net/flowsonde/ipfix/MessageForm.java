package net.flowsonde.ipfix;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.MutableDirectBuffer;

/** What tells the messages of NetFlow v9 from those of IPFIX, its heir: the header, the id of template sets, and what is numbered. */
enum MessageForm {
    /**
     * RFC 7011, 3.1.
     * <pre>
     *  +-------------------------------+-------------------------------+
     *  |          Version (10)         |            Length             |
     *  +-------------------------------+-------------------------------+
     *  |                     Export Time (seconds)                     |
     *  +---------------------------------------------------------------+
     *  |      Sequence Number (data records before this message)       |
     *  +---------------------------------------------------------------+
     *  |                     Observation Domain Id                     |
     *  +---------------------------------------------------------------+
     * </pre>
     */
    IPFIX(16) {
        @Override
        int setId(final Template template) {
            return template.setId();
        }

        @Override
        void writeHeader(
            final MutableDirectBuffer buffer, final int length, final int records, final MessageStamp stamp, final int sequence) {
            buffer.putShort(0, (short) 10, BIG_ENDIAN);
            buffer.putShort(2, (short) length, BIG_ENDIAN);
            buffer.putInt(4, (int) stamp.seconds(), BIG_ENDIAN);
            buffer.putInt(8, sequence, BIG_ENDIAN);
            buffer.putInt(12, (int) stamp.observationDomain(), BIG_ENDIAN);
        }

        @Override
        int numbers(final int dataRecords) {
            return dataRecords;
        }
    },
    /**
     * RFC 3954, 5.1.
     * <pre>
     *  +-------------------------------+-------------------------------+
     *  |          Version (9)          |  Count (records of all kinds) |
     *  +-------------------------------+-------------------------------+
     *  |              Milliseconds since the exporter booted           |
     *  +---------------------------------------------------------------+
     *  |                     Export Time (seconds)                     |
     *  +---------------------------------------------------------------+
     *  |          Sequence Number (messages before this one)           |
     *  +---------------------------------------------------------------+
     *  |                           Source Id                           |
     *  +---------------------------------------------------------------+
     * </pre>
     */
    NETFLOW_V9(20) {
        @Override
        int setId(final Template template) {
            return TEMPLATE_FLOWSET_ID;
        }

        @Override
        void writeHeader(
            final MutableDirectBuffer buffer, final int length, final int records, final MessageStamp stamp, final int sequence) {
            buffer.putShort(0, (short) 9, BIG_ENDIAN);
            buffer.putShort(2, (short) records, BIG_ENDIAN);
            buffer.putInt(4, (int) stamp.upTimeMs(), BIG_ENDIAN);
            buffer.putInt(8, (int) stamp.seconds(), BIG_ENDIAN);
            buffer.putInt(12, sequence, BIG_ENDIAN);
            buffer.putInt(16, (int) stamp.observationDomain(), BIG_ENDIAN);
        }

        @Override
        int numbers(final int dataRecords) {
            return 1;
        }
    };

    private static final int TEMPLATE_FLOWSET_ID = 0;

    private final int headerLength;

    MessageForm(final int headerLength) {
        this.headerLength = headerLength;
    }

    final int headerLength() {
        return headerLength;
    }

    /** Where the sequence number lies: before the domain, with which both headers end. */
    final int sequenceOffset() {
        return headerLength - 2 * Integer.BYTES;
    }

    /** Id of the set that holds this template. */
    abstract int setId(Template template);

    /** @param records  data records and templates in the message */
    abstract void writeHeader(MutableDirectBuffer buffer, int length, int records, MessageStamp stamp, int sequence);

    /** By how much a message with so many data records moves the sequence number on. */
    abstract int numbers(int dataRecords);
}
