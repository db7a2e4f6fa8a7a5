package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.Text;

/**
 * The part of an AP-REQ (RFC 4120, 5.5.1) that is in the clear: the realm of the ticket. The client's name is encrypted.
 * <pre>
 *   AP-REQ ::= [APPLICATION 14] SEQUENCE { [0] pvno, [1] msg-type, [2] ap-options,
 *     [3] Ticket ::= [APPLICATION 1] SEQUENCE { [0] tkt-vno, [1] realm, [2] sname, [3] enc-part }, [4] authenticator }
 * </pre>
 */
final class KerberosRequest {
    private static final int APPLICATION_14 = 0x6E;
    private static final int APPLICATION_1 = 0x61;
    private static final int SEQUENCE = 0x30;
    private static final int CONTEXT_1 = 0xA1;
    private static final int CONTEXT_3 = 0xA3;
    private static final int GENERAL_STRING = 0x1B;

    private Octets octets;
    private int contents;
    private int contentsEnd;

    /** Reads the realm of the ticket in the AP-REQ at {@code at}; leaves it empty when there is none. */
    void read(final Octets message, final int at, final int end, final Text realm) {
        octets = message;
        realm.reset();
        if (enter(APPLICATION_14, at, end) && enter(SEQUENCE, contents, contentsEnd) && find(CONTEXT_3)
            && enter(APPLICATION_1, contents, contentsEnd) && enter(SEQUENCE, contents, contentsEnd) && find(CONTEXT_1)
            && enter(GENERAL_STRING, contents, contentsEnd)) {
            octets.oneByte(realm, contents, contentsEnd - contents);
        }
    }

    /** Goes on to the element of this tag among those that lie one after the other, and into it. */
    private boolean find(final int tag) {
        int at = contents;
        final int end = contentsEnd;
        while (at < end) {
            final int found = octets.octet(at);
            if (!enter(found, at, end)) {
                return false;
            }
            if (found == tag) {
                return true;
            }
            at = contentsEnd;
        }
        return false;
    }

    /** Goes into the element at {@code at} when it has this tag; its contents are cut where the octets end. */
    private boolean enter(final int tag, final int at, final int end) {
        if (end - at < 2 || octets.octet(at) != tag) {
            return false;
        }
        int length = octets.octet(at + 1);
        contents = at + 2;
        if (length >= 0x80) {
            final int digits = length & 0x7F;
            if (digits == 0 || digits > 3 || end - contents < digits) {
                return false;
            }
            length = 0;
            for (int i = 0; i < digits; i++) {
                length = length << 8 | octets.octet(contents++);
            }
        }
        contentsEnd = contents + Math.min(length, end - contents);
        return true;
    }
}
