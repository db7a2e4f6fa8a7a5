package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.DerCursor;
import net.flowsonde.dpi.KerberosTicket;

/**
 * The part of an AP-REQ (RFC 4120, 5.5.1) that is in the clear: the ticket with its realm. The client's name is encrypted.
 * <pre>
 *   AP-REQ ::= [APPLICATION 14] SEQUENCE { [0] pvno, [1] msg-type, [2] ap-options, [3] Ticket, [4] authenticator }
 * </pre>
 */
final class KerberosRequest {
    private final DerCursor der = new DerCursor();
    private final KerberosTicket ticket = new KerberosTicket();

    /** Reads realm and hash of the ticket in the AP-REQ at {@code at}; leaves them empty when there is none. */
    void read(final Octets message, final int at, final int end, final SmbRequest logon) {
        message.der(der, at, end);
        logon.domain.reset();
        if (der.enter(DerCursor.APPLICATION + 14) && der.enter(DerCursor.SEQUENCE) && der.find(DerCursor.CONTEXT + 3)
            && ticket.read(der, logon.domain)) {
            logon.ticketHigh = ticket.high();
            logon.ticketLow = ticket.low();
        }
    }
}
