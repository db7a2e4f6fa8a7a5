package net.flowsonde.dpi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.flowsonde.config.DpiConfig;
import net.flowsonde.config.NfsLimits;
import net.flowsonde.config.SmbLimits;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.telemetry.Counter;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

class DpiDispatcherTest {
    private final EchoAnalyzer analyzer = new EchoAnalyzer();
    private final DpiFixture fixture = new DpiFixture(
        new DpiConfig(2, 1 << 20, false, false, Duration.ofSeconds(10), 1_024, List.of(), false, NfsLimits.DEFAULT, SmbLimits.DEFAULT, false, 1_024), (ring, counters) -> analyzer);

    @Test
    void shouldGiveDatagramsToTheAnalyzerThatClaimsThem() {
        fixture.udp(0, true, 4_000, 7, octets("ECHO 1")).udp(1, false, 4_000, 7, octets("anything"));
        assertThat(analyzer.seen).containsExactly("0 ECHO 1", "1 anything");
        assertThat(fixture.count(Counter.DPI_FLOWS_CLAIMED)).isEqualTo(1);
    }

    @Test
    void shouldForgetDatagramsThatNobodyClaims() {
        for (int i = 0; i < 10; i++) {
            fixture.udp(i, true, 4_000, 7, octets("other"));
        }
        assertThat(analyzer.probes).isEqualTo(3);
        assertThat(analyzer.seen).isEmpty();
    }

    @Test
    void shouldGiveAStreamInOrderFromItsStart() {
        fixture.handshake(0, 4_000, 7)
            .segment(1, true, 4_000, 7, 4, 1, octets("O 1;"))
            .segment(2, true, 4_000, 7, 1, 1, octets("ECH"))
            .segment(3, false, 4_000, 7, 1, 8, octets("reply;"));
        assertThat(analyzer.seen).containsExactly("0 ECHO 1;", "1 reply;");
        assertThat(analyzer.opened).isEqualTo(1);
    }

    @Test
    void shouldDismissAStreamThatNobodyClaims() {
        fixture.handshake(0, 4_000, 7);
        for (int i = 0; i < 10; i++) {
            fixture.segment(i, true, 4_000, 7, 1 + 6 * i, 1, octets("other;"));
        }
        assertThat(analyzer.probes).isEqualTo(1);
    }

    @Test
    void shouldWaitForTheStartOfAMessageWhereTheCaptureBeganInTheMiddle() {
        fixture.segment(1, true, 4_000, 7, 100, 1, octets("middle"))
            .segment(2, true, 4_000, 7, 106, 1, octets("ECHO 2;"));
        assertThat(analyzer.seen).containsExactly("0 ECHO 2;");
    }

    @Test
    void shouldCloseTheSessionWithTheFlow() {
        fixture.handshake(0, 4_000, 7).segment(1, true, 4_000, 7, 1, 1, octets("ECHO 1;"))
            .segment(2, true, 4_000, 7, 10, 1, octets("late;"));
        assertThat(analyzer.closed).isZero();
        fixture.close();
        assertThat(analyzer.seen).containsExactly("0 ECHO 1;", "0 late;");
        assertThat(analyzer.gaps).isEqualTo(2);
        assertThat(analyzer.closed).isEqualTo(1);
    }

    @Test
    void shouldLetGoOfTheFlowThatWasSilentForLongest() {
        for (int port = 4_000; port < 4_003; port++) {
            fixture.handshake(port, port, 7).segment(port, true, port, 7, 1, 1, octets("ECHO " + port + ";"));
        }
        assertThat(fixture.count(Counter.DPI_FLOWS_EVICTED)).isEqualTo(1);
        assertThat(analyzer.closed).isEqualTo(1);
        fixture.segment(5_000, true, 4_000, 7, 11, 1, octets("evicted;")).segment(5_001, true, 4_002, 7, 11, 1, octets("kept;"));
        assertThat(analyzer.seen).containsExactly("0 ECHO 4000;", "0 ECHO 4001;", "0 ECHO 4002;", "0 kept;");
        fixture.close();
        assertThat(analyzer.closed).isEqualTo(3);
    }

    @Test
    void shouldCloseADismissedSessionOnce() {
        fixture.handshake(0, 4_000, 7).segment(1, true, 4_000, 7, 1, 1, octets("ECHO 1;QUIT;"))
            .segment(2, true, 4_000, 7, 13, 1, octets("more;"));
        assertThat(analyzer.closed).isEqualTo(1);
        fixture.close();
        assertThat(analyzer.closed).isEqualTo(1);
        assertThat(analyzer.seen).containsExactly("0 ECHO 1;");
    }

    private static byte[] octets(final String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** Messages that end with a semicolon; the first of a flow begins with ECHO, QUIT is the last. */
    private static final class EchoAnalyzer implements ProtocolAnalyzer {
        private final List<String> seen = new ArrayList<>();
        private int probes;
        private int opened;
        private int closed;
        private long gaps;

        @Override
        public int probe(
            final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset, final int length,
            final boolean isStream) {
            probes++;
            final String text = buffer.getStringWithoutLengthAscii(offset, Math.min(4, length));
            return !"ECHO".startsWith(text) ? NO : text.length() == 4 ? YES : MAYBE;
        }

        @Override
        public int open(final FlowRecord flow, final long timestampNs) {
            return opened++;
        }

        @Override
        public void onDatagram(
            final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset, final int length, final int wireLength,
            final long timestampNs) {
            seen.add(direction + " " + buffer.getStringWithoutLengthAscii(offset, length));
        }

        @Override
        public int onStream(
            final int session, final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset, final int length,
            final long timestampNs) {
            final String text = buffer.getStringWithoutLengthAscii(offset, length);
            int done = 0;
            for (int end = text.indexOf(';'); end >= 0; end = text.indexOf(';', done)) {
                final String message = text.substring(done, end + 1);
                if (message.equals("QUIT;")) {
                    return DISMISS;
                }
                seen.add(direction + " " + message);
                done = end + 1;
            }
            return done;
        }

        @Override
        public void onGap(final int session, final FlowRecord flow, final int direction, final long octets, final long timestampNs) {
            gaps += octets;
        }

        @Override
        public void close(final int session, final long nowNs) {
            closed++;
        }

        @Override
        public void onTime(final long nowNs) {
        }

        @Override
        public void onClose(final long nowNs) {
        }
    }
}
