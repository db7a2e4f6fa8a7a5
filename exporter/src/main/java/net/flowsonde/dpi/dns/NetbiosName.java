package net.flowsonde.dpi.dns;

import org.agrona.DirectBuffer;

/**
 * The NetBIOS name inside the first label of a name: 16 octets, each as two letters from A to P, the last of them the kind of service (RFC
 * 1001, 14.1). Written as {@code NAME<xx>}, followed by the scope where there is one.
 */
final class NetbiosName {
    /** Type of a record with the addresses of a name: each flags (16) and an IPv4 address (RFC 1002, 4.2.1.3). */
    static final int ADDRESSES = 32;
    /** Type of a record with the names of a node (RFC 1002, 4.2.18). */
    static final int NODE_STATUS = 33;
    /** Flags and an IPv4 address. */
    static final int ADDRESS_ENTRY_LENGTH = 6;

    private static final int ENCODED_LENGTH = 32;
    private static final int PADDED_LENGTH = 15;
    /** Name, kind and flags. */
    private static final int STATUS_ENTRY_LENGTH = 18;

    private NetbiosName() {
    }

    /** Writes the name whose labels begin at {@code offset}; as it is when it is not encoded so. */
    static void write(final DirectBuffer labels, final int offset, final TextWriter text) {
        if (!isEncoded(labels, offset)) {
            text.name(labels, offset);
            return;
        }
        final int first = offset + 1;
        int length = PADDED_LENGTH;
        while (length > 0 && isPadding(octet(labels, first + 2 * (length - 1)))) {
            length--;
        }
        for (int i = 0; i < length; i++) {
            text.octet(octet(labels, first + 2 * i));
        }
        writeKind(octet(labels, first + 2 * PADDED_LENGTH), text);
        final int scope = first + ENCODED_LENGTH;
        if (labels.getByte(scope) != 0) {
            text.character('.');
            text.name(labels, scope);
        }
    }

    private static void writeKind(final int kind, final TextWriter text) {
        text.character('<');
        text.hexOctet(kind);
        text.character('>');
    }

    /** Writes the names of a node: their count (8), then each with 15 octets, kind (8) and flags (16). */
    static void writeAll(final DirectBuffer data, final int offset, final int limit, final TextWriter text) {
        final int count = data.getByte(offset) & 0xFF;
        for (int i = 0, at = offset + 1; i < count && limit - at >= STATUS_ENTRY_LENGTH; i++, at += STATUS_ENTRY_LENGTH) {
            text.separator();
            int length = PADDED_LENGTH;
            while (length > 0 && isPadding(data.getByte(at + length - 1))) {
                length--;
            }
            for (int j = 0; j < length; j++) {
                text.octet(data.getByte(at + j) & 0xFF);
            }
            writeKind(data.getByte(at + PADDED_LENGTH), text);
        }
    }

    private static boolean isEncoded(final DirectBuffer labels, final int offset) {
        if (labels.getByte(offset) != ENCODED_LENGTH) {
            return false;
        }
        for (int i = 1; i <= ENCODED_LENGTH; i++) {
            final int letter = labels.getByte(offset + i);
            if (letter < 'A' || letter > 'P') {
                return false;
            }
        }
        return true;
    }

    private static int octet(final DirectBuffer labels, final int offset) {
        return labels.getByte(offset) - 'A' << 4 | labels.getByte(offset + 1) - 'A';
    }

    private static boolean isPadding(final int octet) {
        return octet == ' ' || octet == 0;
    }
}
