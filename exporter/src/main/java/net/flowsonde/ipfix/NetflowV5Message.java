package net.flowsonde.ipfix;

import static java.nio.ByteOrder.BIG_ENDIAN;

import net.flowsonde.flow.FlowRecord;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One message of NetFlow v5 under construction, in a buffer that is used again for the next.
 * <pre>
 *  header   version(2) count(2) sysUptime(4) seconds(4) nanoseconds(4) sequence(4) engine type(1) engine id(1) sampling(2)
 *  record   source(4) destination(4) next hop(4) input(2) output(2) packets(4) octets(4) first(4) last(4)
 *           source port(2) destination port(2) zero(1) TCP flags(1) protocol(1) type of service(1)
 *           source AS(2) destination AS(2) source mask(1) destination mask(1) zero(2)
 * </pre>
 */
final class NetflowV5Message {
    static final int SEQUENCE_OFFSET = 16;
    private static final int HEADER_LENGTH = 24;
    private static final int RECORD_LENGTH = 48;
    private static final int MOST_RECORDS = 30;
    private static final long NS_PER_MS = 1_000_000;
    private static final int ICMP = 1;

    private final int capacity;
    private final UpTime upTime;
    private final MutableDirectBuffer buffer;
    private int records;

    /** @param maxLength  most octets of a message */
    NetflowV5Message(final int maxLength, final UpTime upTime) {
        this.upTime = upTime;
        capacity = Math.min(MOST_RECORDS, (maxLength - HEADER_LENGTH) / RECORD_LENGTH);
        buffer = new UnsafeBuffer(new byte[HEADER_LENGTH + capacity * RECORD_LENGTH]);
    }

    MutableDirectBuffer buffer() {
        return buffer;
    }

    int records() {
        return records;
    }

    boolean isFull() {
        return records == capacity;
    }

    void reset() {
        records = 0;
    }

    /** Adds a record of one direction, with some or all of its packets and octets. */
    void add(final FlowRecord flow, final int direction, final long packets, final long octets) {
        final int at = HEADER_LENGTH + RECORD_LENGTH * records++;
        final boolean isForward = direction == FlowRecord.FORWARD;
        buffer.setMemory(at, RECORD_LENGTH, (byte) 0);
        buffer.putBytes(at, flow.buffer(), isForward ? flow.sourceAddressOffset() : flow.destinationAddressOffset(), 4);
        buffer.putBytes(at + 4, flow.buffer(), isForward ? flow.destinationAddressOffset() : flow.sourceAddressOffset(), 4);
        buffer.putShort(at + 12, (short) flow.ingressInterface(direction), BIG_ENDIAN);
        buffer.putShort(at + 14, (short) flow.egressInterface(direction), BIG_ENDIAN);
        buffer.putInt(at + 16, (int) packets, BIG_ENDIAN);
        buffer.putInt(at + 20, (int) octets, BIG_ENDIAN);
        buffer.putInt(at + 24, (int) upTime.of(flow.startNs(direction) / NS_PER_MS), BIG_ENDIAN);
        buffer.putInt(at + 28, (int) upTime.of(flow.endNs(direction) / NS_PER_MS), BIG_ENDIAN);
        buffer.putShort(at + 32, (short) (isForward ? flow.sourcePort() : flow.destinationPort()), BIG_ENDIAN);
        buffer.putShort(at + 34, (short) destinationPort(flow, direction), BIG_ENDIAN);
        buffer.putByte(at + 37, (byte) flow.tcpControlBits(direction));
        buffer.putByte(at + 38, (byte) flow.protocol());
        buffer.putByte(at + 39, (byte) flow.ipClassOfService(direction));
    }

    /** Of ICMP, its type and code, as is the custom. */
    private static int destinationPort(final FlowRecord flow, final int direction) {
        if (flow.protocol() == ICMP) {
            return flow.icmpTypeCode(direction);
        }
        return direction == FlowRecord.FORWARD ? flow.destinationPort() : flow.sourcePort();
    }

    /**
     * Completes the message and answers its length; may be called again with other numbers.
     *
     * @param sequence  records before this message
     */
    int finish(final MessageStamp stamp, final int sequence) {
        buffer.putShort(0, (short) 5, BIG_ENDIAN);
        buffer.putShort(2, (short) records, BIG_ENDIAN);
        buffer.putInt(4, (int) stamp.upTimeMs(), BIG_ENDIAN);
        buffer.putInt(8, (int) stamp.seconds(), BIG_ENDIAN);
        buffer.putInt(12, 0, BIG_ENDIAN);
        buffer.putInt(SEQUENCE_OFFSET, sequence, BIG_ENDIAN);
        buffer.putShort(20, (short) stamp.observationDomain(), BIG_ENDIAN);
        buffer.putShort(22, (short) 0, BIG_ENDIAN);
        return HEADER_LENGTH + records * RECORD_LENGTH;
    }
}
