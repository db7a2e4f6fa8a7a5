package net.flowsonde.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The closing-octets rule: what may be left unacknowledged without the user having missed anything. */
class TcpImpactTest {
    private static final byte[] TLS_ALERT = tls(21, 26);
    private static final byte[] TLS_SHORT = tls(23, 64);
    private static final byte[] TLS_LONG = tls(23, 65);

    private final TcpScript script = new TcpScript().exchange();
    private final TcpScript.Side client = script.client;
    private final TcpScript.Side server = script.server;

    private static byte[] tls(final int type, final int length) {
        final byte[] record = new byte[5 + length];
        record[0] = (byte) type;
        record[1] = 3;
        record[2] = 3;
        record[3] = (byte) (length >> 8);
        record[4] = (byte) length;
        return record;
    }

    private TcpTeardownImpact closeAgainst(final byte[] tail) {
        client.fin();
        server.data(tail);
        client.bareRst(client.next);
        script.end();
        assertThat(script.reason()).isEqualTo(TcpTeardownReason.RST_BY_CLOSER_AFTER_FIN);
        return script.impact();
    }

    private boolean isGuessed() {
        return script.record.hasFlag(FlowRecord.FLAG_CLOSING_OCTETS_GUESSED);
    }

    @Test
    void shouldTakeTlsAlertForFarewell() {
        assertThat(closeAgainst(TLS_ALERT)).isEqualTo(TcpTeardownImpact.COMPLETE);
        assertThat(isGuessed()).isFalse();
    }

    @Test
    void shouldTakeShortTlsRecordForFarewell() {
        assertThat(closeAgainst(TLS_SHORT)).isEqualTo(TcpTeardownImpact.COMPLETE);
        assertThat(isGuessed()).isFalse();
    }

    @Test
    void shouldNotTakeLongerTlsRecordForFarewell() {
        assertThat(closeAgainst(TLS_LONG)).isEqualTo(TcpTeardownImpact.TRUNCATED);
    }

    @Test
    void shouldTakeReply221ForFarewell() {
        assertThat(closeAgainst(SegmentWriter.text("221 2.0.0 example.net Service closing transmission channel, please call again soon\r\n")))
            .isEqualTo(TcpTeardownImpact.COMPLETE);
        assertThat(isGuessed()).isFalse();
    }

    @Test
    void shouldGuessBySizeWhatIsNotRecognised() {
        assertThat(closeAgainst(new byte[64])).isEqualTo(TcpTeardownImpact.COMPLETE);
        assertThat(isGuessed()).isTrue();
    }

    @Test
    void shouldCallMoreThanThatTruncated() {
        assertThat(closeAgainst(new byte[65])).isEqualTo(TcpTeardownImpact.TRUNCATED);
        assertThat(isGuessed()).isFalse();
    }

    @Test
    void shouldCallFarewellAfterOtherOctetsTruncated() {
        server.data(2_000);
        assertThat(closeAgainst(TLS_ALERT)).as("the response was not acknowledged either").isEqualTo(TcpTeardownImpact.COMPLETE);
        // the FIN acknowledged the 2,000 octets; now without that
        final TcpScript other = new TcpScript().exchange();
        final int missing = other.server.next;
        other.server.data(2_000);
        other.client.acking(missing).fin();
        other.server.data(TLS_ALERT);
        other.client.bareRst(other.client.next);
        other.end();
        assertThat(other.impact()).isEqualTo(TcpTeardownImpact.TRUNCATED);
        assertThat(other.record.tcpUnackedOctets(FlowRecord.REVERSE)).isEqualTo(2_000 + TLS_ALERT.length);
    }

    @Test
    void shouldJudgeFinAnsweredByRstByWhatTheCloserHadUnderWay() {
        client.data(TLS_ALERT);
        client.fin();
        server.bareRst(server.next);
        script.end();
        assertThat(script.reason()).isEqualTo(TcpTeardownReason.FIN_ANSWERED_BY_RST);
        assertThat(script.impact()).isEqualTo(TcpTeardownImpact.COMPLETE);
    }

    @Test
    void shouldNotJudgeWhenSequenceNumbersAreBad() {
        final TcpScript other = new TcpScript();
        other.client.window = 1_000;
        other.client.synOptions = new byte[0];
        other.exchange();
        other.client.fin();
        other.server.data(900);
        other.server.data(900);
        other.client.bareRst(other.client.next);
        other.end();
        assertThat(other.reason()).isEqualTo(TcpTeardownReason.RST_BY_CLOSER_AFTER_FIN);
        assertThat(other.impact()).isEqualTo(TcpTeardownImpact.UNKNOWN);
    }
}
