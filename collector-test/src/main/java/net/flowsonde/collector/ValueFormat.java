package net.flowsonde.collector;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.HexFormat;

/** Values as text: numbers in decimal, addresses and times in their usual form, octets in hexadecimal. */
final class ValueFormat {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private ValueFormat() {
    }

    /** Name of a field: of its element, or its number where it has none that is known. */
    static String name(final Template template, final int index) {
        final Element element = template.element(index);
        return element != null ? element.name() : "e" + template.field(index).enterprise() + "id" + template.field(index).id();
    }

    /** Whether {@link #text} gives a number that JSON can carry as such. */
    static boolean isNumber(final DataRecord dataRecord, final int index) {
        return switch (kind(dataRecord, index)) {
            case UNSIGNED, SIGNED -> true;
            case FLOAT -> Double.isFinite(dataRecord.floating(index));
            default -> false;
        };
    }

    static String text(final DataRecord dataRecord, final int index) {
        return switch (kind(dataRecord, index)) {
            case UNSIGNED -> Long.toUnsignedString(dataRecord.unsigned(index));
            case SIGNED -> Long.toString(dataRecord.signed(index));
            case FLOAT -> Double.toString(dataRecord.floating(index));
            case BOOLEAN -> bool(dataRecord.unsigned(index));
            case STRING -> dataRecord.string(index);
            case ADDRESS -> address(dataRecord.octets(index));
            case MAC -> COLONS.formatHex(dataRecord.octets(index));
            case TIME -> instant(nanoseconds(dataRecord, index)).toString();
            case OCTETS -> HexFormat.of().formatHex(dataRecord.octets(index));
        };
    }

    /** A time as nanoseconds since 1970. */
    static long nanoseconds(final DataRecord dataRecord, final int index) {
        return Timestamp.of(dataRecord.template().element(index).type()).nanoseconds(dataRecord.unsigned(index));
    }

    static Instant instant(final long nanoseconds) {
        return Instant.ofEpochSecond(Math.floorDiv(nanoseconds, NANOS_PER_SECOND), Math.floorMod(nanoseconds, NANOS_PER_SECOND));
    }

    static String address(final byte[] octets) {
        try {
            return InetAddress.getByAddress(octets).getHostAddress();
        } catch (final UnknownHostException e) {
            return HexFormat.of().formatHex(octets);
        }
    }

    private static String bool(final long value) {
        return value == 1 ? "true" : value == 2 ? "false" : Long.toString(value);
    }

    /** How to show the value; as octets where the length that was sent does not fit the type. */
    private static DataType.Kind kind(final DataRecord dataRecord, final int index) {
        final Element element = dataRecord.template().element(index);
        if (element == null) {
            return DataType.Kind.OCTETS;
        }
        final boolean isText = element.type().kind() == DataType.Kind.STRING;
        return isText || element.type().isLegalLength(dataRecord.length(index)) ? element.type().kind() : DataType.Kind.OCTETS;
    }
}
