package net.flowsonde.dpi.krb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.flowsonde.dpi.ProtocolAnalyzer;
import net.flowsonde.dpi.TicketUsers;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Messages as they may not be, each in a buffer that ends where they end. {@code -Dflowsonde.fuzz=1000000} for the long run. */
class KerberosFuzzTest {
    private static final int MESSAGES = Integer.getInteger("flowsonde.fuzz", 50_000);

    private final Counters counters = new Telemetry().register(Counter.Scope.QUEUE, "test");
    private final KerberosAnalyzer analyzer = new KerberosAnalyzer(new TicketUsers(1_024), counters);
    private final FlowRecord flow = new FlowRecord().wrap(new UnsafeBuffer(new byte[FlowRecord.LENGTH]), 0);

    @Test
    void shouldBearAnyMessage() {
        final byte[] ticket = Der.ticket("LAB.TEST", "seal");
        final List<byte[]> samples = List.of(Der.request(ticket), Der.reply("LAB.TEST", "anna", "one"),
            Der.reply(11, "LAB.TEST", Der.name("host", "a", "b", "c", "d", "e", "f", "g", "h", "i"), ticket));
        final SplittableRandom random = new SplittableRandom(88);
        int session = analyzer.open(flow, 0);
        for (int i = 0; i < MESSAGES; i++) {
            final byte[] message = mutated(samples.get(i % samples.size()), random);
            if (analyzer.probe(flow, 0, new UnsafeBuffer(message), 0, message.length, false) == ProtocolAnalyzer.YES) {
                analyzer.onDatagram(flow, i & 1, new UnsafeBuffer(message), 0, message.length, message.length, i);
            }
            final byte[] framed = random.nextInt(10) == 0 ? mutated(Der.framed(message), random) : Der.framed(message);
            analyzer.probe(flow, 0, new UnsafeBuffer(framed), 0, framed.length, true);
            if (analyzer.onStream(session, flow, i & 1, new UnsafeBuffer(framed), 0, framed.length, i) < 0) {
                analyzer.close(session, i);
                session = analyzer.open(flow, i);
            }
        }
        assertThat(counters.value(Counter.KRB_MESSAGES)).isGreaterThan(MESSAGES / 2);
        assertThat(counters.value(Counter.KRB_TICKETS_LEARNT)).isGreaterThan(MESSAGES / 4);
        assertThat(counters.value(Counter.KRB_MESSAGES_MALFORMED)).isPositive();
        assertThat(session).isZero();
    }

    private static byte[] mutated(final byte[] octets, final SplittableRandom random) {
        final byte[] changed = octets.clone();
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            final int at = random.nextInt(random.nextBoolean() ? Math.min(120, changed.length) : changed.length);
            changed[at] = (byte) switch (random.nextInt(4)) {
                case 0 -> 0;
                case 1 -> 0x84;
                case 2 -> changed[at] ^ 1 << random.nextInt(8);
                default -> random.nextInt(256);
            };
        }
        return random.nextInt(20) == 0 ? Arrays.copyOf(changed, random.nextInt(changed.length + 1)) : changed;
    }
}
