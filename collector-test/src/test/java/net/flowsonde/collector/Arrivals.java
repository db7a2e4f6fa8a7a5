package net.flowsonde.collector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** How often each record arrived, from what collectors wrote of those that they read, killed or not. */
final class Arrivals {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Map<Identity, Integer> counts = new HashMap<>();
    private long total;

    /** What tells a record from every other. */
    private record Identity(long flowId, long startNs, long hash) {
    }

    static Arrivals of(final Path... files) throws IOException {
        final Arrivals arrivals = new Arrivals();
        for (final Path file : files) {
            arrivals.add(ByteBuffer.wrap(Files.readAllBytes(file)));
        }
        return arrivals;
    }

    private void add(final ByteBuffer octets) {
        while (octets.remaining() >= IdentityOutput.LENGTH) {
            counts.merge(new Identity(octets.getLong(), octets.getLong(), octets.getLong()), 1, Integer::sum);
            total++;
        }
    }

    /** Arrivals, all of them. */
    long total() {
        return total;
    }

    /** Records that arrived so often. */
    long records(final int times) {
        return counts.values().stream().filter(count -> count == times).count();
    }

    int mostOften() {
        return counts.values().stream().mapToInt(count -> count).max().orElse(0);
    }

    /** Distinct records of flows that began in these seconds since 1970, the second left out. */
    long between(final long seconds, final long limit) {
        return counts.keySet().stream().map(identity -> identity.startNs / NANOS_PER_SECOND)
            .filter(start -> start >= seconds && start < limit).count();
    }

    long distinct() {
        return counts.size();
    }
}
