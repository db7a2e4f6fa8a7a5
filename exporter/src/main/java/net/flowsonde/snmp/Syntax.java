package net.flowsonde.snmp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.function.Function;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.UnsignedInteger32;
import org.snmp4j.smi.Variable;

/**
 * The syntax of a MIB object: how the MIB spells it, and how a value of ours becomes one of SNMP's.
 *
 * @param text     as the SYNTAX clause has it
 * @param encoder  from what a {@link Column} reads
 */
record Syntax(String text, Function<Object, Variable> encoder) {
    private static final int MOST_TEXT_LENGTH = 255;
    private static final long MOST_UNSIGNED = 0xFFFF_FFFFL;
    private static final long MS_PER_SECOND = 1_000;

    static final Syntax COUNTER64 = new Syntax("Counter64", value -> new Counter64((Long) value));
    static final Syntax COUNTER32 = new Syntax("Counter32", value -> new Counter32((Long) value & MOST_UNSIGNED));
    static final Syntax GAUGE32 = new Syntax("Gauge32", value -> new Gauge32(clipped((Long) value)));
    static final Syntax GAUGE64 = new Syntax("CounterBasedGauge64", value -> new Counter64((Long) value));
    static final Syntax UNSIGNED = new Syntax("Unsigned32", value -> new UnsignedInteger32(clipped((Long) value)));
    static final Syntax INTEGER = integer("Integer32");
    static final Syntax INTERFACE_INDEX = integer("InterfaceIndexOrZero");
    static final Syntax TIME_TICKS = new Syntax("TimeTicks", value -> new TimeTicks((Long) value & MOST_UNSIGNED));
    static final Syntax TIME_STAMP = new Syntax("TimeStamp", value -> new TimeTicks((Long) value & MOST_UNSIGNED));
    static final Syntax TEXT = new Syntax("SnmpAdminString", value -> new OctetString(utf8((String) value)));
    static final Syntax OCTETS = new Syntax("OCTET STRING", value -> new OctetString((byte[]) value));
    static final Syntax OBJECT_ID = new Syntax("OBJECT IDENTIFIER", value -> (OID) value);
    static final Syntax TRUTH = new Syntax("TruthValue", value -> new Integer32((Boolean) value ? 1 : 2));
    static final Syntax ADDRESS_TYPE = new Syntax("InetAddressType", value -> new Integer32(addressType((InetAddress) value)));
    static final Syntax ADDRESS = new Syntax("InetAddress", value -> new OctetString(((InetAddress) value).getAddress()));
    static final Syntax PORT = new Syntax("InetPortNumber", value -> new UnsignedInteger32((Long) value));
    /** From milliseconds since 1970; 0 is "never", as DateAndTime has it: eight octets of zero. */
    static final Syntax DATE_AND_TIME = new Syntax("DateAndTime", value -> new OctetString(dateAndTime((Long) value)));

    private static Syntax integer(final String text) {
        return new Syntax(text, value -> new Integer32((int) Math.min((Long) value, Integer.MAX_VALUE)));
    }

    /** An enumeration, as in {@code "up(1), down(2)"}; values are longs. */
    static Syntax enumeration(final String values) {
        return integer("INTEGER { " + values + " }");
    }

    /** As a SEQUENCE has it: without what narrows the type. */
    String base() {
        return text.startsWith("INTEGER") ? "INTEGER" : text;
    }

    static int addressType(final InetAddress address) {
        return address instanceof Inet4Address ? 1 : 2;
    }

    private static long clipped(final long value) {
        return Math.max(0, Math.min(value, MOST_UNSIGNED));
    }

    /** At most 255 octets, cut between characters. */
    static byte[] utf8(final String text) {
        final byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(octets.length, MOST_TEXT_LENGTH);
        while (length < octets.length && length > 0 && (octets[length] & 0xC0) == 0x80) {
            length--;
        }
        return Arrays.copyOf(octets, length);
    }

    /** Year (2), month, day, hour, minutes, seconds, deci-seconds, '+', hours and minutes from UTC (RFC 2579). */
    private static byte[] dateAndTime(final long epochMs) {
        if (epochMs == 0) {
            return new byte[8];
        }
        final ZonedDateTime time = Instant.ofEpochMilli(epochMs).atZone(ZoneOffset.UTC);
        return new byte[] {
            (byte) (time.getYear() >> Byte.SIZE), (byte) time.getYear(), (byte) time.getMonthValue(), (byte) time.getDayOfMonth(),
            (byte) time.getHour(), (byte) time.getMinute(), (byte) time.getSecond(),
            (byte) (epochMs % MS_PER_SECOND / 100), '+', 0, 0};
    }
}
