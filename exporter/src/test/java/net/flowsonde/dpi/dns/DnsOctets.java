package net.flowsonde.dpi.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Writes the octets of messages, field by field. */
final class DnsOctets {
    static final int QUERY = 0x0100;
    static final int ANSWER = 0x8180;
    static final int TRUNCATED_ANSWER = 0x8380;
    static final int A = 1;
    static final int AAAA = 28;
    /** Pointer to the name of the question. */
    static final String QUESTION = "c00c";

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    /** A header; the counts are of questions, answers, authority, additional. */
    static DnsOctets message(final int id, final int flags, final int... counts) {
        final DnsOctets message = new DnsOctets().shorts(id, flags);
        for (int i = 0; i < 4; i++) {
            message.shorts(i < counts.length ? counts[i] : 0);
        }
        return message;
    }

    static byte[] query(final int id, final String name, final int type) {
        return message(id, QUERY, 1).question(name, type).octets();
    }

    /** An answer with one address. */
    static byte[] answer(final int id, final String name, final String address) {
        return message(id, ANSWER, 1, 1).question(name, A).record(QUESTION, A, 300, address).octets();
    }

    DnsOctets question(final String name, final int type) {
        return name(name).shorts(type, 1);
    }

    /** Labels with dots between them. */
    DnsOctets name(final String name) {
        for (final String label : name.split("\\.")) {
            octets.write(label.length());
            octets.writeBytes(label.getBytes(ISO_8859_1));
        }
        octets.write(0);
        return this;
    }

    /** A record of class IN; owner and data in hexadecimal. */
    DnsOctets record(final String owner, final int type, final int ttl, final String data) {
        hex(owner).shorts(type, 1, ttl >>> 16, ttl & 0xFFFF, data.length() / 2);
        return hex(data);
    }

    /** An OPT record with options in hexadecimal. */
    DnsOctets opt(final int udpPayloadSize, final int extendedResponseCode, final int flags, final String options) {
        return hex("00").shorts(41, udpPayloadSize, extendedResponseCode << 8, flags, options.length() / 2).hex(options);
    }

    DnsOctets hex(final String digits) {
        octets.writeBytes(HexFormat.of().parseHex(digits.replace(" ", "")));
        return this;
    }

    DnsOctets shorts(final int... values) {
        for (final int value : values) {
            octets.write(value >>> 8);
            octets.write(value);
        }
        return this;
    }

    /** With the length that TCP puts before it. */
    static byte[] framed(final byte[]... messages) {
        final DnsOctets stream = new DnsOctets();
        for (final byte[] message : messages) {
            stream.shorts(message.length).octets.writeBytes(message);
        }
        return stream.octets();
    }

    byte[] octets() {
        return octets.toByteArray();
    }
}
