package net.flowsonde.dpi.krb;

import static java.nio.ByteOrder.BIG_ENDIAN;

import net.flowsonde.dpi.DerCursor;
import net.flowsonde.dpi.KerberosTicket;
import net.flowsonde.dpi.Text;
import org.agrona.DirectBuffer;

/**
 * Messages between a client and a key server (RFC 4120, 5.4), of which those are read that show or bring a ticket.
 * <pre>
 *   AS-REP ::= [APPLICATION 11] KDC-REP, TGS-REQ ::= [APPLICATION 12] KDC-REQ, TGS-REP ::= [APPLICATION 13] KDC-REP
 *   KDC-REQ ::= SEQUENCE { [1] pvno (5), [2] msg-type, [3] padata SEQUENCE OF PA-DATA, [4] req-body }
 *   PA-DATA ::= SEQUENCE { [1] padata-type (1: an AP-REQ), [2] padata-value OCTET STRING }
 *   KDC-REP ::= SEQUENCE { [0] pvno (5), [1] msg-type, [2] padata OPTIONAL, [3] crealm, [4] cname, [5] ticket, [6] enc-part }
 *   PrincipalName ::= SEQUENCE { [0] name-type, [1] name-string SEQUENCE OF GeneralString }
 * </pre>
 */
final class KerberosMessage {
    /** The shortest beginning that tells a message: tags and lengths down to the version. */
    static final int LONGEST_START = 14;
    private static final int AS_REQ = 10;
    private static final int AS_REP = 11;
    private static final int TGS_REQ = 12;
    private static final int TGS_REP = 13;
    private static final int AP_REQ = 14;
    private static final int ERROR = 30;
    private static final Text ANONYMOUS = new Text(127).append("WELLKNOWN/ANONYMOUS");
    /** {@code [n] INTEGER 5} without its first octet, the version in every message. */
    private static final int VERSION = 0x0302_0105;
    private static final int VERSION_LENGTH = 5;
    private static final int MOST_NAME_PARTS = 8;
    private static final int MOST_PREAUTHENTICATION = 16;
    /** {@code INTEGER 1}. */
    private static final int INTEGER_1_LENGTH = 3;
    private static final int INTEGER_1 = 0x02_01_01;

    private final DerCursor der = new DerCursor();
    private final Text user = new Text(127);
    private final Text realm = new Text(127);
    private final Text serviceRealm = new Text(127);
    private final KerberosTicket ticket = new KerberosTicket();

    /** The length that the message at {@code offset} says it has; negative when it is none. */
    int lengthOf(final DirectBuffer buffer, final int offset, final int limit) {
        if (limit - offset < LONGEST_START) {
            return -1;
        }
        final int tag = (buffer.getByte(offset) & 0xFF) - DerCursor.APPLICATION;
        if (tag != AS_REQ && tag != AS_REP && tag != TGS_REQ && tag != TGS_REP && tag != ERROR) {
            return -1;
        }
        final int length = der.wrap(buffer, offset, limit).elementLength();
        if (!der.enter(DerCursor.APPLICATION + tag) || !der.enter(DerCursor.SEQUENCE) || der.end() - der.start() < VERSION_LENGTH) {
            return -1;
        }
        final int context = buffer.getByte(der.start()) & 0xFF;
        final boolean isVersion = buffer.getInt(der.start() + 1, BIG_ENDIAN) == VERSION;
        return isVersion && (context == DerCursor.CONTEXT || context == DerCursor.CONTEXT + 1) ? length : -1;
    }

    /** Reads the ticket that a client shows to get another one; says whether there is one. */
    boolean readShown(final DirectBuffer buffer, final int offset, final int limit) {
        der.wrap(buffer, offset, limit);
        if (!der.enter(DerCursor.APPLICATION + TGS_REQ) || !der.enter(DerCursor.SEQUENCE) || !der.find(DerCursor.CONTEXT + 3)
            || !der.enter(DerCursor.SEQUENCE)) {
            return false;
        }
        final int end = der.end();
        for (int i = 0; i < MOST_PREAUTHENTICATION && der.enter(DerCursor.SEQUENCE); i++) {
            final int next = der.end();
            final int start = der.start();
            if (isRequest(buffer, start, next)) {
                return der.go(start, next).find(DerCursor.CONTEXT + 2) && der.enter(DerCursor.OCTET_STRING)
                    && der.enter(DerCursor.APPLICATION + AP_REQ) && der.enter(DerCursor.SEQUENCE) && der.find(DerCursor.CONTEXT + 3)
                    && ticket.read(der, serviceRealm);
            }
            der.go(next, end);
        }
        return false;
    }

    private boolean isRequest(final DirectBuffer buffer, final int start, final int limit) {
        if (!der.go(start, limit).find(DerCursor.CONTEXT + 1) || der.end() - der.start() != INTEGER_1_LENGTH) {
            return false;
        }
        return (buffer.getShort(der.start(), BIG_ENDIAN) << 8 | buffer.getByte(der.start() + 2)) == INTEGER_1;
    }

    /** Whether the name that was read stands for one that is not told (RFC 8062; FAST, RFC 6113 5.4.3). */
    boolean isAnonymous() {
        return user.hash() == ANONYMOUS.hash();
    }

    /** Reads the ticket that a message brings; says whether it does, and whose it is. */
    boolean readBrought(final DirectBuffer buffer, final int offset, final int limit) {
        der.wrap(buffer, offset, limit);
        if (!der.enter(DerCursor.APPLICATION + AS_REP) && !der.enter(DerCursor.APPLICATION + TGS_REP) || !der.enter(DerCursor.SEQUENCE)) {
            return false;
        }
        final int start = der.start();
        final int end = der.end();
        realm.reset();
        user.reset();
        if (der.find(DerCursor.CONTEXT + 3) && der.enter(DerCursor.GENERAL_STRING)) {
            realm.appendUtf8(buffer, der.start(), der.end() - der.start());
        }
        if (der.go(start, end).find(DerCursor.CONTEXT + 4) && der.enter(DerCursor.SEQUENCE) && der.find(DerCursor.CONTEXT + 1)
            && der.enter(DerCursor.SEQUENCE)) {
            name();
        }
        return !user.isEmpty() && der.go(start, end).find(DerCursor.CONTEXT + 5) && ticket.read(der, serviceRealm);
    }

    /** The parts of a name, with the separator that people write. */
    private void name() {
        final int end = der.end();
        for (int part = 0; part < MOST_NAME_PARTS && der.enter(DerCursor.GENERAL_STRING); part++) {
            if (part > 0) {
                user.append("/");
            }
            user.appendUtf8(der.buffer(), der.start(), der.end() - der.start());
            der.go(der.end(), end);
        }
    }

    Text user() {
        return user;
    }

    Text realm() {
        return realm;
    }

    KerberosTicket ticket() {
        return ticket;
    }
}
