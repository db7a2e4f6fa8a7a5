package net.flowsonde.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The fields of one data record by the names of their elements. */
final class DecodedRecord {
    /** Seconds from 1900-01-01, where NTP counts from, to 1970-01-01. */
    private static final long NTP_TO_UNIX_SECONDS = 2_208_988_800L;

    private final Map<String, byte[]> fields = new HashMap<>();

    void put(final String name, final byte[] octets) {
        fields.put(name, octets);
    }

    boolean has(final String name) {
        return fields.containsKey(name);
    }

    /** A record of a flow, not of something that happened in it. */
    boolean isFlow() {
        return has("packetDeltaCount");
    }

    /** Text in UTF-8, what is not printable left out; empty when the record lacks it. */
    String text(final String name) {
        return new String(fields.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8).replaceAll("\\p{C}", "");
    }

    /** An unsigned number of any length to eight octets (RFC 7011, 6.2); 0 when the record lacks it. */
    long number(final String name) {
        long value = 0;
        for (final byte octet : fields.getOrDefault(name, new byte[0])) {
            value = value << Byte.SIZE | octet & 0xFF;
        }
        return value;
    }

    /** A dateTimeNanoseconds: seconds since 1900 and a binary fraction (RFC 7011, 6.1.10). */
    Instant time(final String name) {
        final long ntp = number(name);
        return Instant.ofEpochSecond((ntp >>> Integer.SIZE) - NTP_TO_UNIX_SECONDS, (ntp & 0xFFFF_FFFFL) * 1_000_000_000L >>> Integer.SIZE);
    }

    /** The address in whichever of both fields the record has. */
    InetAddress address(final String nameIpv4, final String nameIpv6) {
        try {
            return InetAddress.getByAddress(fields.get(has(nameIpv4) ? nameIpv4 : nameIpv6));
        } catch (final UnknownHostException wrongLength) {
            throw new IllegalStateException("an address is neither 4 nor 16 octets long", wrongLength);
        }
    }
}
