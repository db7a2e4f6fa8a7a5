package net.flowsonde.collector;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Checks the values of a record by their abstract data types, and those few elements whose meaning can be wrong by itself. */
final class ValueChecks {
    /** A microsecond is 2^32 / 10^6 units of the fraction, a little above 2^12: RFC 7011 leaves the lowest 11 bits unused. */
    private static final int UNUSED_FRACTION = (1 << 11) - 1;
    private static final int BIFLOW_DIRECTION = 239;
    /** Start and end of a flow: seconds, milliseconds, microseconds, nanoseconds. */
    private static final int[][] START_AND_END = {{150, 151}, {152, 153}, {154, 155}, {156, 157}};
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Breaches breaches;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer characters = CharBuffer.allocate(65_536);

    ValueChecks(final Breaches breaches) {
        this.breaches = breaches;
    }

    void check(final DataRecord dataRecord) {
        final Template template = dataRecord.template();
        for (final int index : template.checkedFields()) {
            checkValue(dataRecord, index, template.element(index));
        }
        final int[] pairs = template.timePairs();
        for (int i = 0; i < pairs.length; i += 2) {
            checkOrder(dataRecord, pairs[i], pairs[i + 1]);
        }
    }

    /** Most fields are numbers and addresses, of which any value is good: only the others are looked at. */
    static int[] fieldsToCheck(final Template template) {
        return IntStream.range(0, template.fieldCount())
            .filter(i -> template.element(i) != null && isCheckedType(template.element(i))).toArray();
    }

    private static boolean isCheckedType(final Element element) {
        return switch (element.type()) {
            case STRING, BOOLEAN, DATE_TIME_MICROSECONDS -> true;
            default -> element.id() == BIFLOW_DIRECTION && element.enterprise() == 0;
        };
    }

    /** Indices of each start and the end that belongs to it, one after the other. */
    static int[] pairsOf(final Template template) {
        return Stream.of(0L, Element.REVERSE_ENTERPRISE)
            .flatMapToInt(enterprise -> Arrays.stream(START_AND_END)
                .map(pair -> new int[] {template.indexOf(enterprise, pair[0]), template.indexOf(enterprise, pair[1])})
                .filter(pair -> pair[0] >= 0 && pair[1] >= 0)
                .flatMapToInt(Arrays::stream))
            .toArray();
    }

    private void checkValue(final DataRecord dataRecord, final int index, final Element element) {
        switch (element.type()) {
            case STRING -> checkString(dataRecord, index);
            case BOOLEAN -> checkBoolean(dataRecord, index);
            case DATE_TIME_MICROSECONDS -> checkMicroseconds(dataRecord, index);
            default -> checkDirection(dataRecord, index);
        }
    }

    private void checkString(final DataRecord dataRecord, final int index) {
        final ByteBuffer octets = dataRecord.message().duplicate();
        octets.limit(dataRecord.offset(index) + dataRecord.length(index)).position(dataRecord.offset(index));
        characters.clear();
        utf8.reset();
        if (utf8.decode(octets, characters, true).isError()) {
            report(dataRecord, index, Rule.STRING_VALUE, "no UTF-8");
        }
    }

    private void checkBoolean(final DataRecord dataRecord, final int index) {
        final long value = dataRecord.unsigned(index);
        if (value != 1 && value != 2) {
            report(dataRecord, index, Rule.BOOLEAN_VALUE, "is " + value);
        }
    }

    private void checkMicroseconds(final DataRecord dataRecord, final int index) {
        if ((dataRecord.unsigned(index) & UNUSED_FRACTION) != 0) {
            report(dataRecord, index, Rule.TIME_VALUE, "uses the 11 bits below a microsecond");
        }
    }

    private void checkDirection(final DataRecord dataRecord, final int index) {
        if (dataRecord.unsigned(index) > 3) {
            report(dataRecord, index, Rule.BIFLOW_DIRECTION, "is " + dataRecord.unsigned(index));
        }
    }

    /** Reverse times are 0 where there was no packet. */
    private void checkOrder(final DataRecord dataRecord, final int start, final int end) {
        final Timestamp startType = Timestamp.of(dataRecord.template().element(start).type());
        final long startNs = startType.nanoseconds(dataRecord.unsigned(start));
        final long endNs = startType.nanoseconds(dataRecord.unsigned(end));
        if (startNs > endNs) {
            report(dataRecord, start, Rule.TIME_ORDER, startNs - endNs + " ns after the end");
        }
        if (endNs / NANOS_PER_SECOND > dataRecord.exportSeconds()) {
            report(dataRecord, end, Rule.TIME_ORDER,
                endNs / NANOS_PER_SECOND - dataRecord.exportSeconds() + " s after the export");
        }
    }

    private void report(final DataRecord dataRecord, final int index, final Rule rule, final String detail) {
        breaches.add(dataRecord.session(), dataRecord.offset(index), rule,
            dataRecord.template().element(index).name() + " of template " + dataRecord.template().id() + " " + detail);
    }
}
