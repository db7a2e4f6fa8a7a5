package net.flowsonde.dpi;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.flowsonde.config.DpiConfig;
import net.flowsonde.dpi.dns.DnsAnalyzer;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.RecordRing;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalledNamesTest {
    private static final String NAME = "www.example.com";

    private final CalledNames names = new CalledNames();

    @Test
    void shouldReadTheNameInAClientHello() {
        assertThat(hash(TlsSample.clientHello(NAME))).isEqualTo(of(CalledNames.TLS, NAME));
        assertThat(hash(TlsSample.clientHello("WWW.Example.COM."))).isEqualTo(of(CalledNames.TLS, NAME));
        assertThat(hash(TlsSample.clientHello("www.example.org"))).isNotEqualTo(of(CalledNames.TLS, NAME)).isNotZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n", "POST /a HTTP/1.1\r\nAccept: */*\r\nHOST:\t WWW.EXAMPLE.COM:8080\r\n",
        "OPTIONS * HTTP/1.1\nhost:www.example.com\n"})
    void shouldReadTheHostOfARequest(final String request) {
        assertThat(hash(request.getBytes(US_ASCII))).isEqualTo(of(CalledNames.HTTP, NAME));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "G", "GET / HTTP/1.1\r\nHost: www.exam", "GET / HTTP/1.1\r\nHost:\r\n", "GET / HTTP/1.1\r\nGhost: www.example.com\r\n\r\n",
        "HTTP/1.1 200 OK\r\nHost: www.example.com\r\n", "NOMETHODATALL / HTTP/1.1\r\nHost: www.example.com\r\n", "get / HTTP/1.1\r\nHost: a\r\n",
        "GET / HTTP/1.1\r\nX: Host: www.example.com\r\n\r\n"})
    void shouldFindNoNameWhereThereIsNone(final String payload) {
        assertThat(hash(payload.getBytes(US_ASCII))).isZero();
    }

    @Test
    void shouldTakeNoPartOfANameThatIsCut() {
        final byte[] hello = TlsSample.clientHello(NAME);
        for (int length = 0; length < hello.length; length++) {
            assertThat(hash(Arrays.copyOf(hello, length))).isZero();
        }
    }

    @Test
    void shouldNotReadOutsideOfWhatItIsGiven() {
        final SplittableRandom random = new SplittableRandom(9);
        final byte[][] seeds = {TlsSample.clientHello(NAME), "GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n".getBytes(US_ASCII)};
        for (int i = 0; i < 200_000; i++) {
            final byte[] octets = Arrays.copyOf(seeds[i & 1], random.nextInt(seeds[i & 1].length + 1));
            for (int change = random.nextInt(4); change > 0 && octets.length > 0; change--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            hash(octets);
        }
    }

    @Test
    void shouldKeepTheNameInTheRecordOfTheFlow() {
        assertThat(ofFlow(DpiConfig.DEFAULT, true)).isEqualTo(of(CalledNames.TLS, NAME));
        assertThat(ofFlow(DpiConfig.DEFAULT, false)).as("sent by the server").isZero();
    }

    private static int ofFlow(final DpiConfig config, final boolean isFromClient) {
        final DpiFixture packets = new DpiFixture(config, (ring, counters) -> new DnsAnalyzer(config, ring, counters));
        packets.handshake(0, 40_000, 8_443).segment(1, isFromClient, 40_000, 8_443, 1, 1, TlsSample.clientHello(NAME)).close();
        return new FlowRecord().wrap(packets.take(RecordRing.FLOW_RECORD).get(0).record(), 0).calledNameHash();
    }

    private int hash(final byte[] octets) {
        return names.hash(new UnsafeBuffer(octets), 0, octets.length);
    }

    private static int of(final int kind, final String name) {
        return CalledNames.hash(kind, new UnsafeBuffer(name.getBytes(US_ASCII)), 0, name.length());
    }
}
