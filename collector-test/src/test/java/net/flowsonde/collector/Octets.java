package net.flowsonde.collector;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes the octets of messages for tests, one number after the other, right or wrong as the test wants. */
final class Octets {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static Octets octets() {
        return new Octets();
    }

    /** A whole message: header, then the sets, with the length that they have. */
    static ByteBuffer message(final long exportTime, final long sequence, final Octets... sets) {
        final Octets body = octets();
        for (final Octets set : sets) {
            body.add(set);
        }
        return octets().u16(10).u16(16 + body.length()).u32(exportTime).u32(sequence).u32(1).add(body).buffer();
    }

    /** A set with the length that it has. */
    static Octets set(final int id, final Octets content) {
        return octets().u16(id).u16(4 + content.length()).add(content);
    }

    Octets u8(final int value) {
        out.write(value);
        return this;
    }

    Octets u16(final int value) {
        return u8(value >>> 8).u8(value);
    }

    Octets u32(final long value) {
        return u16((int) (value >>> 16)).u16((int) value);
    }

    Octets u64(final long value) {
        return u32(value >>> 32).u32(value);
    }

    Octets text(final String value) {
        return add(value.getBytes(StandardCharsets.UTF_8));
    }

    Octets add(final Octets other) {
        return add(other.out.toByteArray());
    }

    Octets add(final byte[] other) {
        out.writeBytes(other);
        return this;
    }

    /** One field specifier of IANA's. */
    Octets field(final int id, final int length) {
        return u16(id).u16(length);
    }

    /** One field specifier of an enterprise. */
    Octets field(final long enterprise, final int id, final int length) {
        return u16(id | 0x8000).u16(length).u32(enterprise);
    }

    int length() {
        return out.size();
    }

    ByteBuffer buffer() {
        return ByteBuffer.wrap(out.toByteArray());
    }
}
