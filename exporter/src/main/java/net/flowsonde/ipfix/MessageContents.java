package net.flowsonde.ipfix;

import static java.nio.ByteOrder.BIG_ENDIAN;

import net.flowsonde.flow.FlowRecord;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What one message holds, for the account, and what a sink has to know of it that keeps it and sends it later or again. Written down as
 * <pre>
 *  flags (1) | sequence offset (1) | 0 (2) | sequence step (4) | flow records (4) | options records (4) | other records (4)
 *  | packets (8) | octets (8)
 * </pre>
 */
public final class MessageContents {
    /** Octets of what {@link #encode} writes. */
    public static final int LENGTH = 36;

    private static final int TEMPLATES = 1;
    private static final int ANNOUNCEMENT = 2;
    private static final int FIRST_ANNOUNCEMENT = 4;

    long records;
    long packets;
    long octets;
    long metadataRecords;
    long optionsRecords;
    boolean hasTemplates;
    /** Templates and names, which every session has to hear before the messages behind it. */
    boolean isAnnouncement;
    /** The announcements from this one on replace all earlier ones. */
    boolean isFirstAnnouncement;
    private int sequenceOffset;
    private int sequenceStep;

    void reset() {
        records = 0;
        packets = 0;
        octets = 0;
        metadataRecords = 0;
        optionsRecords = 0;
        hasTemplates = false;
        isAnnouncement = false;
        isFirstAnnouncement = false;
    }

    void add(final FlowRecord flow) {
        records++;
        add(flow, FlowRecord.FORWARD);
        add(flow, FlowRecord.REVERSE);
    }

    /** Packets and octets of one direction. */
    void add(final FlowRecord flow, final int direction) {
        packets += flow.packets(direction);
        octets += flow.octets(direction);
    }

    /**
     * Says how the message is numbered.
     *
     * @param offset  where its sequence number of four octets lies
     * @param step    by how much the number of the next message of its session is larger
     */
    void number(final int offset, final int step) {
        sequenceOffset = offset;
        sequenceStep = step;
    }

    public long records() {
        return records;
    }

    public long packets() {
        return packets;
    }

    public long octets() {
        return octets;
    }

    /** Records of other kinds than flows. */
    public long metadataRecords() {
        return metadataRecords;
    }

    public long optionsRecords() {
        return optionsRecords;
    }

    public boolean hasTemplates() {
        return hasTemplates;
    }

    public boolean isAnnouncement() {
        return isAnnouncement;
    }

    public boolean isFirstAnnouncement() {
        return isFirstAnnouncement;
    }

    public int sequenceOffset() {
        return sequenceOffset;
    }

    public int sequenceStep() {
        return sequenceStep;
    }

    /** Writes all of it, {@link #LENGTH} octets. */
    public void encode(final MutableDirectBuffer buffer, final int offset) {
        buffer.putByte(offset, (byte) ((hasTemplates ? TEMPLATES : 0) | (isAnnouncement ? ANNOUNCEMENT : 0)
            | (isFirstAnnouncement ? FIRST_ANNOUNCEMENT : 0)));
        buffer.putByte(offset + 1, (byte) sequenceOffset);
        buffer.putShort(offset + 2, (short) 0);
        buffer.putInt(offset + 4, sequenceStep, BIG_ENDIAN);
        buffer.putInt(offset + 8, (int) records, BIG_ENDIAN);
        buffer.putInt(offset + 12, (int) optionsRecords, BIG_ENDIAN);
        buffer.putInt(offset + 16, (int) metadataRecords, BIG_ENDIAN);
        buffer.putLong(offset + 20, packets, BIG_ENDIAN);
        buffer.putLong(offset + 28, octets, BIG_ENDIAN);
    }

    /** Reads what {@link #encode} wrote. */
    public void decode(final DirectBuffer buffer, final int offset) {
        final int flags = buffer.getByte(offset);
        hasTemplates = (flags & TEMPLATES) != 0;
        isAnnouncement = (flags & ANNOUNCEMENT) != 0;
        isFirstAnnouncement = (flags & FIRST_ANNOUNCEMENT) != 0;
        sequenceOffset = buffer.getByte(offset + 1) & 0xFF;
        sequenceStep = buffer.getInt(offset + 4, BIG_ENDIAN);
        records = buffer.getInt(offset + 8, BIG_ENDIAN) & 0xFFFF_FFFFL;
        optionsRecords = buffer.getInt(offset + 12, BIG_ENDIAN) & 0xFFFF_FFFFL;
        metadataRecords = buffer.getInt(offset + 16, BIG_ENDIAN) & 0xFFFF_FFFFL;
        packets = buffer.getLong(offset + 20, BIG_ENDIAN);
        octets = buffer.getLong(offset + 28, BIG_ENDIAN);
    }

    static long packets(final FlowRecord flow) {
        return flow.packets(FlowRecord.FORWARD) + flow.packets(FlowRecord.REVERSE);
    }

    static long octets(final FlowRecord flow) {
        return flow.octets(FlowRecord.FORWARD) + flow.octets(FlowRecord.REVERSE);
    }
}
