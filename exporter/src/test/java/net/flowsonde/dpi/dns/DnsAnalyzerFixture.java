package net.flowsonde.dpi.dns;

import java.util.ArrayList;
import java.util.List;
import net.flowsonde.config.DpiConfig;
import net.flowsonde.dpi.DpiFixture;
import net.flowsonde.flow.RecordRing;

/** The pipeline with a DNS analyzer, and what comes out of it in words. */
final class DnsAnalyzerFixture {
    static final int PORT = 53;
    static final int CLIENT_PORT = 40_000;

    final DpiFixture packets;

    DnsAnalyzerFixture() {
        this(DpiConfig.DEFAULT);
    }

    DnsAnalyzerFixture(final DpiConfig config) {
        packets = new DpiFixture(config, (ring, counters) -> new DnsAnalyzer(config, ring, counters));
    }

    DnsAnalyzerFixture query(final long ms, final byte[] message) {
        packets.udp(ms, true, CLIENT_PORT, PORT, message);
        return this;
    }

    DnsAnalyzerFixture answer(final long ms, final byte[] message) {
        packets.udp(ms, false, CLIENT_PORT, PORT, message);
        return this;
    }

    /** Views over copies, so that they stay. */
    List<DnsTransaction> transactions() {
        return packets.take(RecordRing.DNS_TRANSACTION).stream().map(message -> new DnsTransaction().wrap(message.record(), 0)).toList();
    }

    DnsTransaction transaction() {
        final List<DnsTransaction> all = transactions();
        if (all.size() != 1) {
            throw new AssertionError(all.size() + " transactions");
        }
        return all.get(0);
    }

    static List<DnsMark> marks(final DnsTransaction transaction) {
        final List<DnsMark> marks = new ArrayList<>();
        for (int bit = 0; bit < DnsMark.count(); bit++) {
            if (DnsMark.of(bit).isIn(transaction.marks())) {
                marks.add(DnsMark.of(bit));
            }
        }
        return marks;
    }

    /** Each record as section, owner, type, data, and how many hints. */
    static List<String> records(final DnsTransaction transaction) {
        final List<String> lines = new ArrayList<>();
        final DnsRecord record = new DnsRecord().before(transaction);
        while (record.next()) {
            lines.add(record.section() + " " + record.name() + " " + DnsType.nameOf(record.type()) + " " + record.text());
        }
        return lines;
    }
}
