package net.flowsonde.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.flowsonde.dpi.dns.DnsMark;
import net.flowsonde.dpi.dns.DnsSample;
import net.flowsonde.flow.FlowRecordSamples;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Telemetry;
import org.junit.jupiter.api.Test;

/** Whatever records come, nothing is thrown and every table keeps to its limit; {@code -Dflowsonde.fuzz.rounds} makes it longer. */
class EnricherFuzzTest {
    private static final int ROUNDS = Integer.getInteger("flowsonde.fuzz.rounds", 20_000);
    private static final int[] TYPES = {1, 5, 10, 16, 28, 33, 65, 255, 65_399};

    private final SplittableRandom random = new SplittableRandom(11);

    @Test
    void shouldTakeAnyRecord() {
        final Telemetry telemetry = new Telemetry();
        final Enricher enricher = EnricherSamples.fresh(telemetry);
        for (int round = 0; round < ROUNDS; round++) {
            enricher.onDns(sample(round).transaction());
            enricher.onFlow(FlowRecordSamples.udp(address(), address(), random.nextInt(65_536), time(round)));
            enricher.onTime(time(round));
        }
        enricher.onClose();
        assertThat(telemetry.total(Counter.DNS_TRANSACTIONS_RECEIVED)).isEqualTo(ROUNDS);
        assertThat(telemetry.total(Counter.DNS_SERVERS_KNOWN)).isLessThanOrEqualTo(DnsServers.MOST_SERVERS);
        assertThat(telemetry.dnsServers().rows()).isNotEmpty();
    }

    private DnsSample sample(final int round) {
        final String name = name();
        final DnsSample sample = DnsSample.query(address(), address(), name, TYPES[random.nextInt(TYPES.length)], time(round));
        if (random.nextBoolean()) {
            sample.answer(random.nextInt(6), time(round) + random.nextLong(1_000_000_000L));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            final int type = random.nextBoolean() ? DnsSample.A : DnsSample.CNAME;
            sample.record(random.nextBoolean() ? name : name(), type, random.nextInt() & 0xFFFF_FFFFL, type == DnsSample.A ? address() : name());
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            sample.mark(DnsMark.of(random.nextInt(DnsMark.count())));
        }
        return sample;
    }

    private String name() {
        final StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            name.append(random.nextInt(5) == 0 ? '.' : (char) random.nextInt(0x21, 0x7F));
        }
        return random.nextBoolean() ? name.toString() : name + ".com";
    }

    private String address() {
        return random.nextInt(256) + "." + random.nextInt(2) + ".0." + random.nextInt(256);
    }

    private long time(final int round) {
        return 1_700_000_000_000_000_000L + round * 10_000_000L + random.nextLong(-1_000_000_000L, 1_000_000_000L);
    }
}
