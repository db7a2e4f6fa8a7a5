package net.flowsonde.enrich;

import net.flowsonde.dpi.dns.DnsRecord;

/** Names of NetBIOS as records have them: followed by their kind, as in {@code FILES<20>}. */
final class NetbiosNames {
    static final int KIND_LENGTH = 4;

    private NetbiosNames() {
    }

    /** Whether the name of a record is of kind {@code <00>} or {@code <20>}: of a host, or of a domain as a whole. */
    static boolean isHost(final DnsRecord record) {
        final int kind = record.nameOffset() + record.nameLength() - KIND_LENGTH;
        return record.nameLength() > KIND_LENGTH && record.buffer().getByte(kind) == '<'
            && (record.buffer().getByte(kind + 1) == '0' || record.buffer().getByte(kind + 1) == '2')
            && record.buffer().getByte(kind + 2) == '0' && record.buffer().getByte(kind + 3) == '>';
    }
}
