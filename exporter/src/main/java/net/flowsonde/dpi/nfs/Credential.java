package net.flowsonde.dpi.nfs;

import net.flowsonde.dpi.FileAuthentication;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Who a call says that it is from (RFC 5531, section 8.2 and appendix A; RFC 2203, section 5). Reused.
 * <pre>
 *  AUTH_SYS    +-------+-----------------------+-----+-----+--------------------+
 *              | stamp | machine name (opaque) | uid | gid | other groups (16)  |
 *              +-------+-----------------------+-----+-----+--------------------+
 *  RPCSEC_GSS  +---------+-----------+----------+---------+----------------------+
 *              | version | procedure | sequence | service | context (opaque)     |
 *              +---------+-----------+----------+---------+----------------------+
 * </pre>
 */
final class Credential {
    static final int AUTH_NONE = 0;
    static final int AUTH_SYS = 1;
    static final int RPCSEC_GSS = 6;
    /** Asks for TLS (RFC 9289). */
    static final int AUTH_TLS = 7;
    /** Longest body of any flavor. */
    static final int LONGEST_BODY = 400;

    private static final int LONGEST_MACHINE_NAME = 255;
    private static final int MACHINE_OFFSET = 6 * Integer.BYTES;
    /** Most octets that {@link #write} writes. */
    static final int LONGEST = MACHINE_OFFSET + LONGEST_MACHINE_NAME;
    private static final int GSS_DATA = 0;
    private static final int GSS_INTEGRITY = 2;
    private static final int GSS_PRIVACY = 3;

    private final NameBuffer machine = new NameBuffer(LONGEST_MACHINE_NAME);
    private int flavor;
    private int userId;
    private int groupId;
    private int gssProcedure;
    private int gssService;

    /** Reads flavor and body. */
    void read(final XdrReader xdr, final XdrReader body) {
        machine.clear();
        userId = 0;
        groupId = 0;
        gssProcedure = GSS_DATA;
        gssService = 0;
        flavor = xdr.readInt();
        if (!xdr.readOpaque(LONGEST_BODY)) {
            return;
        }
        body.wrap(xdr.buffer(), xdr.itemOffset(), xdr.itemOffset() + xdr.itemLength());
        if (flavor == AUTH_SYS) {
            readUser(body);
        } else if (flavor == RPCSEC_GSS) {
            body.readInt();
            gssProcedure = body.readInt();
            body.readInt();
            gssService = body.readInt();
        }
        if (!body.isWhole()) {
            xdr.malformed();
        }
    }

    private void readUser(final XdrReader body) {
        body.readInt();
        if (body.readOpaque(LONGEST_MACHINE_NAME)) {
            machine.set(body);
        }
        userId = body.readInt();
        groupId = body.readInt();
    }

    void set(final Credential other) {
        machine.set(other.machine);
        flavor = other.flavor;
        userId = other.userId;
        groupId = other.groupId;
        gssProcedure = other.gssProcedure;
        gssService = other.gssService;
    }

    /** Writes it for another thread; how many octets. */
    int write(final MutableDirectBuffer target, final int offset) {
        target.putInt(offset, flavor);
        target.putInt(offset + Integer.BYTES, userId);
        target.putInt(offset + 2 * Integer.BYTES, groupId);
        target.putInt(offset + 3 * Integer.BYTES, gssProcedure);
        target.putInt(offset + 4 * Integer.BYTES, gssService);
        target.putInt(offset + 5 * Integer.BYTES, machine.length());
        target.putBytes(offset + MACHINE_OFFSET, machine.octets(), 0, machine.length());
        return MACHINE_OFFSET + machine.length();
    }

    /** Reads what {@link #write} wrote. */
    void read(final DirectBuffer source, final int offset) {
        flavor = source.getInt(offset);
        userId = source.getInt(offset + Integer.BYTES);
        groupId = source.getInt(offset + 2 * Integer.BYTES);
        gssProcedure = source.getInt(offset + 3 * Integer.BYTES);
        gssService = source.getInt(offset + 4 * Integer.BYTES);
        machine.set(source, offset + MACHINE_OFFSET, source.getInt(offset + 5 * Integer.BYTES));
    }

    int flavor() {
        return flavor;
    }

    boolean hasUser() {
        return flavor == AUTH_SYS;
    }

    long userId() {
        return userId & 0xFFFF_FFFFL;
    }

    /** User in the lower half, group in the upper; 0 where the flavor has none. */
    long userAndGroup() {
        return (long) groupId << Integer.SIZE | userId();
    }

    NameBuffer machine() {
        return machine;
    }

    /** Arguments and results stand in an opaque of their own, behind a sequence number. */
    boolean isIntegrityProtected() {
        return flavor == RPCSEC_GSS && gssProcedure == GSS_DATA && gssService == GSS_INTEGRITY;
    }

    /** Arguments and results are encrypted. */
    boolean isPrivate() {
        return flavor == RPCSEC_GSS && gssProcedure == GSS_DATA && gssService == GSS_PRIVACY;
    }

    /** The call makes or ends a security context; its arguments are none of its procedure's. */
    boolean isContextControl() {
        return flavor == RPCSEC_GSS && gssProcedure != GSS_DATA;
    }

    FileAuthentication authentication() {
        return switch (flavor) {
            case AUTH_NONE -> FileAuthentication.AUTH_NONE;
            case AUTH_SYS -> FileAuthentication.AUTH_SYS;
            case RPCSEC_GSS -> FileAuthentication.RPCSEC_GSS;
            default -> FileAuthentication.UNKNOWN;
        };
    }
}
