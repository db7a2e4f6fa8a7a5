package net.flowsonde.collector;

import java.io.PrintStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Prints flows as a table for a person, and every other record as its fields. Times are UTC. */
final class TableOutput implements RecordListener {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final int HEADING_EVERY = 50;
    private static final String[] END_REASONS = {"-", "idle", "active", "end", "forced", "resources"};

    private final PrintStream out;
    private Template columnsOf;
    private FlowColumns columns;
    private long lines;

    TableOutput(final PrintStream out) {
        this.out = out;
    }

    @Override
    public void onRecord(final DataRecord dataRecord) {
        if (columnsOf != dataRecord.template()) {
            columnsOf = dataRecord.template();
            columns = FlowColumns.of(columnsOf);
        }
        if (columnsOf.isOptions() || !columns.isFlow()) {
            out.println(fields(dataRecord));
            return;
        }
        if (lines++ % HEADING_EVERY == 0) {
            out.printf("%-23s %10s %-5s %-45s %-45s %10s %12s %10s %12s %s%n",
                "START", "SECONDS", "PROTO", "SOURCE", "DESTINATION", "PACKETS", "OCTETS", "REV PKTS", "REV OCTETS", "END");
        }
        printFlow(dataRecord);
    }

    private void printFlow(final DataRecord dataRecord) {
        final long startNs = nanoseconds(dataRecord, columns.start());
        final double seconds = (nanoseconds(dataRecord, columns.end()) - startNs) / 1e9;
        out.printf("%-23s %10.3f %-5d %-45s %-45s %10d %12d %10d %12d %s%n", TIME.format(ValueFormat.instant(startNs)), seconds,
            FlowColumns.valueOrZero(dataRecord, columns.protocol()),
            endpoint(dataRecord, columns.source(), columns.sourcePort()),
            endpoint(dataRecord, columns.destination(), columns.destinationPort()),
            FlowColumns.valueOrZero(dataRecord, columns.packets()), FlowColumns.valueOrZero(dataRecord, columns.octets()),
            FlowColumns.valueOrZero(dataRecord, columns.reversePackets()),
            FlowColumns.valueOrZero(dataRecord, columns.reverseOctets()), endReason(dataRecord));
    }

    private String endReason(final DataRecord dataRecord) {
        final long reason = FlowColumns.valueOrZero(dataRecord, columns.endReason());
        return Long.compareUnsigned(reason, END_REASONS.length) < 0 ? END_REASONS[(int) reason] : Long.toUnsignedString(reason);
    }

    private static long nanoseconds(final DataRecord dataRecord, final int index) {
        return index < 0 ? 0 : ValueFormat.nanoseconds(dataRecord, index);
    }

    private static String endpoint(final DataRecord dataRecord, final int address, final int port) {
        final String host = address < 0 ? "-" : ValueFormat.text(dataRecord, address);
        return port < 0 ? host : host + (host.indexOf(':') < 0 ? ":" : ".") + dataRecord.unsigned(port);
    }

    private static String fields(final DataRecord dataRecord) {
        final Template template = dataRecord.template();
        final StringBuilder line = new StringBuilder(template.isOptions() ? "options " : "record ").append(template.id());
        for (int i = 0; i < template.fieldCount(); i++) {
            line.append(i == 0 ? ": " : ", ").append(ValueFormat.name(template, i)).append('=')
                .append(printable(ValueFormat.text(dataRecord, i)));
        }
        return line.toString();
    }

    /** Strings come from the network: no control character of theirs reaches the terminal. */
    private static String printable(final String text) {
        return text.codePoints().anyMatch(Character::isISOControl)
            ? text.codePoints().collect(StringBuilder::new,
                (builder, c) -> builder.appendCodePoint(Character.isISOControl(c) ? 0xFFFD : c), StringBuilder::append).toString()
            : text;
    }
}
