package net.flowsonde.dpi.nfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NfsTraceTest {
    @Test
    void dump() {
        for (final String name : new String[] {"nfs-bug-5140", "nfs3-01", "nfs3-procedure", "nfs3-readdirplus", "nfs4-01"}) {
            System.out.println("== " + name);
            final NfsCorpus corpus = NfsCorpus.of(Path.of("/work/shared/pcaps/nfs/" + name + ".pcap"));
            corpus.lines.forEach(System.out::println);
            for (final net.flowsonde.telemetry.Counter counter : net.flowsonde.telemetry.Counter.values()) {
                if ((counter.name().startsWith("NFS") || counter.name().startsWith("DPI")) && corpus.counters.value(counter) != 0) {
                    System.out.println("   # " + counter + " " + corpus.counters.value(counter));
                }
            }
        }
    }
}
