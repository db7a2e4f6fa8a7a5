package net.flowsonde.enrich;

import static net.flowsonde.dpi.dns.DnsSample.A;
import static net.flowsonde.dpi.dns.DnsSample.AAAA;
import static net.flowsonde.dpi.dns.DnsSample.CNAME;
import static net.flowsonde.dpi.dns.DnsSample.SRV;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.flowsonde.config.DnsConfig;
import net.flowsonde.config.FilesConfig;
import net.flowsonde.dpi.CalledNames;
import net.flowsonde.dpi.dns.DnsMark;
import net.flowsonde.dpi.dns.DnsRecord;
import net.flowsonde.dpi.dns.DnsSample;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.FlowRecordSamples;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Names on flows, from the DNS that came before them. */
class EnricherTest {
    private static final long T0 = 1_700_000_000_000_000_000L;
    private static final String CLIENT = "192.0.2.10";
    private static final String RESOLVER = "192.0.2.53";
    private static final String WEB = "198.51.100.80";

    private final Telemetry telemetry = new Telemetry();
    private Enricher enricher = EnricherSamples.fresh(telemetry);

    @Test
    void shouldNameAFlowByWhatItsClientAskedForThroughCnames() {
        learn(DnsSample.query(CLIENT, RESOLVER, "www.example.com", A, T0).answer(0, T0 + 5)
            .record("edge7.cdn.example.net", A, 300, WEB)
            .record("www.example.com", CNAME, 300, "www.cdn.example.net")
            .record("WWW.cdn.example.net", CNAME, 300, "edge7.cdn.example.net"));
        flow(CLIENT, WEB, seconds(2));
        assertThat(server()).isEqualTo("www.example.com");
        assertThat(text(enricher.metadata().serverCanonicalName())).isEqualTo("edge7.cdn.example.net");
        assertThat(enricher.metadata().nameSource()).isEqualTo(NameSource.DNS.code());
        assertThat(enricher.metadata().nameAgeMs()).isEqualTo(1_999);
        assertThat(enricher.metadata().nameCandidates()).isEqualTo(1);
        assertThat(text(enricher.metadata().clientName())).isEmpty();
    }

    @Test
    void shouldGiveEachClientItsOwnName() {
        web("www.example.com", CLIENT, T0);
        web("www.example.org", "192.0.2.11", T0);
        flow(CLIENT, WEB, seconds(1));
        assertThat(server()).isEqualTo("www.example.com");
        flow("192.0.2.11", WEB, seconds(1));
        assertThat(server()).isEqualTo("www.example.org");
        flow("192.0.2.12", WEB, seconds(1));
        assertThat(server()).isEmpty();
    }

    @Test
    void shouldTakeTheNewestAnswerThatIsNotLaterThanTheFlow() {
        web("one.example.com", CLIENT, seconds(0));
        web("two.example.com", CLIENT, seconds(10));
        web("three.example.com", CLIENT, seconds(20));
        flow(CLIENT, WEB, seconds(15));
        assertThat(server()).isEqualTo("two.example.com");
        assertThat(enricher.metadata().nameCandidates()).isEqualTo(2);
        flow(CLIENT, WEB, seconds(25));
        assertThat(server()).isEqualTo("three.example.com");
        assertThat(enricher.metadata().nameCandidates()).isEqualTo(3);
    }

    @Test
    void shouldTakeTheNameByWhichTheClientCalledTheServer() {
        web("one.example.com", CLIENT, seconds(0));
        called(CalledNames.TLS, "other.example.com", seconds(5));
        assertThat(server()).isEqualTo("one.example.com");
        assertThat(enricher.metadata().nameSource()).isEqualTo(NameSource.DNS.code());
        web("two.example.com", CLIENT, seconds(10));
        called(CalledNames.TLS, "One.Example.com", seconds(15));
        assertThat(server()).isEqualTo("one.example.com");
        assertThat(enricher.metadata().nameSource()).isEqualTo(NameSource.TLS.code());
        assertThat(enricher.metadata().nameCandidates()).isEqualTo(2);
        assertThat(enricher.metadata().nameAgeMs()).isEqualTo(15_000);
        called(CalledNames.HTTP, "two.example.com", seconds(15));
        assertThat(server()).isEqualTo("two.example.com");
        assertThat(enricher.metadata().nameSource()).isEqualTo(NameSource.HTTP.code());
        called(CalledNames.HTTP, "three.example.com", seconds(15));
        assertThat(server()).as("the latest where none is called").isEqualTo("two.example.com");
        assertThat(enricher.metadata().nameSource()).isEqualTo(NameSource.DNS.code());
        called(CalledNames.TLS, "two.example.com", seconds(5));
        assertThat(server()).as("not known by then").isEqualTo("one.example.com");
    }

    private void called(final int kind, final String name, final long startNs) {
        final FlowRecord flow = FlowRecordSamples.udp(CLIENT, WEB, 443, startNs);
        flow.calledNameHash(CalledNames.hash(kind, new UnsafeBuffer(name.getBytes(StandardCharsets.US_ASCII)), 0, name.length()));
        enricher.onFlow(flow);
    }

    @Test
    void shouldRememberEarlierAnswersWhenTheClientAsksAgainBeforeTheFlowIsExported() {
        for (int second = 0; second <= 60; second += 5) {
            web("www.example.com", CLIENT, seconds(second));
        }
        flow(CLIENT, WEB, seconds(30));
        assertThat(server()).isEqualTo("www.example.com");
        flow(CLIENT, WEB, seconds(57));
        assertThat(enricher.metadata().nameAgeMs()).isEqualTo(2_000);
        flow(CLIENT, WEB, seconds(-1));
        assertThat(server()).isEmpty();
    }

    @Test
    void shouldSayWhenANameIsStaleAndForgetItAfterTheGrace() {
        learn(DnsSample.query(CLIENT, RESOLVER, "www.example.com", A, T0).answer(0, T0).record("www.example.com", A, 10, WEB));
        flow(CLIENT, WEB, seconds(10));
        assertThat(enricher.metadata().nameSource()).isEqualTo(NameSource.DNS.code());
        flow(CLIENT, WEB, seconds(11));
        assertThat(enricher.metadata().nameSource()).isEqualTo(NameSource.DNS_STALE.code());
        flow(CLIENT, WEB, seconds(130));
        assertThat(server()).isEqualTo("www.example.com");
        flow(CLIENT, WEB, seconds(131));
        assertThat(server()).isEmpty();
        assertThat(enricher.metadata().nameSource()).isEqualTo(NameSource.NONE.code());
        assertThat(enricher.metadata().marks()).isZero();
    }

    @Test
    void shouldUseNoStaleNamesWhereTheyAreNotWanted() {
        enricher = new Enricher(config(1_000_000, 4_096, Duration.ZERO), FilesConfig.DEFAULT, EnricherSamples.alerts(telemetry), telemetry);
        learn(DnsSample.query(CLIENT, RESOLVER, "www.example.com", A, T0).answer(0, T0).record("www.example.com", A, 10, WEB));
        flow(CLIENT, WEB, seconds(11));
        assertThat(server()).isEmpty();
    }

    @Test
    void shouldNameTheClientByWhatTheServerAskedFor() {
        learn(DnsSample.query("192.0.2.1", RESOLVER, "laptop.example.com", A, T0).answer(0, T0).record("laptop.example.com", A, 60, CLIENT));
        flow(CLIENT, "192.0.2.1", seconds(1));
        assertThat(text(enricher.metadata().clientName())).isEqualTo("laptop.example.com");
        assertThat(server()).isEmpty();
        assertThat(enricher.metadata().hasNames()).isTrue();
    }

    @Test
    void shouldNameIpv6FlowsAndTakeTheTargetsOfServices() {
        learn(DnsSample.query("2001:db8::1", "2001:db8::53", "www.example.com", AAAA, T0).answer(0, T0)
            .record("www.example.com", AAAA, 60, "2001:db8:80::1"));
        flow("2001:db8::1", "2001:db8:80::1", seconds(1));
        assertThat(server()).isEqualTo("www.example.com");
        learn(DnsSample.query(CLIENT, RESOLVER, "_ldap._tcp.example.com", SRV, T0).answer(0, T0)
            .record("_ldap._tcp.example.com", SRV, 60, "0 100 389 dc1.example.com")
            .record(DnsRecord.ADDITIONAL, "dc1.example.com", A, 60, WEB));
        flow(CLIENT, WEB, seconds(1));
        assertThat(server()).isEqualTo("dc1.example.com");
    }

    @Test
    void shouldNotLearnWhatTheAnswerDoesNotLeadTo() {
        learn(DnsSample.query(CLIENT, RESOLVER, "www.example.com", A, T0).answer(0, T0)
            .record("www.example.com", A, 60, "198.51.100.1")
            .record("www.bank.example", A, 60, WEB));
        web("late.example.com", "192.0.2.99", T0);
        learn(DnsSample.query(CLIENT, RESOLVER, "forged.example.com", A, T0).answer(0, T0).mark(DnsMark.QUESTION_DIFFERS)
            .record("forged.example.com", A, 60, WEB));
        learn(DnsSample.query(CLIENT, RESOLVER, "second.example.com", A, T0).answer(0, T0).mark(DnsMark.SECOND_ANSWER)
            .record("second.example.com", A, 60, WEB));
        learn(DnsSample.query(CLIENT, RESOLVER, "failed.example.com", A, T0).answer(2, T0).record("failed.example.com", A, 60, WEB));
        flow(CLIENT, WEB, seconds(1));
        assertThat(server()).isEmpty();
    }

    @Test
    void shouldTakeNamesOfHostsFromNetbiosAnswersWhichHaveNoQuestion() {
        learn(DnsSample.query(CLIENT, WEB, "", 0, T0).answer(0, T0).mark(DnsMark.NETBIOS).mark(DnsMark.NO_QUESTION)
            .record("FILESRV<20>", DnsSample.NETBIOS, 300_000, WEB));
        flow(CLIENT, WEB, seconds(1));
        assertThat(server()).isEqualTo("FILESRV");
        learn(DnsSample.query(CLIENT, WEB, "", 0, T0).answer(0, T0).mark(DnsMark.NETBIOS).mark(DnsMark.NO_QUESTION)
            .record("GROUP<1d>", DnsSample.NETBIOS, 300_000, "198.51.100.81"));
        flow(CLIENT, "198.51.100.81", seconds(1));
        assertThat(server()).as("of a group").isEmpty();
    }

    @Test
    void shouldNotTakeWhatTheNeighboursAreAskedForDnsOfTheClient() {
        learn(DnsSample.query(CLIENT, "224.0.0.251", "printer.local", A, T0).mark(DnsMark.MDNS).mark(DnsMark.MULTICAST));
        flow(CLIENT, "198.51.100.1", seconds(1));
        assertThat(enricher.metadata().marks()).isZero();
        web("www.example.com", CLIENT, seconds(2));
        flow(CLIENT, "198.51.100.1", seconds(1));
        assertThat(enricher.metadata().marks()).isZero();
        flow(CLIENT, "198.51.100.1", seconds(3));
        assertThat(enricher.metadata().marks()).isEqualTo(FlowMetadata.MARK_WITHOUT_DNS);
    }

    @Test
    void shouldSurviveCnamesInACircle() {
        learn(DnsSample.query(CLIENT, RESOLVER, "a.example.com", A, T0).answer(0, T0)
            .record("a.example.com", CNAME, 60, "b.example.com").record("b.example.com", CNAME, 60, "a.example.com")
            .record("a.example.com", A, 60, WEB));
        flow(CLIENT, WEB, seconds(1));
        assertThat(server()).isIn("a.example.com", "");
    }

    @Test
    void shouldNeverLearnFromWhatAResolverAsksForOthers() {
        web("www.example.com", CLIENT, T0);
        learn(DnsSample.query(RESOLVER, "203.0.113.53", "forwarded.example.com", A, T0).answer(0, T0)
            .record("forwarded.example.com", A, 60, WEB));
        learn(DnsSample.query("192.0.2.54", "203.0.113.53", "iterated.example.com", A, T0).answer(0, T0).withoutRecursion()
            .record("iterated.example.com", A, 60, WEB));
        flow(RESOLVER, WEB, seconds(1));
        assertThat(server()).isEmpty();
        flow("192.0.2.54", WEB, seconds(1));
        assertThat(server()).isEmpty();
    }

    @Test
    void shouldForgetWhatAForwarderWasToldBeforeItHadAnsweredAnybody() {
        final String upstream = "203.0.113.53";
        web("first.example.com", RESOLVER, upstream, T0);
        flow(RESOLVER, WEB, seconds(1));
        assertThat(server()).as("so far it is a client like others").isEqualTo("first.example.com");
        web("first.example.com", CLIENT, RESOLVER, seconds(1));
        flow(RESOLVER, WEB, seconds(2));
        assertThat(server()).isEmpty();
        assertThat(enricher.metadata().marks()).as("what a resolver asks for says nothing of where it goes").isZero();
        flow(CLIENT, WEB, seconds(2));
        assertThat(server()).isEqualTo("first.example.com");
        assertThat(telemetry.total(Counter.NAMES_KNOWN)).isEqualTo(1);
        web("second.example.com", RESOLVER, upstream, seconds(3));
        flow(RESOLVER, WEB, seconds(4));
        assertThat(server()).isEmpty();
    }

    @Test
    void shouldLearnFromAHostThatAsksItself() {
        web("www.example.com", "127.0.0.1", "127.0.0.1", T0);
        web("www.example.org", "127.0.0.1", "127.0.0.1", seconds(1));
        flow("127.0.0.1", WEB, seconds(2));
        assertThat(server()).isEqualTo("www.example.org");
    }

    @Test
    void shouldMarkAFlowWhoseAddressNoAnswerEverGave() {
        flow(CLIENT, "198.51.100.1", seconds(0));
        assertThat(enricher.metadata().marks()).isZero();
        web("www.example.com", CLIENT, seconds(1));
        flow(CLIENT, "198.51.100.1", seconds(0));
        assertThat(enricher.metadata().marks()).as("it began before DNS of the client was seen").isZero();
        flow(CLIENT, "198.51.100.1", seconds(2));
        assertThat(enricher.metadata().marks()).isEqualTo(FlowMetadata.MARK_WITHOUT_DNS);
        flow(CLIENT, RESOLVER, seconds(2));
        assertThat(enricher.metadata().marks()).as("name servers are not asked for by name").isZero();
        flow(CLIENT, "239.255.255.250", seconds(2));
        assertThat(enricher.metadata().marks()).as("groups are not either").isZero();
        flow("192.0.2.77", "198.51.100.1", seconds(2));
        assertThat(enricher.metadata().marks()).as("no DNS of this client was seen").isZero();
        assertThat(telemetry.total(Counter.RECORDS_WITHOUT_DNS)).isEqualTo(1);
    }

    @Test
    void shouldHoldToItsLimitsAndNotMarkWhatItForgot() {
        enricher = new Enricher(config(1_024, 16, Duration.ofDays(1)), FilesConfig.DEFAULT, EnricherSamples.alerts(telemetry), telemetry);
        for (int i = 0; i < 40; i++) {
            learn(DnsSample.query(CLIENT, RESOLVER, "host" + i + ".example.com", A, T0).answer(0, T0)
                .record("host" + i + ".example.com", A, 60, "198.51.100." + i));
        }
        assertThat(telemetry.total(Counter.NAMES_KNOWN)).isEqualTo(16);
        assertThat(telemetry.total(Counter.NAMES_EVICTED)).isEqualTo(24);
        flow(CLIENT, "198.51.100.3", seconds(1));
        assertThat(server()).isEmpty();
        assertThat(enricher.metadata().marks()).isZero();
        flow(CLIENT, "198.51.100.39", seconds(1));
        assertThat(server()).isEqualTo("host39.example.com");
        for (int i = 0; i < 2_000; i++) {
            web("www.example.com", "10.0." + i / 200 + "." + i % 200, T0);
        }
        assertThat(telemetry.total(Counter.NAMES_KNOWN)).isLessThanOrEqualTo(1_024);
        flow(CLIENT, "198.51.100.39", seconds(1));
        assertThat(server()).as("the client that was silent for longest").isEmpty();
        flow("10.0.9.199", WEB, seconds(1));
        assertThat(server()).isEqualTo("www.example.com");
    }

    @Test
    void shouldKeepAFewNamesOfAnAddressThatHasMany() {
        for (int i = 0; i < 20; i++) {
            web("site" + i + ".example.com", CLIENT, seconds(i));
        }
        flow(CLIENT, WEB, seconds(30));
        assertThat(server()).isEqualTo("site19.example.com");
        assertThat(enricher.metadata().nameCandidates()).isEqualTo(NameTable.MOST_NAMES);
        assertThat(telemetry.total(Counter.NAMES_KNOWN)).isEqualTo(NameTable.MOST_NAMES);
        assertThat(telemetry.total(Counter.NAMES_EVICTED)).isEqualTo(20 - NameTable.MOST_NAMES);
        web("SITE15.example.COM", CLIENT, seconds(40));
        flow(CLIENT, WEB, seconds(41));
        assertThat(server()).isEqualTo("site15.example.com");
    }

    private static DnsConfig config(final int limit, final int perClient, final Duration stale) {
        return new DnsConfig(List.of(), List.of(), List.of(), limit, perClient, stale, 256, 64, 100, 6, 70);
    }

    private void web(final String name, final String client, final long timeNs) {
        web(name, client, RESOLVER, timeNs);
    }

    private void web(final String name, final String client, final String resolver, final long timeNs) {
        learn(DnsSample.query(client, resolver, name, A, timeNs).answer(0, timeNs).record(name, A, 300, WEB));
    }

    private void learn(final DnsSample sample) {
        enricher.onDns(sample.transaction());
    }

    private void flow(final String client, final String server, final long startNs) {
        enricher.onFlow(FlowRecordSamples.udp(client, server, 443, startNs));
    }

    private String server() {
        return text(enricher.metadata().serverName());
    }

    private static long seconds(final int seconds) {
        return T0 + TimeUnit.SECONDS.toNanos(seconds);
    }

    private static String text(final DirectBuffer buffer) {
        return buffer.getStringWithoutLengthAscii(0, buffer.capacity());
    }
}
