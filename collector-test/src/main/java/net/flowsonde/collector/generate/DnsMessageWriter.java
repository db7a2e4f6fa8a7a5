package net.flowsonde.collector.generate;

/**
 * Queries and answers of one lookup (RFC 1035, 4.1). A lookup asks in turn for the addresses of its own IP version and for those of the
 * other one. Some names are aliases: their answer starts with a CNAME.
 */
final class DnsMessageWriter {
    private static final int HEADER_LENGTH = 12;
    private static final int QUERY_FLAGS = 0x0100;
    private static final int ANSWER_FLAGS = 0x8180;
    private static final int NXDOMAIN_FLAGS = 0x8183;
    private static final int TYPE_A = 1;
    private static final int TYPE_CNAME = 5;
    private static final int TYPE_AAAA = 28;
    private static final int CLASS_IN = 1;
    private static final int TIME_TO_LIVE_SECONDS = 300;
    private static final int POINTER = 0xC000;

    private final HostNames names;
    private byte[] block;
    private int position;

    DnsMessageWriter(final HostNames names) {
        this.names = names;
    }

    /** Writes the lookup's next message and returns its length. */
    int write(final SyntheticFlow flow, final boolean isAnswer, final byte[] target, final int offset) {
        block = target;
        position = offset;
        final int round = flow.writtenPackets / 2;
        final boolean isForIpv6 = flow.isIpv6 ^ (round & 1) == 1;
        final boolean hasAnswers = isAnswer && !flow.isNameUnknown;
        writeHeader(flow.identifier + round, flags(flow, isAnswer), hasAnswers ? answerCount(flow) : 0);
        writeName(names.wireName(flow.name));
        writeShort(isForIpv6 ? TYPE_AAAA : TYPE_A);
        writeShort(CLASS_IN);
        if (hasAnswers) {
            writeAnswers(flow, isForIpv6, offset);
        }
        return position - offset;
    }

    private static int flags(final SyntheticFlow flow, final boolean isAnswer) {
        return !isAnswer ? QUERY_FLAGS : flow.isNameUnknown ? NXDOMAIN_FLAGS : ANSWER_FLAGS;
    }

    private int answerCount(final SyntheticFlow flow) {
        return names.addressCount(flow.name) + (HostNames.hasAlias(flow.name) ? 1 : 0);
    }

    private void writeHeader(final int identifier, final int flags, final int answers) {
        writeShort(identifier);
        writeShort(flags);
        writeShort(1);
        writeShort(answers);
        writeShort(0);
        writeShort(0);
    }

    private void writeAnswers(final SyntheticFlow flow, final boolean isForIpv6, final int start) {
        int owner = HEADER_LENGTH;
        if (HostNames.hasAlias(flow.name)) {
            final byte[] alias = HostNames.aliasWireName(flow.name);
            writeRecord(owner, TYPE_CNAME, alias.length);
            owner = position - start;
            writeName(alias);
        }
        final int length = isForIpv6 ? AddressBlock.LENGTH : 4;
        for (int i = 0; i < names.addressCount(flow.name); i++) {
            writeRecord(owner, isForIpv6 ? TYPE_AAAA : TYPE_A, length);
            AddressBlock.SERVER.write(block, position, isForIpv6, names.server(flow.name, i));
            position += length;
        }
    }

    private void writeRecord(final int owner, final int type, final int dataLength) {
        writeShort(POINTER | owner);
        writeShort(type);
        writeShort(CLASS_IN);
        Octets.putInt(block, position, TIME_TO_LIVE_SECONDS);
        position += Integer.BYTES;
        writeShort(dataLength);
    }

    private void writeName(final byte[] wireName) {
        System.arraycopy(wireName, 0, block, position, wireName.length);
        position += wireName.length;
    }

    private void writeShort(final int value) {
        Octets.putShort(block, position, value);
        position += Short.BYTES;
    }
}
