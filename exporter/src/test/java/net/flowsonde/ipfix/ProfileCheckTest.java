package net.flowsonde.ipfix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.flowsonde.config.ConfigReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An operator's own profile, which is refused where the collector of its base is known to choke, and why. */
class ProfileCheckTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "nfdump    | rename | packetDeltaCount=29305:6 | packetDeltaCount (29305:6, 8 octets): nfcapd takes other elements",
        "nfdump    | rename | serverName=65536:8 | serverName (65536:8): nfcapd keeps 16 bits of an enterprise number",
        "nfdump    | rename | dnsMessage=72407:18 | dnsMessage (72407:18): nfcapd keeps 16 bits of an enterprise number",
        "nfdump    | add    | dns.dnsRecordList | dnsRecordList (32473:291): nfcapd drops the rest of a set behind a list",
        "nfdump    | add    | flowSummary | flowSummary: needs an id of 1 to 32767",
        "pmacct    | rename | tcpControlBits=0:6/2 | tcpControlBits (0:6, 2 octets): nfacctd 1.7.7 reads flags of two octets as 0",
        "pmacct    | rename | serverName=6871:371 | nfacctd finds only the first of two elements with one number",
        "pmacct    | rename | serverName=6871:700/200 | serverName (6871:700, 200 octets): nfacctd loses its place",
        "pmacct    | rename | serverName=0:370 | serverName (0:370): nfacctd 1.7.7 shows a text of variable length",
        "goflow2   | rename | octetDeltaCount=0:85 | octetDeltaCount (0:85, 8 octets): goflow2 does not read totals",
        "goflow2   | rename | octetDeltaCount=0:23 | octetDeltaCount (0:23, 8 octets): goflow2 does not read totals",
        "goflow2   | rename | sourceTransportPort=0:180 | sourceTransportPort (0:180, 2 octets): goflow2 does not read the ports",
        "telegraf  | rename | octetDeltaCount=0:1/3 | octetDeltaCount (0:1, 3 octets): Telegraf reads numbers of",
        "telegraf  | add    | dns.dnsRecordList | dnsRecordList (32473:291): Telegraf leaves lists out",
        "logstash  | rename | userName=35632:491 | userName (35632:491): the codec rejects a whole template",
        "logstash  | rename | userName=0:457 | userName (0:457): the codec rejects a whole template",
        "logstash  | rename | minimumTTL=6871:14 | minimumTTL (6871:14, 1 octets): the codec has another type",
        "silk      | rename | serverName=9999:7 | serverName (9999:7): libfixbuf keeps enterprise 9999",
        "wireshark | rename | serverName=9:12235 | serverName (9:12235): Wireshark takes the first six octets",
        "v9        | rename | serverName=6871:1 | serverName (6871:1): NetFlow v9 has no enterprise numbers",
        "native    | rename | serverName=0:8 | serverName (0:8): a template must not have an element twice",
        "native    | rename | serverName=0:40000 | serverName: needs an id of 1 to 32767"})
    void shouldRefuseWhatTheCollectorOfTheBaseChokesOn(
        final String base, final String change, final String field, final String complaint) throws Exception {
        assertThat(problems(base, "udp://192.0.2.1", change, field)).anySatisfy(problem ->
            assertThat(problem).startsWith("export.profiles[0]").contains(complaint).endsWith("(profiles.yaml:3)"));
    }

    @ParameterizedTest
    @CsvSource({"nfdump, tcp", "pmacct, tcp", "goflow2, tcp", "telegraf, tls", "logstash, tcp", "ipfixcol2, tls", "v9, tcp"})
    void shouldRefuseATransportThatTheCollectorDoesNotListenOn(final String profile, final String scheme) throws Exception {
        assertThat(problems(profile, scheme + "://192.0.2.1", "drop", "flowEndNanoseconds")).singleElement().asString()
            .startsWith("collector " + scheme + "://192.0.2.1").contains("with profile mine: " + scheme + ": ");
    }

    @Test
    void shouldTakeWhatTheCollectorCanTake() throws Exception {
        assertThat(problems("nfdump", "udp://192.0.2.1", "drop", "dnsMessage")).isEmpty();
        assertThat(problems("nfdump", "udp://192.0.2.1", "rename", "serverName=32473:700")).isEmpty();
        assertThat(problems("logstash", "udp://192.0.2.1", "add", "tcpTeardownReason")).as("once our definitions are loaded").isEmpty();
        assertThat(problems("pmacct", "udp://192.0.2.1", "rename", "serverName=0:370/64")).isEmpty();
    }

    private List<String> problems(final String base, final String uri, final String change, final String field) throws Exception {
        final Path file = Files.writeString(directory.resolve("profiles.yaml"), """
            export:
              profiles:
                - {name: mine, base: %s, %s: ["%s"]}
            collectors: [{uri: "%s", profile: mine}]
            """.formatted(base, change, field, uri));
        return ProfileCheck.problems(ConfigReader.read(file)).stream()
            .map(problem -> problem.replace(file.toString(), "profiles.yaml")).toList();
    }
}
