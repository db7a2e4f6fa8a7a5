package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.FileAuthentication;
import net.flowsonde.dpi.Text;

/**
 * Who logs on, from the token of a session setup: SPNEGO (RFC 4178) or bare, around an AUTHENTICATE_MESSAGE of NTLM (MS-NLMP 2.2.1.3) or
 * an AP-REQ of Kerberos (RFC 4120, 5.5.1; RFC 4121, 4.1).
 * <pre>
 *   0          8      12      20      28       36     44            52          60       64
 *   +----------+------+-------+-------+--------+------+-------------+-----------+--------+--------
 *   | NTLMSSP  |  3   |  LM   |  NT   | domain | user | workstation |  session  | flags  | payload
 *   |          |      |       |       |        |      |             |  key      |        |
 *   +----------+------+-------+-------+--------+------+-------------+-----------+--------+--------
 * </pre>
 * Each of the fields is length, longest length, and offset from the signature.
 */
final class SecurityBlob {
    /** The wrapping before the message that matters is short. */
    private static final int LONGEST_WRAPPING = 512;
    private static final String NTLM_SIGNATURE = "NTLMSSP\0";
    private static final int NTLM_AUTHENTICATE = 3;
    private static final int NTLM_FLAG_UNICODE = 1;
    private static final int NTLM_LENGTH = 64;
    /** End of the object identifier 1.2.840.113554.1.2.2, and the token identifier of an AP-REQ. */
    private static final String KERBEROS_REQUEST = "\u0012\u0001\u0002\u0002\u0001\0\u006E";

    private final KerberosRequest kerberos = new KerberosRequest();

    /** Fills in who logs on and how, where the token says it; leaves {@code request} as it is when not. */
    void read(final Octets octets, final int start, final int length, final SmbRequest request) {
        final int end = start + octets.available(start, length);
        final int last = Math.min(end, start + LONGEST_WRAPPING);
        for (int at = start; at < last; at++) {
            if (octets.isAscii(at, NTLM_SIGNATURE)) {
                ntlm(octets, at, end, request);
                return;
            }
            if (octets.isAscii(at, KERBEROS_REQUEST)) {
                request.authentication = FileAuthentication.KERBEROS;
                kerberos.read(octets, at + KERBEROS_REQUEST.length() - 1, end, request);
                return;
            }
        }
    }

    private static void ntlm(final Octets octets, final int at, final int end, final SmbRequest request) {
        if (octets.number32(at + 8) != NTLM_AUTHENTICATE || end - at < NTLM_LENGTH) {
            return;
        }
        final boolean isUnicode = (octets.number32(at + 60) & NTLM_FLAG_UNICODE) != 0;
        field(octets, at, 28, isUnicode, request.domain);
        field(octets, at, 36, isUnicode, request.user);
        field(octets, at, 44, isUnicode, request.workstation);
        request.authentication = request.user.isEmpty() ? FileAuthentication.ANONYMOUS : FileAuthentication.NTLM;
    }

    private static void field(
        final Octets octets, final int at, final int field, final boolean isUnicode, final Text text) {
        final int offset = octets.extent(at + field + 4);
        SmbPath.append(text.reset(), octets, at + offset, offset > octets.length() ? 0 : octets.number16(at + field), isUnicode);
    }
}
