package net.flowsonde.collector;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import net.flowsonde.collector.generate.FlowTruth;
import net.flowsonde.collector.generate.TrafficGenerator;
import net.flowsonde.collector.generate.TrafficOptions;
import net.flowsonde.collector.generate.TrafficTotals;

/**
 * A generated capture with all that is true of it. The system properties {@code flowsonde.packets} and {@code flowsonde.flows} make it
 * larger.
 */
final class Traffic {
    private static final long PACKETS = Long.getLong("flowsonde.packets", 200_000);
    private static final double SECONDS = 4;
    private static final int FLOWS = Integer.getInteger("flowsonde.flows", 20_000);

    private final Path capture;
    private final TrafficTotals totals;
    private final Map<String, FlowSums> flows = new HashMap<>();
    private final Map<String, Integer> teardownReasons = new HashMap<>();

    private Traffic(final Path capture, final TrafficOptions options) throws IOException {
        this.capture = capture;
        this.totals = TrafficGenerator.write(options, capture, this::add);
    }

    /** Generates the usual amount. */
    static Traffic generate(final Path directory) throws IOException {
        return generate(directory.resolve("traffic.pcap"), PACKETS, FLOWS);
    }

    /** Generates so much in a time in which no timeout of the exporter passes, so that each flow is one record. */
    static Traffic generate(final Path capture, final long packets, final int flows) throws IOException {
        return generate(capture, TrafficOptions.of(packets, flows).withSeconds(SECONDS));
    }

    static Traffic generate(final Path capture, final TrafficOptions options) throws IOException {
        return new Traffic(capture, options);
    }

    private void add(final FlowTruth truth) {
        teardownReasons.put(FlowSums.add(flows, truth), truth.end().teardownValue());
    }

    Path capture() {
        return capture;
    }

    TrafficTotals totals() {
        return totals;
    }

    /** What is true of every flow, by its key. */
    Map<String, FlowSums> flows() {
        return flows;
    }

    /** How each flow ended, as tcpTeardownReason says it; 0 for what is not TCP. */
    Map<String, Integer> teardownReasons() {
        return teardownReasons;
    }
}
