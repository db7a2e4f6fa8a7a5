package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/**
 * IPFIX by TLS with certificates on both sides, and all that must be refused, with a line and a count. What is refused waits for most of
 * its time, until the exporter gives up, so that these tests run at once.
 */
@Timeout(120)
class TlsEndToEndTest {
    private static final int FLOWS = 2_000;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final List<String> ONLY_TLS_1_2 = List.of("env", "JAVA_TOOL_OPTIONS=-Djdk.tls.server.protocols=TLSv1.2");

    private static Traffic traffic;

    @TempDir
    private Path directory;

    private TestCertificates certificates;

    @BeforeAll
    static void generate(@TempDir final Path shared) throws Exception {
        traffic = Traffic.generate(shared.resolve("traffic.pcap"), 20_000, FLOWS);
    }

    @BeforeEach
    void prepare() throws Exception {
        certificates = new TestCertificates(Files.createDirectory(directory.resolve("pki")));
        certificates.make("server", 30, "");
        certificates.make("client", 30, "secret");
    }

    @Test
    void shouldExportByTlsWithCertificatesOnBothSides() throws Exception {
        try (CollectorProcess collector = collector("server"); Exporter exporter = export(collector.address(), "client", authority(), "tls1.3")) {
            exporter.assertSuccess();
            collector.terminate();
            assertThat(collector.exitCode()).as(collector.err()).isZero();
            assertThat(collector.sum("records")).isEqualTo(FLOWS);
            assertThat(exporter.account("exported")).isEqualTo(FLOWS);
        }
    }

    @Test
    void shouldSpeakTls12WhereTheCollectorSpeaksNoOther() throws Exception {
        try (CollectorProcess collector = collector(ONLY_TLS_1_2, "server");
            Exporter exporter = export(collector.address(), "client", authority(), "tls1.2")) {
            exporter.assertSuccess();
            collector.terminate();
            assertThat(collector.sum("records")).isEqualTo(FLOWS);
        }
    }

    @Test
    @Execution(CONCURRENT)
    void shouldRefuseTls12WhereMoreIsAskedFor() throws Exception {
        try (CollectorProcess collector = collector(ONLY_TLS_1_2, "server");
            Exporter exporter = export(collector.address(), "client", authority(), "tls1.3")) {
            assertRefused(exporter, "TLS refused: the collector refused us: protocol version");
            collector.terminate();
            assertThat(collector.sum("records")).isZero();
        }
    }

    @Test
    @Execution(CONCURRENT)
    void shouldTakeUpACertificateThatIsRenewedOnDiskWhileItRuns() throws Exception {
        certificates.make("client", -1, "secret");
        try (CollectorProcess collector = collector("server"); Exporter exporter = Exporter.start(
            directory, "replay", "-", "--config", config(collector.address(), "client", authority(), "tls1.3", "log: {level: info}\n"))) {
            exporter.awaitError("TLS refused: the collector refused us");
            certificates.make("client", 30, "secret");
            exporter.awaitError("certificates were read again");
            Files.copy(traffic.capture(), exporter.input());
            exporter.awaitError("answers again");
            exporter.input().close();
            exporter.awaitEnd();
            exporter.assertSuccess();
            collector.terminate();
            assertThat(collector.sum("records")).isEqualTo(FLOWS);
            assertThat(exporter.out() + exporter.err()).contains("times that certificates");
        }
    }

    @Test
    @Execution(CONCURRENT)
    void shouldRefuseACollectorWhoseCertificateHasExpired() throws Exception {
        certificates.make("expired", -1, "");
        try (CollectorProcess collector = collector("expired"); Exporter exporter = export(collector.address(), "client", authority(), "tls1.2")) {
            assertRefused(exporter, "TLS refused: the collector's certificate has expired");
        }
    }

    @Test
    @Execution(CONCURRENT)
    void shouldRefuseACollectorOfAnotherAuthority() throws Exception {
        final TestCertificates others = new TestCertificates(Files.createDirectory(directory.resolve("others")));
        try (CollectorProcess collector = collector("server");
            Exporter exporter = export(collector.address(), "client", others.authority(), "tls1.2")) {
            assertRefused(exporter, "TLS refused: the collector's certificate is not from an authority that we trust");
        }
    }

    @Test
    @Execution(CONCURRENT)
    void shouldRefuseACollectorWithAnotherName() throws Exception {
        try (CollectorProcess collector = collector("server"); Exporter exporter = Exporter.run(
            directory, "replay", traffic.capture(), "--config",
            config(collector.address(), "client", authority(), "tls1.2", "      server-name: elsewhere.example\n"))) {
            assertRefused(exporter, "TLS refused: the collector's certificate has another name");
        }
    }

    @Test
    @Execution(CONCURRENT)
    void shouldBeRefusedWithACertificateThatHasExpired() throws Exception {
        certificates.make("client", -1, "secret");
        try (CollectorProcess collector = collector("server"); Exporter exporter = export(collector.address(), "client", authority(), "tls1.3")) {
            assertRefused(exporter, "TLS refused: the collector refused us");
            assertThat(collector.err()).contains("collector: refused");
            collector.terminate();
            assertThat(collector.sum("records")).isZero();
        }
    }

    @Test
    @Execution(CONCURRENT)
    void shouldNotTakeAPlainCollectorForOneWithTls() throws Exception {
        try (Collecting plain = new Collecting("tcp://127.0.0.1:0"); Exporter exporter = export(
            plain.address().replace("tcp", "tls"), "client", authority(), "tls1.2")) {
            assertRefused(exporter, "TLS refused: the collector ended the connection before TLS was agreed on");
            assertThat(plain.records()).isZero();
        }
    }

    @Test
    @Execution(CONCURRENT)
    void shouldRefuseAPlainSenderAtATlsPort() throws Exception {
        try (CollectorProcess collector = collector("server")) {
            try (Exporter exporter = Exporter.run(
                directory, "replay", traffic.capture(), "--collector", collector.address().replace("tls", "tcp"))) {
                assertRefused(exporter, "TLS refused: the collector speaks TLS there");
            }
            final URI address = URI.create(collector.address());
            try (Socket plain = new Socket(address.getHost(), address.getPort())) {
                plain.getOutputStream().write("no TLS here".getBytes(StandardCharsets.US_ASCII));
                plain.getInputStream().readAllBytes();
            } catch (final IOException reset) {
                // as it should be
            }
            await().atMost(LIMIT).until(() -> collector.err().contains("collector: refused"));
            collector.terminate();
            assertThat(collector.sum("records")).isZero();
        }
    }

    @Test
    void shouldNameACertificateThatIsNotThere() throws Exception {
        try (Exporter exporter = export("tls://127.0.0.1:4740", "nobody", authority(), "tls1.2")) {
            assertThat(exporter.err()).contains("tls.certificate").contains("nobody.pem: there is no such file").doesNotContain("\tat ");
            assertThat(exporter.exitCode()).isEqualTo(1);
        }
    }

    private Path authority() {
        return certificates.authority();
    }

    private CollectorProcess collector(final String certificate) throws IOException {
        return collector(List.of(), certificate);
    }

    private CollectorProcess collector(final List<String> prefix, final String certificate) throws IOException {
        return new CollectorProcess(directory, prefix, "--summary", "--certificate", certificates.certificate(certificate).toString(),
            "--key", certificates.key(certificate).toString(), "--trusted-certificates", certificates.authority().toString(),
            "tls://127.0.0.1:0");
    }

    private Exporter export(final String address, final String client, final Path trusted, final String version) throws IOException {
        return Exporter.run(directory, "replay", traffic.capture(), "--config", config(address, client, trusted, version, ""));
    }

    private Path config(final String address, final String client, final Path trusted, final String version, final String more)
        throws IOException {
        final Path password = Files.writeString(directory.resolve("password"), "secret\n");
        return Files.writeString(directory.resolve("tls.yaml"), """
            collectors:
              - uri: %s
                tls:
                  certificate: %s
                  key: %s
                  key-password-file: %s
                  trusted-certificates: %s
                  minimum-version: %s
            """.formatted(address, certificates.certificate(client), certificates.key(client), password, trusted, version) + more);
    }

    private static void assertRefused(final Exporter exporter, final String line) {
        assertThat(exporter.err()).containsOnlyOnce(line).doesNotContain("\tat ", "DO NOT add up");
        assertThat(exporter.exitCode()).isEqualTo(1);
        assertThat(exporter.account("exported")).isZero();
        assertThat(exporter.account("dropped")).isEqualTo(FLOWS);
        assertThat(exporter.out() + exporter.err()).contains("sessions that TLS refused");
    }
}
