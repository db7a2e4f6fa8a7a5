package net.flowsonde.enrich;

import static net.flowsonde.dpi.dns.DnsSample.A;
import static net.flowsonde.dpi.dns.DnsSample.AAAA;
import static net.flowsonde.dpi.dns.DnsSample.TXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.flowsonde.config.DnsConfig;
import net.flowsonde.config.FilesConfig;
import net.flowsonde.config.NetworkPrefix;
import net.flowsonde.dpi.dhcp.HintSample;
import net.flowsonde.dpi.dns.DnsMark;
import net.flowsonde.dpi.dns.DnsSample;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertKind;
import net.flowsonde.telemetry.AlertQueue;
import net.flowsonde.telemetry.AlertRules;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Telemetry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.helpers.NOPLogger;

class DnsDetectorsTest {
    private static final long T0 = 1_700_000_000_000_000_000L;
    private static final String CLIENT = "192.0.2.10";
    private static final String RESOLVER = "192.0.2.53";
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    private final Telemetry telemetry = new Telemetry();
    private AlertQueue alerts;
    private Enricher enricher = enricher(Set.of(), RESOLVER, "192.0.2.128/25");

    // ---- servers

    @Test
    void shouldRaiseOneAlertForAServerThatIsNotAllowedInEachCoolDown() {
        for (int second = 0; second < 700; second++) {
            web("www.example.com", "192.0.2.66", seconds(second));
            web("www.example.com", RESOLVER, seconds(second));
            web("www.example.com", "192.0.2.200", seconds(second));
        }
        assertThat(taken()).extracting(Alert::kind, Alert::subject, alert -> alert.timeNs()).containsExactly(
            tuple(AlertKind.ROGUE_DNS_SERVER, "192.0.2.66", seconds(0)),
            tuple(AlertKind.ROGUE_DNS_SERVER, "192.0.2.66", seconds(600)));
    }

    @Test
    void shouldTellTheWholeStoryOfARogueServer() {
        web("www.example.com", "192.0.2.66", T0);
        assertThat(taken()).singleElement().satisfies(alert -> {
            assertThat(alert.text()).isEqualTo(
                "192.0.2.66 answers DNS queries and is not in dns.allowed-servers; it told 192.0.2.10 about www.example.com");
            assertThat(alert.client().getHostAddress()).isEqualTo(CLIENT);
            assertThat(alert.server().getHostAddress()).isEqualTo("192.0.2.66");
            assertThat(alert.flowId()).isEqualTo(77);
        });
    }

    @Test
    void shouldLetAllowedServersAskWhomTheyLike() {
        learn(DnsSample.query(RESOLVER, "203.0.113.1", "www.example.com", A, T0).answer(0, T0));
        learn(DnsSample.query(CLIENT, "203.0.113.1", "www.example.com", A, T0));
        learn(DnsSample.query(CLIENT, "224.0.0.251", "printer.local", A, T0).answer(0, T0).mark(DnsMark.MDNS).mark(DnsMark.MULTICAST));
        assertThat(taken()).as("a resolver's queries, a query without answer, neighbours").isEmpty();
    }

    @Test
    void shouldLetEverybodyAnswerWithoutAList() {
        enricher = enricher(Set.of());
        web("www.example.com", "192.0.2.66", T0);
        assertThat(taken()).isEmpty();
    }

    @Test
    void shouldRaiseAnAlertWhenDhcpHandsOutAServerThatIsNotAllowed() {
        enricher.onHint(HintSample.dhcp("192.0.2.9", CLIENT, T0, RESOLVER, "192.0.2.66"));
        web("www.example.com", "192.0.2.66", seconds(5));
        assertThat(taken()).singleElement().extracting(Alert::text).isEqualTo(
            "the DHCP server 192.0.2.9 tells 192.0.2.10 to ask 192.0.2.66 for names, which is not in dns.allowed-servers");
    }

    @Test
    void shouldRaiseAnAlertForAServerThatDhcpDidNotHandOut() {
        enricher = enricher(Set.of());
        enricher.onHint(HintSample.dhcp("192.0.2.1", CLIENT, T0, RESOLVER, "192.0.2.54"));
        web("www.example.com", RESOLVER, seconds(1));
        web("www.example.com", "192.0.2.54", seconds(1));
        learn(DnsSample.query("192.0.2.11", "192.0.2.66", "www.example.com", A, T0).answer(0, T0));
        assertThat(taken()).isEmpty();
        web("www.example.com", "192.0.2.66", seconds(2));
        assertThat(taken()).singleElement().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(AlertKind.DNS_SERVER_NOT_FROM_DHCP);
            assertThat(alert.subject()).isEqualTo("192.0.2.10 192.0.2.66");
        });
        enricher.onHint(HintSample.dhcp("192.0.2.1", CLIENT, seconds(3), "192.0.2.66"));
        web("www.example.com", "192.0.2.66", seconds(900));
        assertThat(taken()).isEmpty();
    }

    @Test
    void shouldRaiseAnAlertForAServerThatNeitherARouterNorDhcpv6HandedOut() {
        enricher = enricher(Set.of());
        enricher.onHint(HintSample.router("fe80::1", "2001:db8:0:7::", T0, "2001:db8::53"));
        enricher.onHint(HintSample.router("fe80::2", "2001:db8:0:7::", T0, "2001:db8::54"));
        enricher.onHint(HintSample.dhcpv6("fe80::1", "2001:db8:0:7::a", T0, "2001:db8::55"));
        ask("2001:db8:0:7::a", "2001:db8::53", seconds(1));
        ask("2001:db8:0:7::b", "2001:db8::54", seconds(1));
        ask("2001:db8:0:7::a", "2001:db8::55", seconds(1));
        ask("2001:db8:0:8::b", "2001:db8::66", seconds(1));
        assertThat(taken()).isEmpty();
        ask("2001:db8:0:7::b", "2001:db8::66", seconds(2));
        ask("2001:db8:0:7::a", "2001:db8::66", seconds(2));
        assertThat(taken()).extracting(Alert::text).containsExactly(
            "2001:db8:0:7:0:0:0:b asks 2001:db8:0:0:0:0:0:66 for names, which its router did not tell it to; it was told "
                + "2001:db8:0:0:0:0:0:53",
            "2001:db8:0:7:0:0:0:a asks 2001:db8:0:0:0:0:0:66 for names, which DHCP did not tell it to; it was told 2001:db8:0:0:0:0:0:55");
    }

    @Test
    void shouldKeepTheNewestServersThatRoutersHandOut() {
        enricher = enricher(Set.of());
        for (int server = 0; server < 20; server++) {
            enricher.onHint(HintSample.router("fe80::1", "2001:db8:0:7::", T0, "2001:db8:5::" + server));
        }
        ask("2001:db8:0:7::b", "2001:db8:5::19", seconds(1));
        ask("2001:db8:0:7::b", "2001:db8:5::12", seconds(1));
        assertThat(taken()).isEmpty();
        ask("2001:db8:0:7::b", "2001:db8:5::11", seconds(1));
        assertThat(taken()).hasSize(1);
    }

    @Test
    void shouldTakeAServerOutsideOfTheAllowedThatARouterHandsOutForARogue() {
        enricher.onHint(HintSample.router("fe80::1", "2001:db8:0:7::", T0, "2001:db8::66"));
        assertThat(taken()).singleElement().extracting(Alert::text).isEqualTo("the router fe80:0:0:0:0:0:0:1 tells the hosts of "
            + "2001:db8:0:7:0:0:0:0 to ask 2001:db8:0:0:0:0:0:66 for names, which is not in dns.allowed-servers");
    }

    private void ask(final String client, final String server, final long timeNs) {
        learn(DnsSample.query(client, server, "www.example.com", A, timeNs).answer(0, timeNs));
    }

    // ---- octets

    @Test
    void shouldRaiseAnAlertForOctetsOnPort53ThatAreNoDns() {
        learn(noDns(T0));
        learn(noDns(seconds(70)));
        assertThat(taken()).as("each minute is below the threshold").isEmpty();
        learn(noDns(seconds(71)));
        learn(noDns(seconds(75)));
        assertThat(taken()).singleElement().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(AlertKind.NOT_DNS_ON_PORT_53);
            assertThat(alert.value()).isEqualTo(264);
            assertThat(alert.text()).isEqualTo("192.0.2.10 and 203.0.113.9 exchanged 264 octets on port 53 that are not DNS");
        });
        learn(noDns(seconds(5_000)).serverPort(5_353));
        learn(noDns(seconds(5_000)).serverPort(5_353));
        assertThat(taken()).as("not on port 53").isEmpty();
    }

    private static DnsSample noDns(final long timeNs) {
        return DnsSample.query(CLIENT, "203.0.113.9", "", 0, timeNs).answer(0, timeNs).mark(DnsMark.NOT_DNS).withQueryLength(32);
    }

    @Test
    void shouldRaiseAnAlertForOctetsAfterTheLastRecord() {
        for (int i = 0; i < 3; i++) {
            learn(DnsSample.query(CLIENT, RESOLVER, "www.example.com", A, T0 + i).answer(0, T0 + i).trailingOctets(21));
        }
        assertThat(taken()).isEmpty();
        learn(DnsSample.query(CLIENT, RESOLVER, "www.example.com", A, T0 + 3).answer(0, T0 + 3).trailingOctets(1));
        assertThat(taken()).singleElement().extracting(Alert::kind, Alert::value).containsExactly(AlertKind.DNS_TRAILING_OCTETS, 64L);
    }

    // ---- tunnels

    @Test
    void shouldCatchATunnelLikeIodine() {
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 300; i++) {
            learn(DnsSample.query(CLIENT, RESOLVER, random(random, 60) + "." + random(random, 50) + ".t.example.com", 10, T0 + i * 50_000_000L)
                .answer(0, T0 + i * 50_000_000L));
        }
        assertThat(taken()).singleElement().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(AlertKind.DNS_TUNNEL);
            assertThat(alert.subject()).isEqualTo("192.0.2.10 example.com");
            assertThat(alert.value()).isGreaterThanOrEqualTo(70);
            assertThat(alert.text()).contains("under example.com: about", "100 % of rare types");
        });
    }

    @Test
    void shouldCatchASlowTunnelOfPlainAddresses() {
        final SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 290; i++) {
            web(random(random, 52) + ".data.example.co.uk", RESOLVER, seconds(i));
        }
        assertThat(taken()).extracting(Alert::kind, Alert::subject)
            .containsExactly(tuple(AlertKind.DNS_TUNNEL, "192.0.2.10 example.co.uk"));
    }

    @Test
    void shouldNotTakeBusySitesForTunnels() {
        final SplittableRandom random = new SplittableRandom(3);
        final List<String> hosts = Stream.generate(() -> "r1---sn-" + random(random, 8)).limit(80).toList();
        for (int i = 0; i < 2_000; i++) {
            final long timeNs = T0 + i * 100_000_000L;
            web(hosts.get(i % 80) + ".googlevideo.example.com", RESOLVER, timeNs);
            web(i % 150 + ".tiles.maps.example.org", RESOLVER, timeNs);
            learn(DnsSample.query(CLIENT, RESOLVER, i % 256 + ".2.0.192.zen.spamhaus.org", A, timeNs).answer(3, timeNs));
            learn(DnsSample.query(CLIENT, RESOLVER, i % 256 + ".2.0.192.in-addr.arpa", DnsSample.PTR, timeNs).answer(3, timeNs));
            learn(DnsSample.query(CLIENT, RESOLVER, random(random, 40) + ".avqs.mcafee.com", A, timeNs).answer(0, timeNs));
        }
        assertThat(taken()).isEmpty();
    }

    @Test
    void shouldNotBlameAResolverForTheTunnelOfItsClient() {
        web("www.example.com", "192.0.2.11", RESOLVER, T0);
        tunnel("192.0.2.11", RESOLVER, 300);
        tunnel(RESOLVER, "203.0.113.1", 300);
        assertThat(taken()).extracting(Alert::subject).containsExactly("192.0.2.11 example.com");
    }

    @Test
    void shouldLetTunnelsBeThatTheConfigurationExempts() {
        enricher = enricher(Set.of(), new DnsConfig(List.of(), List.of(), List.of("example.com"), 1_024, 16, Duration.ZERO, 256, 64, 100, 6, 70));
        tunnel(CLIENT, RESOLVER, 300);
        assertThat(taken()).isEmpty();
    }

    private void tunnel(final String client, final String server, final int queries) {
        final SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < queries; i++) {
            learn(DnsSample.query(client, server, random(random, 60) + ".t.example.com", TXT, T0 + i * 50_000_000L)
                .answer(0, T0 + i * 50_000_000L));
        }
    }

    // ---- names that do not exist, addresses that should not

    @Test
    void shouldCatchAClientThatTriesGeneratedDomains() {
        final SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 150; i++) {
            learn(DnsSample.query(CLIENT, RESOLVER, random(random, 12) + ".com", A, T0 + i * 200_000_000L)
                .answer(3, T0 + i * 200_000_000L));
        }
        assertThat(taken()).singleElement().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(AlertKind.NXDOMAIN_BURST);
            assertThat(alert.value()).isBetween(100L, 135L);
        });
    }

    @Test
    void shouldGoOnCountingOverAReloadThatChangesNothingOfIt() {
        enricher = enricher(Set.of(), DnsConfig.DEFAULT);
        askForMissingNames(0, 70);
        enricher.reconfigure(DnsConfig.DEFAULT.with(List.of(), List.of()), FilesConfig.DEFAULT);
        askForMissingNames(70, 140);
        assertThat(taken()).extracting(Alert::kind).containsExactly(AlertKind.NXDOMAIN_BURST);
    }

    @Test
    void shouldCountFromTheBeginningAfterAReloadWithOtherSettings() {
        enricher = enricher(Set.of(), DnsConfig.DEFAULT);
        askForMissingNames(0, 70);
        enricher.reconfigure(DnsConfig.DEFAULT.with(List.of(), List.of("corp.example.org")), FilesConfig.DEFAULT);
        askForMissingNames(70, 140);
        assertThat(taken()).isEmpty();
    }

    private void askForMissingNames(final int from, final int to) {
        for (int i = from; i < to; i++) {
            final long timeNs = T0 + TimeUnit.MILLISECONDS.toNanos(i);
            learn(DnsSample.query(CLIENT, RESOLVER, "host" + i + ".example.net", A, timeNs).answer(3, timeNs));
        }
    }

    @Test
    void shouldNotMindSomeNamesThatDoNotExist() {
        for (int i = 0; i < 3_000; i++) {
            final long timeNs = T0 + i * 50_000_000L;
            learn(DnsSample.query(CLIENT, RESOLVER, "host" + i % 90 + ".example.com", A, timeNs).answer(3, timeNs));
            learn(DnsSample.query("192.0.2.11", RESOLVER, "host" + i + ".example.net", A, timeNs).answer(i % 3 == 0 ? 3 : 0, timeNs));
            learn(DnsSample.query("192.0.2.12", RESOLVER, i % 256 + "." + i / 256 + ".0.10.in-addr.arpa", A, timeNs).answer(3, timeNs));
        }
        assertThat(taken()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.com, 10.1.2.3, true", "www.example.com, 172.31.0.1, true", "www.example.com, 172.32.0.1, false",
        "www.example.com, 192.168.1.1, true", "www.example.com, 169.254.169.254, true", "www.example.com, 127.0.0.2, false",
        "www.example.com, 0.0.0.0, false", "www.example.com, 198.51.100.1, false", "www.example.com, fd00::1, true",
        "www.example.com, fe80::1, true", "www.example.com, 2001:db8::1, false", "nas.lan, 192.168.1.2, false",
        "nas.home.arpa, 192.168.1.2, false", "intranet, 10.0.0.1, false", "wiki.corp.example.org, 10.0.0.1, false",
        "192-168-1-5.0123456789abcdef.plex.direct, 192.168.1.5, false", "fritz.box, 192.168.178.1, false",
        "ec2-192-0-2-7.compute-1.amazonaws.com, 172.31.0.7, false", "data.blob.core.windows.net, 10.0.0.7, false"})
    void shouldMindPrivateAddressesOfPublicNames(final String name, final String address, final boolean isAlert) {
        enricher = enricher(Set.of(), new DnsConfig(List.of(), List.of("corp.example.org"), List.of(), 1_024, 16, Duration.ZERO, 256, 64, 100, 6, 70));
        final int type = address.contains(":") ? AAAA : A;
        learn(DnsSample.query(CLIENT, RESOLVER, name, type, T0).answer(0, T0).record(name, type, 60, address));
        assertThat(taken()).hasSize(isAlert ? 1 : 0).allSatisfy(alert ->
            assertThat(alert.kind()).isEqualTo(AlertKind.PRIVATE_ADDRESS_FOR_PUBLIC_NAME));
    }

    // ---- names of neighbours

    @Test
    void shouldCatchAHostThatAnswersForEveryName() {
        enricher = enricher(Set.of());
        for (int i = 0; i < 5; i++) {
            learn(neighbour("192.0.2.66", "proxy" + i, seconds(i)));
        }
        assertThat(taken()).isEmpty();
        learn(netbios("192.0.2.66", "WPAD<00>", seconds(6)));
        assertThat(taken()).singleElement().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(AlertKind.LOCAL_NAME_SPOOFING);
            assertThat(alert.subject()).isEqualTo("192.0.2.66");
            assertThat(alert.value()).isEqualTo(6);
            assertThat(alert.text()).isEqualTo("192.0.2.66 answers for about 6 different names that its neighbours look for, the last WPAD, "
                + "asked for by 192.0.2.10");
        });
    }

    @Test
    void shouldNotMindHostsThatAnswerForTheirOwnNames() {
        enricher = enricher(Set.of());
        for (int i = 0; i < 100; i++) {
            learn(neighbour("192.0.2.20", i % 2 == 0 ? "FILES" : "files", seconds(i)));
            learn(netbios("192.0.2.20", List.of("FILES<00>", "FILES<20>", "WORKGROUP<00>", "GROUP" + i + "<1C>").get(i % 4), seconds(i)));
            learn(neighbour("192.0.2.21", "slow" + i, seconds(i * 120)));
            learn(netbios("192.0.2.22", "KNOWN" + i + "<20>", seconds(i)).flags(0x8580));
            learn(DnsSample.query(CLIENT, "192.0.2.23", "ASKED" + i + "<20>", DnsSample.NETBIOS, seconds(i)).answer(0, seconds(i))
                .mark(DnsMark.NETBIOS).record("ASKED" + i + "<20>", DnsSample.NETBIOS, 60, "192.0.2.99"));
            learn(answerAlone("192.0.2.24", "host" + i + ".local", A, DnsMark.MDNS, seconds(i)));
        }
        assertThat(taken()).isEmpty();
    }

    private static DnsSample neighbour(final String host, final String name, final long timeNs) {
        return answerAlone(host, name, A, DnsMark.LLMNR, timeNs);
    }

    private static DnsSample netbios(final String host, final String name, final long timeNs) {
        return answerAlone(host, name, DnsSample.NETBIOS, DnsMark.NETBIOS, timeNs);
    }

    private static DnsSample answerAlone(final String host, final String name, final int type, final DnsMark mark, final long timeNs) {
        return DnsSample.query(CLIENT, host, name, type, 0).answer(0, timeNs).flags(0x8500).mark(mark).record(name, type, 30, host);
    }

    // ---- all of them

    @Test
    void shouldRaiseNothingThatIsSwitchedOff() {
        enricher = enricher(Set.of(AlertKind.ROGUE_DNS_SERVER, AlertKind.DNS_TUNNEL), RESOLVER);
        web("www.example.com", "192.0.2.66", T0);
        tunnel(CLIENT, RESOLVER, 300);
        assertThat(taken()).isEmpty();
    }

    @Test
    void shouldForgetTheOldestOfTooMany() {
        for (int i = 0; i < 10_000; i++) {
            for (int query = 0; query < 8; query++) {
                learn(DnsSample.query("10.0." + i / 256 % 256 + "." + i % 256, RESOLVER, "a.example.com", A, T0).answer(3, T0));
            }
        }
        assertThat(telemetry.total(Counter.DNS_WATCHES_EVICTED)).isEqualTo(2 * (10_000 - 4_096));
        assertThat(taken()).isEmpty();
    }

    private static String random(final SplittableRandom random, final int length) {
        final StringBuilder text = new StringBuilder();
        Stream.generate(() -> BASE32.charAt(random.nextInt(BASE32.length()))).limit(length).forEach(text::append);
        return text.toString();
    }

    private void web(final String name, final String server, final long timeNs) {
        web(name, CLIENT, server, timeNs);
    }

    private void web(final String name, final String client, final String server, final long timeNs) {
        learn(DnsSample.query(client, server, name, A, timeNs).answer(0, timeNs).record(name, A, 60, "198.51.100.80"));
    }

    private void learn(final DnsSample sample) {
        enricher.onDns(sample.transaction());
    }

    private Enricher enricher(final Set<AlertKind> disabled, final String... allowed) {
        final DnsConfig defaults = DnsConfig.DEFAULT;
        return enricher(disabled, new DnsConfig(Stream.of(allowed).map(NetworkPrefix::parse).toList(), List.of(), List.of(),
            defaults.namesLimit(), defaults.namesPerClient(), defaults.staleNames(), defaults.notDnsOctets(), defaults.trailingOctets(),
            defaults.nxdomainNames(), defaults.spoofedNames(), defaults.tunnelScore()));
    }

    private Enricher enricher(final Set<AlertKind> disabled, final DnsConfig config) {
        final AlertBus bus = new AlertBus(new AlertRules(Duration.ofMinutes(10), 60, disabled), telemetry, NOPLogger.NOP_LOGGER);
        alerts = bus.subscribe(1_000);
        return new Enricher(config, FilesConfig.DEFAULT, bus, telemetry);
    }

    private List<Alert> taken() {
        final List<Alert> all = new ArrayList<>();
        for (Alert alert = alerts.poll(); alert != null; alert = alerts.poll()) {
            all.add(alert);
        }
        return all;
    }

    private static long seconds(final int seconds) {
        return T0 + TimeUnit.SECONDS.toNanos(seconds);
    }
}
