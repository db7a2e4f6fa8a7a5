package net.flowsonde.dpi.nfs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.flowsonde.capture.PacketSource;
import net.flowsonde.capture.PacketSources;
import net.flowsonde.config.DpiConfig;
import net.flowsonde.config.FlowConfig;
import net.flowsonde.config.NfsLimits;
import net.flowsonde.config.TcpConfig;
import net.flowsonde.dpi.DpiDispatcher;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.flow.FlowMeter;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;

/** Runs a capture file through the real meter and the analyzer. */
final class NfsCorpus {
    private static final int RING_CAPACITY = 1 << 24;
    private static final int HANDLES = 1 << 12;

    final Counters counters = new Telemetry().register(Counter.Scope.QUEUE, "test");
    final List<String> lines = new ArrayList<>();
    private final RecordRing ring = new RecordRing(RING_CAPACITY, () -> false);

    /** Reads a file to its end. */
    static NfsCorpus of(final Path file) {
        final NfsCorpus corpus = new NfsCorpus();
        corpus.run(file);
        return corpus;
    }

    private void run(final Path file) {
        final NfsAnalyzer analyzer = new NfsAnalyzer(new HandleNames(HANDLES), new NfsPeers(1), NfsLimits.DEFAULT, ring, counters);
        final FlowMeter meter = new FlowMeter(FlowConfig.DEFAULT, TcpConfig.DEFAULT, 1, ring, counters,
            DpiDispatcher.of(DpiConfig.DEFAULT, List.of(analyzer), counters));
        try (PacketSource source = PacketSources.file(file, "", counters)) {
            while (!source.isFinished()) {
                source.poll(meter);
                drain();
            }
        }
        meter.onClose();
        drain();
    }

    private void drain() {
        final FileAccess access = new FileAccess();
        ring.drain((type, buffer, index, length) -> {
            if (type == RecordRing.FILE_ACCESS) {
                lines.add(AccessText.of(access.wrap(buffer, index)));
            }
        }, Integer.MAX_VALUE);
    }
}
