package net.flowsonde.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.flowsonde.flow.TcpTeardownReason;

/**
 * Flows as a table for a person, 120 columns wide: a line a flow in the order of their beginnings, then what the words for the ends mean,
 * then sums and alerts. Keeps the first {@value #MOST_ROWS} flows; nobody reads more.
 */
final class FlowTableView implements RecordReport {
    private static final int MOST_ROWS = 1_000;
    private static final int CLIENT_WIDTH = 15;
    private static final int SERVER_WIDTH = 23;
    private static final String FORMAT = "%-8s %7s  %-15s %-23s %9s %11s  %-24s %-7s %s";
    private static final String BOLD = "1";
    private static final String GREEN = "32";
    private static final String RED = "31";
    private static final String DIM = "2";

    private final PrintWriter out;
    private final boolean hasColours;
    private final DateTimeFormatter clock = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private final Map<Long, FlowRow> rows = new LinkedHashMap<>();
    private final AlertLines alerts;
    private long unshownRecords;

    FlowTableView(final PrintWriter out, final boolean hasColours) {
        this.out = out;
        this.hasColours = hasColours;
        alerts = new AlertLines(out);
    }

    /** Several records of one flow make one row. */
    @Override
    public void add(final DecodedRecord record) {
        alerts.add(record);
        if (!record.isFlow()) {
            return;
        }
        final long flowId = record.number("flowId");
        if (rows.size() < MOST_ROWS || rows.containsKey(flowId)) {
            rows.computeIfAbsent(flowId, id -> new FlowRow(record)).add(record);
        } else {
            unshownRecords++;
        }
    }

    @Override
    public void print() {
        final List<FlowRow> sorted = new ArrayList<>(rows.values());
        sorted.sort(Comparator.comparing(row -> row.start));
        out.println();
        out.println(coloured(BOLD, String.format(
            FORMAT, "start", "lasted", "client", "server", "packets", "octets", "TCP end", "by", "impact")));
        sorted.forEach(this::printRow);
        if (unshownRecords > 0) {
            out.printf(Locale.ROOT, "… and %,d more records; --output, --json or --collector give them all%n", unshownRecords);
        }
        printLegend(sorted);
        printSums(sorted);
        alerts.print();
        out.flush();
    }

    private void printRow(final FlowRow row) {
        final String client = row.clientText();
        final String server = row.serverText();
        final boolean isWide = client.length() > CLIENT_WIDTH || server.length() > SERVER_WIDTH;
        final String line = String.format(
            Locale.ROOT, FORMAT, clock.format(row.start), duration(row.duration()), isWide ? "" : client, isWide ? "" : server,
            number(row.packets) + "/" + number(row.reversePackets), number(row.octets) + "/" + number(row.reverseOctets),
            row.reasonText(), row.initiatorText(), "");
        if (isWide) {
            out.println(String.format("%-8s %7s  %s -> %s", "", "", client, server));
        }
        out.println(line + coloured(colourOf(row), row.impactText()));
    }

    private static String colourOf(final FlowRow row) {
        return switch (row.impact()) {
            case COMPLETE -> GREEN;
            case REFUSED, REQUEST_UNANSWERED, TRUNCATED -> RED;
            case NONE, UNKNOWN -> DIM;
        };
    }

    /** What each end that occurs means, most frequent first. */
    private void printLegend(final List<FlowRow> sorted) {
        final Map<TcpTeardownReason, Long> ends = sorted.stream().filter(row -> row.protocol == FlowRow.TCP)
            .collect(Collectors.groupingBy(FlowRow::reason, TreeMap::new, Collectors.counting()));
        if (ends.isEmpty()) {
            return;
        }
        out.println();
        out.println(coloured(BOLD, String.format("%6s  %-24s %s", "flows", "TCP end", "meaning")));
        ends.entrySet().stream().sorted(Map.Entry.<TcpTeardownReason, Long>comparingByValue().reversed()).forEach(end ->
            out.println(String.format(Locale.ROOT, "%,6d  %-24s %s", end.getValue(), FlowRow.words(end.getKey()), end.getKey().description())));
    }

    private void printSums(final List<FlowRow> sorted) {
        out.println();
        if (sorted.isEmpty()) {
            out.printf("no flows%n%n");
            return;
        }
        out.printf(
            Locale.ROOT, "%,d flows (%s); %,d packets, %,d octets; counts are client/server%n%n", sorted.size(),
            sorted.stream().collect(Collectors.groupingBy(FlowTableView::protocol, TreeMap::new, Collectors.counting())).entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey()).collect(Collectors.joining(", ")),
            sorted.stream().mapToLong(row -> row.packets + row.reversePackets).sum(),
            sorted.stream().mapToLong(row -> row.octets + row.reverseOctets).sum());
    }

    private static String protocol(final FlowRow row) {
        return switch (row.protocol) {
            case FlowRow.TCP -> "TCP";
            case FlowRow.UDP -> "UDP";
            case FlowRow.ICMP, FlowRow.ICMPV6 -> "ICMP";
            default -> "other";
        };
    }

    /** At most seven characters. */
    static String duration(final Duration duration) {
        final double seconds = duration.toNanos() / 1e9;
        if (seconds < 0.0009995) {
            return String.format(Locale.ROOT, "%.0f us", seconds * 1e6);
        }
        if (seconds < 0.9995) {
            return String.format(Locale.ROOT, "%.0f ms", seconds * 1e3);
        }
        return seconds < 9_999.5 ? String.format(Locale.ROOT, seconds < 99.95 ? "%.1f s" : "%.0f s", seconds)
            : String.format(Locale.ROOT, "%.0f h", seconds / 3_600);
    }

    /** At most five characters: 999, 1.2k, 345M. */
    static String number(final long value) {
        final String[] units = {"", "k", "M", "G", "T", "P", "E"};
        double scaled = value;
        int unit = 0;
        while (scaled >= 999.5) {
            scaled /= 1_000;
            unit++;
        }
        return String.format(Locale.ROOT, unit > 0 && scaled < 9.95 ? "%.1f%s" : "%.0f%s", scaled, units[unit]);
    }

    private String coloured(final String colour, final String text) {
        return hasColours ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }
}
