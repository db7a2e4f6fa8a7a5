package net.flowsonde.dpi;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** Octets of TLS for tests. */
public final class TlsSample {
    private static final int HELLO_LENGTH = 56;

    private TlsSample() {
    }

    /** A record with a ClientHello of one suite, an empty extension, and the server's name. */
    public static byte[] clientHello(final String name) {
        final int length = name.length();
        final ByteBuffer hello = ByteBuffer.allocate(9 + HELLO_LENGTH + length);
        hello.put((byte) 22).putShort((short) 0x0301).putShort((short) (4 + HELLO_LENGTH + length))
            .put((byte) 1).put((byte) 0).putShort((short) (HELLO_LENGTH + length)).putShort((short) 0x0303).put(new byte[32])
            .put((byte) 0).putShort((short) 2).putShort((short) 0x1301).put((byte) 1).put((byte) 0)
            .putShort((short) (13 + length)).putShort((short) 0x002B).putShort((short) 0)
            .putShort((short) 0).putShort((short) (5 + length)).putShort((short) (3 + length)).put((byte) 0).putShort((short) length);
        return hello.put(name.getBytes(US_ASCII)).array();
    }
}
