package net.flowsonde.transport;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.util.concurrent.TimeUnit;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Gauge;

/** Shows how much waits in the spool of one collector and since when, once a second. Owned by the export thread. */
final class SpoolGauges {
    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int IPFIX = 10;
    /** Export Time of IPFIX (RFC 7011, 3.1), and UNIX Secs of NetFlow v9 (RFC 3954, 5.1) and v5. */
    private static final int IPFIX_TIME_OFFSET = 4;
    private static final int NETFLOW_TIME_OFFSET = 8;

    private final Journal journal;
    private final Counters counters;
    private final JournalFrame oldest = new JournalFrame();
    private boolean isShown;
    private long shownNs;

    SpoolGauges(final Journal journal, final Counters counters) {
        this.journal = journal;
        this.counters = counters;
    }

    /** @param acknowledged  position before which everything has arrived */
    void show(final long acknowledged, final long nowNs) {
        if (!journal.isDurable() || isShown && nowNs - shownNs < INTERVAL_NS) {
            return;
        }
        isShown = true;
        shownNs = nowNs;
        counters.set(Gauge.SPOOL_OCTETS, journal.octets());
        counters.set(Gauge.SPOOL_OLDEST_TIME, journal.read(acknowledged, oldest) ? TimeUnit.SECONDS.toMillis(exportTime()) : 0);
    }

    private long exportTime() {
        final int message = oldest.messageOffset();
        final boolean isIpfix = oldest.buffer().getShort(message, BIG_ENDIAN) == IPFIX;
        final int time = message + (isIpfix ? IPFIX_TIME_OFFSET : NETFLOW_TIME_OFFSET);
        return oldest.buffer().getInt(time, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }
}
