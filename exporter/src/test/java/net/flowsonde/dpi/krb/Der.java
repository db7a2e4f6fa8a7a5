package net.flowsonde.dpi.krb;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Messages of Kerberos, made of their parts. */
public final class Der {
    private static final byte[] CIPHER_TAIL = new byte[300];

    private Der() {
    }

    public static byte[] element(final int tag, final byte[]... parts) {
        final ByteArrayOutputStream contents = new ByteArrayOutputStream();
        for (final byte[] part : parts) {
            contents.writeBytes(part);
        }
        final ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        final int length = contents.size();
        if (length < 0x80) {
            whole.write(length);
        } else {
            whole.write(0x82);
            whole.write(length >> 8);
            whole.write(length);
        }
        whole.writeBytes(contents.toByteArray());
        return whole.toByteArray();
    }

    static byte[] sequence(final byte[]... parts) {
        return element(0x30, parts);
    }

    static byte[] number(final int value) {
        return element(2, new byte[] {(byte) value});
    }

    static byte[] text(final String text) {
        return element(0x1B, text.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] name(final String... parts) {
        final byte[][] texts = new byte[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            texts[i] = text(parts[i]);
        }
        return sequence(element(0xA0, number(1)), element(0xA1, sequence(texts)));
    }

    /** @param seal  stands for what is encrypted */
    static byte[] ticket(final String realm, final String seal) {
        return element(0x61, sequence(element(0xA0, number(5)), element(0xA1, text(realm)), element(0xA2, name("cifs", "srv")),
            element(0xA3, encrypted(seal))));
    }

    private static byte[] encrypted(final String seal) {
        return sequence(element(0xA0, number(18)), element(0xA2, element(4, seal.getBytes(StandardCharsets.US_ASCII), CIPHER_TAIL)));
    }

    /** A reply of a key server: to a logon (11), or with a ticket for a service (13). */
    static byte[] reply(final int kind, final String realm, final byte[] name, final byte[] ticket) {
        return element(0x60 + kind, sequence(element(0xA0, number(5)), element(0xA1, number(kind)), element(0xA3, text(realm)),
            element(0xA4, name), element(0xA5, ticket), element(0xA6, encrypted("reply"))));
    }

    /** A client asks for a ticket and shows another. */
    static byte[] request(final byte[] ticket) {
        return element(0x6C, sequence(element(0xA1, number(5)), element(0xA2, number(12)), element(0xA3, sequence(
            sequence(element(0xA1, new byte[] {2, 2, 0, (byte) 136}), element(0xA2, element(4, new byte[7]))),
            sequence(element(0xA1, number(1)), element(0xA2, element(4, shown(ticket)))))),
            element(0xA4, sequence(element(0xA0, number(0))))));
    }

    /** AP-REQ. */
    static byte[] shown(final byte[] ticket) {
        return element(0x6E, sequence(element(0xA0, number(5)), element(0xA1, number(14)), element(0xA2, new byte[] {3, 5, 0, 0, 0, 0, 0}),
            element(0xA3, ticket), element(0xA4, encrypted("proof"))));
    }

    /** The token of a session setup that shows a ticket (RFC 4121, 4.1). */
    public static byte[] token(final String realm, final String seal) {
        return element(0x60, new byte[] {6, 9, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x12, 1, 2, 2, 1, 0}, shown(ticket(realm, seal)));
    }

    /** A reply with a ticket for a service, in the clear. */
    public static byte[] reply(final String realm, final String user, final String seal) {
        return reply(13, realm, name(user), ticket(realm, seal));
    }

    /** With its length before it. */
    static byte[] framed(final byte[] message) {
        final byte[] framed = new byte[4 + message.length];
        framed[2] = (byte) (message.length >> 8);
        framed[3] = (byte) message.length;
        System.arraycopy(message, 0, framed, 4, message.length);
        return framed;
    }
}
