package net.flowsonde.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The alerts of a replay, a line each. Keeps the first {@value #MOST_ALERTS}. */
final class AlertLines implements RecordReport {
    private static final int MOST_ALERTS = 1_000;

    private final PrintWriter out;
    private final DateTimeFormatter clock = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private final List<Alert> alerts = new ArrayList<>();
    private long unshown;

    private record Alert(Instant time, String name, String text) {
    }

    AlertLines(final PrintWriter out) {
        this.out = out;
    }

    @Override
    public void add(final DecodedRecord record) {
        if (!record.has("alertName")) {
            return;
        }
        if (alerts.size() < MOST_ALERTS) {
            alerts.add(new Alert(record.time("observationTimeNanoseconds"), record.text("alertName"), record.text("alertText")));
        } else {
            unshown++;
        }
    }

    @Override
    public void print() {
        if (alerts.isEmpty()) {
            return;
        }
        alerts.forEach(alert -> out.printf("%-8s alert %s: %s%n", clock.format(alert.time()), alert.name(), alert.text()));
        if (unshown > 0) {
            out.printf(Locale.ROOT, "… and %,d more alerts%n", unshown);
        }
        out.println();
        out.flush();
    }
}
