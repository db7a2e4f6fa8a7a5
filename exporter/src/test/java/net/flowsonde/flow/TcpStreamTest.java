package net.flowsonde.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Counts and times: retransmissions, reordering, probes, windows, round trips. */
class TcpStreamTest {
    private static final int FORWARD = FlowRecord.FORWARD;
    private static final int REVERSE = FlowRecord.REVERSE;

    private final TcpScript script = new TcpScript();
    private final TcpScript.Side client = script.client;
    private final TcpScript.Side server = script.server;
    private final FlowRecord record = script.record;

    @Test
    void shouldSplitTheRoundTripAndTimeTheResponse() {
        client.syn();
        script.after(19);
        server.synAck();
        script.after(4);
        client.ack();
        client.data(100);
        script.after(6);
        server.ack();
        server.data(100);
        script.after(100);
        client.data(100);
        server.data(100);
        assertThat(record.handshakeServerRttNs()).isEqualTo(20_000_000);
        assertThat(record.handshakeClientRttNs()).isEqualTo(5_000_000);
        assertThat(record.applicationResponseTimeNs()).isEqualTo(8_000_000);
    }

    @Test
    void shouldMeasureFromTheLastSyn() {
        client.syn();
        script.after(999);
        client.syn();
        server.synAck();
        assertThat(record.handshakeServerRttNs()).isEqualTo(1_000_000);
    }

    @Test
    void shouldNotKnowRoundTripsOfTheUnseen() {
        client.data(100);
        server.data(100);
        assertThat(record.handshakeServerRttNs()).isEqualTo(-1);
        assertThat(record.handshakeClientRttNs()).isEqualTo(-1);
    }

    @Test
    void shouldTimeResponseToTheFirstRequestWhenServerSpeaksFirst() {
        script.handshake();
        server.data(30);
        assertThat(record.applicationResponseTimeNs()).isEqualTo(-1);
        client.data(10);
        script.after(9);
        server.data(30);
        assertThat(record.applicationResponseTimeNs()).isEqualTo(10_000_000);
    }

    @Test
    void shouldTakeOptionsAndWindowOfTheHandshake() {
        client.window = 64_240;
        server.synOptions = new byte[] {2, 4, 5, (byte) 0x50, 0, 9, 9, 9};
        script.handshake();
        assertThat(record.tcpMaximumSegmentSize(FORWARD)).isEqualTo(1_460);
        assertThat(record.tcpWindowScale(FORWARD)).isEqualTo(7);
        assertThat(record.tcpMaximumSegmentSize(REVERSE)).isEqualTo(1_360);
        assertThat(record.tcpWindowScale(REVERSE)).isEqualTo(FlowRecord.NO_WINDOW_SCALE);
        assertThat(record.tcpWindowSize(FORWARD)).isEqualTo(64_240);
        assertThat(record.tcpControlBits(FORWARD)).isEqualTo(TcpFlags.SYN | TcpFlags.ACK);
    }

    @Test
    void shouldCountRetransmissions() {
        script.exchange();
        server.data(1_000);
        server.dataAt(server.next - 1_000, new byte[1_000]);
        server.dataAt(server.next - 400, new byte[400]);
        assertThat(record.tcpRetransmittedPackets(REVERSE)).isEqualTo(2);
        assertThat(record.tcpOutOfOrderPackets(REVERSE)).isZero();
        assertThat(record.payloadOctets(REVERSE)).isEqualTo(1_000 + 1_000 + 1_000 + 400);
    }

    @Test
    void shouldCountSpuriousRetransmission() {
        script.exchange();
        server.dataAt(server.next - 1_000, new byte[1_000]);
        assertThat(record.tcpRetransmittedPackets(REVERSE)).isEqualTo(1);
    }

    @Test
    void shouldCountPacketsOfARetransmittedCoalescedFrame() {
        script.exchange();
        script.wirePackets = 3;
        server.data(4_000);
        server.dataAt(server.next - 4_000, new byte[4_000]);
        assertThat(record.tcpRetransmittedPackets(REVERSE)).isEqualTo(3);
    }

    @Test
    void shouldCountSegmentThatFillsAHoleInTimeAsOutOfOrder() {
        script.exchange();
        final int hole = server.next;
        server.next += 500;
        server.data(500);
        server.dataAt(hole, new byte[500]);
        assertThat(record.tcpOutOfOrderPackets(REVERSE)).isEqualTo(1);
        assertThat(record.tcpRetransmittedPackets(REVERSE)).isZero();
        server.dataAt(hole, new byte[500]);
        assertThat(record.tcpRetransmittedPackets(REVERSE)).as("the hole is filled").isEqualTo(1);
    }

    @Test
    void shouldCountSegmentThatFillsAHoleLaterAsRetransmitted() {
        script.exchange();
        final int hole = server.next;
        server.next += 500;
        server.data(500);
        script.after(3);
        server.data(500);
        server.dataAt(hole, new byte[500]);
        assertThat(record.tcpOutOfOrderPackets(REVERSE)).isZero();
        assertThat(record.tcpRetransmittedPackets(REVERSE)).isEqualTo(1);
    }

    @Test
    void shouldNotCountKeepAlives() {
        script.exchange();
        script.after(5_000);
        client.dataAt(client.next - 1, new byte[1]);
        server.ack();
        client.dataAt(client.next - 1, new byte[0]);
        server.ack();
        assertThat(record.tcpRetransmittedPackets(FORWARD)).isZero();
        client.rst();
        assertThat(record.tcpIdleBeforeTeardownMs()).as("probes are no payload").isEqualTo(5_006);
        assertThat(script.reason()).isEqualTo(TcpTeardownReason.RST_IDLE_BY_CLIENT);
    }

    @Test
    void shouldCountOneOctetThatWasNotAcknowledgedAsRetransmitted() {
        script.exchange();
        client.data(1);
        client.dataAt(client.next - 1, new byte[1]);
        assertThat(record.tcpRetransmittedPackets(FORWARD)).isEqualTo(1);
    }

    @Test
    void shouldNotCountZeroWindowProbes() {
        script.exchange();
        client.window = 0;
        client.ack();
        server.dataAt(server.next, new byte[1]);
        server.dataAt(server.next, new byte[1]);
        client.ack();
        assertThat(record.tcpRetransmittedPackets(REVERSE)).isZero();
        assertThat(record.tcpZeroWindowPackets(FORWARD)).isEqualTo(2);
        server.next++;
        client.window = 60_000;
        client.ack();
        server.data(100);
        client.ack();
        assertThat(script.evidence()).as("the probe's octet was not lost").isEmpty();
        assertThat(record.tcpRetransmittedPackets(REVERSE)).isZero();
    }

    @Test
    void shouldNotCountZeroWindowOfSynFinOrRst() {
        client.window = 0;
        client.syn();
        server.synAck();
        client.fin();
        client.rst();
        assertThat(record.tcpZeroWindowPackets(FORWARD)).isZero();
    }

    @Test
    void shouldWrapAroundSequenceNumbers() {
        client.startAt(-51);
        server.startAt(0x7FFF_FFFF - 500);
        script.exchange();
        client.data(100);
        server.data(1_000);
        server.dataAt(server.next - 1_000, new byte[1_000]);
        client.ack();
        assertThat(record.tcpRetransmittedPackets(REVERSE)).isEqualTo(1);
        assertThat(record.tcpRetransmittedPackets(FORWARD)).isZero();
        server.data(70);
        client.bareRst(client.next);
        script.end();
        assertThat(record.tcpUnackedOctets(REVERSE)).isEqualTo(70);
        assertThat(script.evidence()).isEmpty();
    }

    @Test
    void shouldCountFastOpenPayload() {
        client.syn(new byte[40]);
        server.synAck();
        client.ack();
        server.data(100);
        client.ack();
        assertThat(record.applicationResponseTimeNs()).isEqualTo(3_000_000);
        assertThat(record.tcpRetransmittedPackets(FORWARD)).isZero();
        client.rst();
        script.end();
        assertThat(script.reason()).isEqualTo(TcpTeardownReason.RST_AFTER_RESPONSE_BY_CLIENT);
        assertThat(record.tcpUnackedOctets(FORWARD)).isZero();
    }

    @Test
    void shouldNotCountFastOpenPayloadThatServerIgnoredAsAcknowledged() {
        client.syn(new byte[40]);
        server.acking(client.isn + 1).synAck();
        client.bareRst(client.next);
        script.end();
        assertThat(record.tcpUnackedOctets(FORWARD)).isEqualTo(40);
    }

    @Test
    void shouldNotCountFinAndSynAsOutstandingPayload() {
        client.syn();
        script.end();
        assertThat(record.tcpUnackedOctets(FORWARD)).isZero();

        final TcpScript other = new TcpScript().exchange();
        other.client.fin();
        other.end();
        assertThat(other.record.tcpUnackedOctets(FORWARD)).isZero();
    }

    @Test
    void shouldTakeLateFinBackWhenItsSideGoesOn() {
        script.exchange();
        client.fin();
        server.fin();
        client.next += 1_000;
        client.data(100);
        assertThat(script.status).as("that FIN was not the client's").isEqualTo(TcpTracker.CONTINUE);
    }

    @Test
    void shouldClearCountsOfARecordAndKeepFactsOfTheConnection() {
        script.exchange();
        server.dataAt(server.next - 1_000, new byte[1_000]);
        script.end(TcpScript.ACTIVE_TIMEOUT).exported();
        assertThat(record.tcpRetransmittedPackets(REVERSE)).isZero();
        assertThat(record.payloadOctets(REVERSE)).isZero();
        assertThat(record.tcpControlBits(FORWARD)).isZero();
        assertThat(record.handshakeServerRttNs()).isEqualTo(1_000_000);
        assertThat(record.tcpMaximumSegmentSize(FORWARD)).isEqualTo(1_460);
        client.fin();
        server.fin();
        script.end();
        assertThat(script.reason()).isEqualTo(TcpTeardownReason.FIN_BY_CLIENT);
    }

    @Test
    void shouldExplainLateEndAfterAnIdleRecord() {
        script.exchange().end().exported();
        assertThat(script.reason()).isEqualTo(TcpTeardownReason.IDLE_ESTABLISHED);
        script.after(60_000);
        server.rst();
        script.end();
        assertThat(script.reason()).isEqualTo(TcpTeardownReason.RST_IDLE_BY_SERVER);
    }

    @Test
    void shouldWriteHistoryAndStopWhenItIsFull() {
        script.exchange();
        server.dataAt(server.next - 1_000, new byte[1_000]);
        client.window = 0;
        client.ack();
        for (int i = 0; i < 12; i++) {
            server.rstAt(server.next - 300);
        }
        assertThat(script.history()).isEqualTo("ShADdtWrrrrrrrrr").hasSize(FlowRecord.HISTORY_CAPACITY);
    }

    @Test
    void shouldSurviveOptionsThatDoNotAddUp() {
        client.synOptions = new byte[] {2, 4, 5, (byte) 0xB4, 3, 9, 1, 1};
        client.syn();
        assertThat(record.tcpMaximumSegmentSize(FORWARD)).isEqualTo(1_460);
        assertThat(record.tcpWindowScale(FORWARD)).isEqualTo(FlowRecord.NO_WINDOW_SCALE);
        client.synOptions = new byte[] {2, 0, 3, 0};
        client.startAt(1).syn();
        assertThat(record.tcpMaximumSegmentSize(FORWARD)).isZero();
    }
}
