package net.flowsonde.collector.generate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Writes a realistic traffic mix as a classic pcap file, in one pass.
 *
 * <p>Some thousands of flows are open at a time. Each step picks one at random, writes its next packet or, for a big flow, a train of
 * them, and puts another in its place when it is done. Time goes on by a random gap from packet to packet.
 */
public final class TrafficGenerator {
    private static final double MICROSECONDS = 1e6;
    private static final int PACKETS_PER_TRAIN_STEP = 64;
    private static final int LONGEST_TRAIN = 31;

    private final TrafficOptions options;
    private final Consumer<FlowTruth> truth;
    private final Randomness random;
    private final HostNames names;
    private final ResolvedNames resolved = new ResolvedNames();
    private final FlowFactory factory;
    private final FrameWriter frames;
    private final PacketScript script;
    private final TrafficTotals totals = new TrafficTotals();
    private final double meanGapUs;
    private double elapsedUs;
    private long newestUs;

    private TrafficGenerator(final TrafficOptions options, final OutputStream output, final Consumer<FlowTruth> truth) {
        this.options = options;
        this.truth = truth;
        random = new Randomness(options.seed());
        names = new HostNames(random);
        factory = new FlowFactory(random, names, resolved);
        frames = new FrameWriter(output);
        script = new PacketScript(frames, random, names);
        meanGapUs = options.seconds() * MICROSECONDS / options.packets();
    }

    /** Writes the capture. */
    public static TrafficTotals write(final TrafficOptions options, final Path capture) throws IOException {
        return write(options, capture, flow -> { });
    }

    /** Writes the capture, and tells {@code truth} of every flow when its last packet has been written. */
    public static TrafficTotals write(final TrafficOptions options, final Path capture, final Consumer<FlowTruth> truth)
        throws IOException {
        return write(options, Files.newOutputStream(capture), truth);
    }

    /** Writes the capture and, as CSV with a header, the truth of every flow. */
    public static TrafficTotals write(final TrafficOptions options, final Path capture, final Path truth) throws IOException {
        try (BufferedWriter csv = Files.newBufferedWriter(truth)) {
            writeLine(csv, FlowTruth.CSV_HEADER);
            return write(options, capture, flow -> writeLine(csv, flow.toCsv()));
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void writeLine(final BufferedWriter csv, final String line) {
        try {
            csv.write(line);
            csv.write('\n');
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the capture to a stream and closes it. */
    public static TrafficTotals write(final TrafficOptions options, final OutputStream capture, final Consumer<FlowTruth> truth)
        throws IOException {
        final TrafficGenerator generator = new TrafficGenerator(options, capture, truth);
        try (FrameWriter frames = generator.frames) {
            generator.run();
            generator.totals.onEnd(frames.frameOctets(), (generator.newestUs - generator.startUs()) / MICROSECONDS);
        }
        return generator.totals;
    }

    private void run() throws IOException {
        final TrafficPlan plan = new TrafficPlan(options, random);
        final SyntheticFlow[] open = new SyntheticFlow[Math.min(options.concurrent(), plan.flowCount())];
        int opened = 0;
        int count = 0;
        while (count < open.length) {
            open[count++] = openNext(new SyntheticFlow(), plan, opened++);
        }
        totals.onOpenFlows(count);
        while (count > 0) {
            final int index = random.below(count);
            final SyntheticFlow flow = open[index];
            writeTrain(flow);
            if (!flow.isDone()) {
                continue;
            }
            onDone(flow);
            if (opened < plan.flowCount()) {
                openNext(flow, plan, opened++);
            } else {
                open[index] = open[--count];
            }
        }
    }

    private SyntheticFlow openNext(final SyntheticFlow flow, final TrafficPlan plan, final int index) {
        factory.open(flow, plan.kind(index), plan.packets(index));
        return flow;
    }

    private void writeTrain(final SyntheticFlow flow) throws IOException {
        final int longest = Math.min(LONGEST_TRAIN, flow.plannedPackets / PACKETS_PER_TRAIN_STEP);
        for (int left = 1 + random.below(1 + longest); left > 0 && !flow.isDone(); left--) {
            newestUs = startUs() + (long) elapsedUs;
            script.step(flow, newestUs);
            elapsedUs += 2 * meanGapUs * random.unit();
        }
    }

    private long startUs() {
        return options.startSeconds() * (long) MICROSECONDS;
    }

    private void onDone(final SyntheticFlow flow) {
        totals.onFlow(flow);
        if (flow.kind == FlowKind.DNS && !flow.isNameUnknown) {
            resolved.add(flow);
        }
        truth.accept(flow.truth(names));
    }
}
