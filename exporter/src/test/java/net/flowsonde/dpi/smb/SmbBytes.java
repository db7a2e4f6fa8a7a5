package net.flowsonde.dpi.smb;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Octets of messages, little endian, written one after the other. */
final class SmbBytes {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    SmbBytes octet(final int... values) {
        for (final int value : values) {
            octets.write(value);
        }
        return this;
    }

    SmbBytes number16(final int value) {
        return octet(value, value >> 8);
    }

    SmbBytes number32(final long value) {
        return number16((int) value).number16((int) (value >> 16));
    }

    SmbBytes number64(final long value) {
        return number32(value).number32(value >> 32);
    }

    SmbBytes zeros(final int count) {
        octets.writeBytes(new byte[count]);
        return this;
    }

    SmbBytes bytes(final byte[] values) {
        octets.writeBytes(values);
        return this;
    }

    SmbBytes utf16(final String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_16LE));
    }

    SmbBytes ascii(final String text) {
        return bytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    SmbBytes text(final String text, final Charset charset) {
        return bytes(text.getBytes(charset));
    }

    SmbBytes align(final int multiple) {
        while (octets.size() % multiple != 0) {
            octet(0);
        }
        return this;
    }

    int size() {
        return octets.size();
    }

    byte[] toBytes() {
        return octets.toByteArray();
    }

    /** In a frame of the session service. */
    static byte[] frame(final byte[] message) {
        return ByteBuffer.allocate(4 + message.length).putInt(message.length).put(message).array();
    }

    /** AUTHENTICATE_MESSAGE of NTLM, bare. */
    static byte[] ntlm(final String domain, final String user, final String workstation) {
        final byte[] payload = new SmbBytes().utf16(domain + user + workstation).toBytes();
        final int userAt = 88 + 2 * domain.length();
        final int workstationAt = userAt + 2 * user.length();
        final SmbBytes message = new SmbBytes().ascii("NTLMSSP").octet(0).number32(3).zeros(16);
        field(message, 2 * domain.length(), 88);
        field(message, 2 * user.length(), userAt);
        field(message, 2 * workstation.length(), workstationAt);
        field(message, 0, workstationAt);
        return message.number32(1).zeros(24).bytes(payload).toBytes();
    }

    private static void field(final SmbBytes message, final int length, final int offset) {
        message.number16(length).number16(length).number32(offset);
    }

    /** Writes a number over four octets that are there. */
    static byte[] patch32(final byte[] octets, final int at, final int value) {
        ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return octets;
    }
}
