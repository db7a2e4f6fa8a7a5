package net.flowsonde.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds what the demo capture shows, so that {@code make-demo-capture} cannot lose a part of it unseen. */
class DemoCaptureTest {
    private static final Path CAPTURE = Path.of("demo", "demo.pcap");
    private static final long MOST_OCTETS = 2_000_000;

    private static List<String> lines;

    @BeforeAll
    static void replay() throws InterruptedException {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exitCode = new Replay(
            DemoCommand.CONFIG, List.of(CAPTURE), false, new PrintWriter(out, true), new PrintWriter(err, true)).toTable();
        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isEqualTo(Flowsonde.DONE);
        // a pair of addresses that is too long for its columns has a line of its own, above the rest of its row
        lines = out.toString().replaceAll("(?m)^( +\\S+ -> .*)\\R", "$1 ").lines().toList();
    }

    @ParameterizedTest
    @CsvSource({
        "backup.example.org:80, syn unanswered,           '?',     refused",
        "www.example.com:81, syn refused rst,          server,  refused",
        "payroll.example.org:80, syn refused icmp,         network, refused",
        "app.example.com:5432, rst no data,              server,  refused",
        "app.example.com:9001, rst no data,              client,  no user",
        "app.example.com:8080, rst request unanswered,   server,  unanswered",
        "app.example.com:9000, rst request unanswered,   client,  unanswered",
        "app.example.com:8000, rst mid transfer,         server,  truncated",
        "www.example.com:80, rst mid transfer,         client,  truncated",
        "app.example.com:8090, rst idle,                 server,  complete",
        "app.example.com:9001, rst idle,                 client,  complete",
        "app.example.com:9001, rst after response,       client,  complete",
        "app.example.com:9003, rst zero window,          server,  truncated",
        "app.example.com:9004, rst after retransmission, server,  truncated",
        "app.example.com:9000, rst by closer after fin,  client,  complete",
        "app.example.com:9007, fin answered by rst,      server,  complete",
        "app.example.com:9002, fin simultaneous,         both,    complete",
        "app.example.com:9005, fin half closed,          client,  '?'",
        "app.example.com:9001, idle established,         '?',     '?'",
        "www.example.com:80, fin,                      server,  complete",
        "www.example.com:80, fin,                      client,  complete",
        "[2001:db8:20::80]:80, fin,                  client,  complete"})
    void shouldHoldEveryKindOfTcpEnd(final String server, final String end, final String initiator, final String impact) {
        assertThat(lines).anyMatch(line -> line.matches(
            ".* " + Pattern.quote(server) + "\\b.* " + end + " +" + Pattern.quote(initiator) + " +" + Pattern.quote(impact) + " *"));
    }

    @ParameterizedTest
    @CsvSource({
        "10.20.0.53:53/udp, dns", "www.example.com:80, http", "www.example.com:443, https", "files.example.com:445, smb", "archive.example.com:2049, nfs",
        "archive.example.com:111, rpcbind", "10.20.0.1, icmp echo"})
    void shouldHoldEveryProtocolOfTheDemo(final String server, final String service) {
        assertThat(lines).anyMatch(line -> line.contains(server + " " + service) && line.matches(".* [1-9]\\d*/[1-9]\\d* .*"));
    }

    @Test
    void shouldHoldALookupThatNobodyAnswers() {
        assertThat(lines).anyMatch(line -> line.matches(".* 10\\.20\\.0\\.66:53/udp dns +1/0 .*"));
    }

    @Test
    void shouldCatchTheServerThatNobodyHasAllowed() {
        assertThat(lines.stream().filter(line -> line.contains(" alert "))).singleElement().asString().endsWith(" alert rogue-dns-server: "
            + "10.20.0.67 answers DNS queries and is not in dns.allowed-servers; it told 10.20.0.102 about www.example.com");
    }

    @Test
    void shouldHoldTheNamesFilesAndUsersThatTheDemoTellsOf() throws IOException {
        final String bytes = Files.readString(CAPTURE, StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains("\3www\7example\3com", "GET /picture.png HTTP/1.1", "minutes.txt");
        assertThat(bytes).contains(wide("report-2026.docx"), wide("draft.txt"), wide("anna"), wide("bruno"));
    }

    /** As SMB writes text: UTF-16LE. */
    private static String wide(final String text) {
        return new String(text.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldStaySmall() throws IOException {
        assertThat(Files.size(CAPTURE)).isLessThan(MOST_OCTETS);
    }

    @Test
    void shouldAccountForEveryPacket() {
        assertThat(lines).anyMatch(line -> line.matches("sums +add up"));
    }
}
