package net.flowsonde.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes frames for tests, header after header. Lengths of IP and UDP headers are those of everything behind them, set when the frame is
 * built. Addresses: IPv4 10.0.0.n to 10.0.1.n and IPv6 2001:db8::n to 2001:db8::1:n, n counted from 1 for each IP header.
 */
public final class FrameBuilder {
    /** Sets a length once the end is known. */
    private interface Patch {
        void apply(byte[] frame);
    }

    private byte[] octets = new byte[256];
    private final List<Patch> patches = new ArrayList<>();
    private int length;
    private int ipHeaders;

    public static FrameBuilder frame() {
        return new FrameBuilder();
    }

    /** Appends octets written in hexadecimal, blanks ignored. */
    public FrameBuilder hex(final String text) {
        final String digits = text.replace(" ", "");
        for (int at = 0; at < digits.length(); at += 2) {
            octet(Integer.parseInt(digits.substring(at, at + 2), 16));
        }
        return this;
    }

    public FrameBuilder octet(final int value) {
        if (length == octets.length) {
            octets = Arrays.copyOf(octets, 2 * length);
        }
        octets[length++] = (byte) value;
        return this;
    }

    public FrameBuilder u16(final int value) {
        return octet(value >> 8).octet(value);
    }

    public FrameBuilder u32(final long value) {
        return u16((int) (value >> 16)).u16((int) value);
    }

    public FrameBuilder payload(final int count) {
        for (int at = 0; at < count; at++) {
            octet('a' + at % 26);
        }
        return this;
    }

    public FrameBuilder ethernet(final int type) {
        return hex("020000000001 020000000002").u16(type);
    }

    public FrameBuilder vlan(final int id, final int type) {
        return u16(0xE000 | id).u16(type);
    }

    public FrameBuilder mpls(final int label, final boolean isBottom) {
        return u32((long) label << 12 | (isBottom ? 0x100 : 0) | 64);
    }

    public FrameBuilder ipv4(final int protocol) {
        return ipv4(protocol, 0x1234, 0);
    }

    /** @param fragmentWord flags and offset in units of eight */
    public FrameBuilder ipv4(final int protocol, final int id, final int fragmentWord) {
        final int start = length;
        final int n = ++ipHeaders;
        hex("4500 0000").u16(id).u16(fragmentWord).octet(64).octet(protocol).u16(0);
        hex("0a0000").octet(n).hex("0a0001").octet(n);
        patches.add(frame -> put16(frame, start + 2, length - start));
        return this;
    }

    public FrameBuilder ipv6(final int nextHeader) {
        final int start = length;
        final int n = ++ipHeaders;
        hex("60000000 0000").octet(nextHeader).octet(64);
        hex("20010db8 00000000 00000000 0000").u16(n).hex("20010db8 00000000 00000000 0001").u16(n);
        patches.add(frame -> put16(frame, start + 4, length - start - 40));
        return this;
    }

    public FrameBuilder udp(final int source, final int destination) {
        final int start = length;
        patches.add(frame -> put16(frame, start + 4, length - start));
        return u16(source).u16(destination).u16(0).u16(0);
    }

    /** Header of 20 octets. */
    public FrameBuilder tcp(final int source, final int destination, final int flags) {
        return u16(source).u16(destination).u32(0x01020304L).u32(0x05060708L).u16(0x5000 | flags).u16(0x2000).u32(0);
    }

    private static void put16(final byte[] frame, final int at, final int value) {
        frame[at] = (byte) (value >> 8);
        frame[at + 1] = (byte) value;
    }

    public int length() {
        return length;
    }

    public byte[] build() {
        final byte[] frame = Arrays.copyOf(octets, length);
        patches.forEach(patch -> patch.apply(frame));
        return frame;
    }

    public UnsafeBuffer buffer() {
        return new UnsafeBuffer(build());
    }
}
