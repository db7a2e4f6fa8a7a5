package net.flowsonde.snmp;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.snmp4j.smi.OID;

/**
 * What tells the rows of a table apart.
 *
 * @param objects  the objects of the INDEX clause that belong to this table and cannot be read by themselves
 * @param clause   what the INDEX or AUGMENTS clause has
 * @param encoder  the part of the object identifier behind the column
 */
record RowIndex<R>(List<Part> objects, String clause, Encoder<R> encoder) {
    /** An index object. */
    record Part(int number, String name, String syntax, String description) {
    }

    /** Makes the index of a row. */
    interface Encoder<R> {
        /** @param position  place of the row in its list, from 1 */
        OID encode(int position, R row);
    }

    /** Rows that are numbered by their place in the list, which never changes. */
    static <R> RowIndex<R> position(final String table, final String description) {
        final String name = table + "Index";
        return new RowIndex<>(List.of(new Part(1, name, "Unsigned32 (1..4294967295)", description)), "INDEX { " + name + " }",
            (position, row) -> new OID(new int[] {position}));
    }

    /** Type, length and octets of an address. */
    static int[] address(final InetAddress address) {
        final byte[] octets = address.getAddress();
        final int[] index = new int[octets.length + 2];
        index[0] = Syntax.addressType(address);
        index[1] = octets.length;
        for (int i = 0; i < octets.length; i++) {
            index[i + 2] = octets[i] & 0xFF;
        }
        return index;
    }

    /** A number, then the characters of a text that is the last part of its index (IMPLIED). */
    static OID numberAndText(final int number, final String text) {
        final byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        final int[] index = new int[octets.length + 1];
        index[0] = number;
        for (int i = 0; i < octets.length; i++) {
            index[i + 1] = octets[i];
        }
        return new OID(index);
    }
}
