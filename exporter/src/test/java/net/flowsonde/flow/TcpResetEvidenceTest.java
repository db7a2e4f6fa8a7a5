package net.flowsonde.flow;

import static net.flowsonde.flow.TcpResetEvidence.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every evidence bit, and when it makes a third party suspected. */
class TcpResetEvidenceTest {
    private static final byte[] TIMESTAMPS = {1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 1};

    private final TcpScript script = new TcpScript();
    private final TcpScript.Side client = script.client;
    private final TcpScript.Side server = script.server;

    private TcpTeardownInitiator initiator() {
        return TcpTeardownInitiator.of(script.record.tcpTeardownInitiator());
    }

    @Test
    void shouldHaveFrozenBits() {
        assertThat(Arrays.stream(values()).mapToInt(TcpResetEvidence::mask).toArray())
            .isEqualTo(IntStream.rangeClosed(0, 16).map(bit -> 1 << bit).toArray());
    }

    @Test
    void shouldForgetResetWhenItsSideGoesOnWithPayload() {
        script.exchange();
        server.rst();
        assertThat(script.status).isEqualTo(TcpTracker.ENDED);
        server.data(500);
        assertThat(script.status).isEqualTo(TcpTracker.CONTINUE);
        client.ack();
        client.fin();
        server.fin();
        script.end();
        assertThat(script.reason()).isEqualTo(TcpTeardownReason.FIN_BY_CLIENT);
        assertThat(script.evidence()).contains(ALIVE_AFTER_RST);
    }

    @Test
    void shouldForgetResetWhenItsSideGoesOnWithNewAcknowledgment() {
        script.exchange();
        server.rst();
        client.data(100);
        server.ack();
        assertThat(script.status).isEqualTo(TcpTracker.CONTINUE);
        script.end();
        assertThat(script.reason()).isEqualTo(TcpTeardownReason.IDLE_ESTABLISHED);
        assertThat(script.evidence()).containsExactly(ALIVE_AFTER_RST);
    }

    @Test
    void shouldNotTakeWhatWasUnderWayForLife() {
        script.exchange();
        server.data(500);
        server.rst();
        server.dataAt(server.next - 500, new byte[500]);
        client.data(20);
        client.ack();
        assertThat(script.status).isEqualTo(TcpTracker.ENDED);
        script.end();
        assertThat(script.evidence()).isEmpty();
        assertThat(script.reason()).isEqualTo(TcpTeardownReason.RST_MID_TRANSFER_BY_SERVER);
    }

    @Test
    void shouldSeeForeignTtl() {
        script.exchange();
        server.ttl = 55;
        server.rst();
        script.end();
        assertThat(script.evidence()).containsExactly(TTL_DEV);
        assertThat(initiator()).as("one bit is not enough").isEqualTo(TcpTeardownInitiator.SERVER);
        assertThat(script.record.tcpTtlRst(FlowRecord.REVERSE)).isEqualTo(55);
    }

    @Test
    void shouldAllowTtlThatDiffersByOne() {
        script.exchange();
        server.ttl = 56;
        server.rst();
        script.end();
        assertThat(script.evidence()).isEmpty();
    }

    @Test
    void shouldJudgeTtlAtTheEnd() {
        script.exchange();
        server.ttl = 120;
        server.rst();
        script.nowNs -= 1;
        server.ttl = 119;
        server.ack();
        script.end();
        assertThat(script.evidence()).as("packets after the reset had that TTL too").isEmpty();
    }

    @Test
    void shouldSeeStaleSequence() {
        script.exchange();
        server.rstAt(server.next - 500);
        assertThat(script.status).as("counted, but no end").isEqualTo(TcpTracker.CONTINUE);
        script.end();
        assertThat(script.evidence()).containsExactly(STALE_SEQ);
        assertThat(script.record.tcpRstCount(FlowRecord.REVERSE)).isEqualTo(1);
        assertThat(script.reason()).isEqualTo(TcpTeardownReason.IDLE_ESTABLISHED);
    }

    @Test
    void shouldNotCallRecentAcknowledgmentStale() {
        script.handshake();
        client.data(100);
        server.data(400);
        client.ack();
        server.data(400);
        client.acking(server.next - 400).data(10);
        server.bareRst(server.next - 400);
        script.end();
        assertThat(script.evidence()).isEmpty();
    }

    @Test
    void shouldSeeSequenceAhead() {
        script.exchange();
        server.rstAt(server.next + 1_460);
        script.end();
        assertThat(script.evidence()).containsExactly(SEQ_AHEAD);
        assertThat(script.reason()).as("in the window").isEqualTo(TcpTeardownReason.RST_AFTER_RESPONSE_BY_SERVER);
    }

    @Test
    void shouldNotEndByResetBeyondTheWindow() {
        script.exchange();
        server.rstAt(server.next + 60_000 * 128 + 100);
        assertThat(script.status).isEqualTo(TcpTracker.CONTINUE);
    }

    @Test
    void shouldSeeSeriesOfResets() {
        script.exchange();
        server.rst();
        server.rstAt(server.next + 1_460);
        server.rstAt(server.next + 2_920);
        script.end();
        assertThat(script.evidence()).containsExactly(SEQ_AHEAD, MULTI_SEQ);
        assertThat(initiator()).as("both are of sequence numbers").isEqualTo(TcpTeardownInitiator.SERVER);
    }

    @Test
    void shouldNotCallSlowSeriesASeries() {
        script.exchange();
        server.rst();
        script.after(150);
        server.rstAt(server.next + 1_460);
        script.end();
        assertThat(script.evidence()).containsExactly(SEQ_AHEAD);
    }

    @Test
    void shouldNotTakeRepliesWithoutSocketForSeries() {
        script.handshake();
        client.data(100);
        server.data(400);
        client.ack();
        final int first = server.next;
        server.data(400);
        client.ack();
        server.bareRst(first);
        server.bareRst(server.next);
        script.end();
        assertThat(script.evidence()).isEmpty();
    }

    @Test
    void shouldSeeResetsOfBothSidesAtOnce() {
        slowHandshake();
        server.rst();
        client.rst();
        script.end();
        assertThat(script.evidence()).contains(BOTH_SIDES);
    }

    @Test
    void shouldAllowResetsOfBothSidesARoundTripApart() {
        slowHandshake();
        server.rst();
        script.after(60);
        client.rst();
        script.end();
        assertThat(script.evidence()).doesNotContain(BOTH_SIDES);
    }

    @Test
    void shouldSeeResetThatCameTooFast() {
        slowHandshake();
        client.data(100);
        script.after(10);
        server.rst();
        script.end();
        assertThat(script.evidence()).containsExactly(TOO_FAST, ACKED_BY_RST);
    }

    @Test
    void shouldAllowResetThatTookItsTime() {
        slowHandshake();
        client.data(100);
        script.after(40);
        server.rst();
        script.end();
        assertThat(script.evidence()).containsExactly(ACKED_BY_RST);
    }

    /** 51 ms to the server, 51 ms to the client. */
    private void slowHandshake() {
        client.syn();
        script.after(50);
        server.synAck();
        script.after(50);
        client.ack();
    }

    @Test
    void shouldSeeAcknowledgmentAhead() {
        script.exchange();
        server.acking(client.next + 100).rst();
        script.end();
        assertThat(script.evidence()).containsExactly(ACK_AHEAD);
    }

    @Test
    void shouldSeePayloadInReset() {
        script.exchange();
        server.send(TcpFlags.RST | TcpFlags.ACK, server.next, client.next, new byte[0], SegmentWriter.text("go away"));
        script.end();
        assertThat(script.evidence()).containsExactly(RST_DATA);
        assertThat(script.reason()).isEqualTo(TcpTeardownReason.RST_AFTER_RESPONSE_BY_SERVER);
    }

    @Test
    void shouldSeeAcknowledgmentWithoutFlag() {
        script.exchange();
        server.send(TcpFlags.RST, server.next, 12_345, new byte[0], new byte[0]);
        script.end();
        assertThat(script.evidence()).containsExactly(ACKFIELD_WITHOUT_FLAG);
    }

    @Test
    void shouldSeeForeignIpIdentification() {
        server.ipId = 65_534;
        server.ipIdStep = 1;
        script.exchange();
        server.data(10);
        server.data(10);
        client.ack();
        server.ipId = 30_000;
        server.rst();
        script.end();
        assertThat(script.evidence()).containsExactly(IPID_DEV);
    }

    @Test
    void shouldNotJudgeIpIdentificationThatIsZeroOrRandom() {
        server.ipId = 100;
        server.ipIdStep = 1;
        script.exchange();
        server.data(10);
        server.data(10);
        client.ack();
        server.ipId = -1;
        server.rst();
        script.end();
        assertThat(script.evidence()).as("0").isEmpty();

        final TcpScript random = new TcpScript();
        random.server.ipIdStep = 7_919;
        random.exchange();
        random.server.data(10);
        random.server.data(10);
        random.client.ack();
        random.server.rst();
        random.end();
        assertThat(random.evidence()).isEmpty();
    }

    @Test
    void shouldSeeMissingTimestamps() {
        server.synOptions = TIMESTAMPS;
        server.options = TIMESTAMPS;
        script.exchange();
        server.rst();
        script.end();
        assertThat(script.evidence()).containsExactly(NO_TSOPT);
    }

    @Test
    void shouldNotMissTimestampsThatAreThere() {
        server.synOptions = TIMESTAMPS;
        script.exchange();
        server.send(TcpFlags.RST, server.next, 0, TIMESTAMPS, new byte[0]);
        script.end();
        assertThat(script.evidence()).isEmpty();
    }

    @Test
    void shouldExplainWellKnownTimer() {
        script.exchange().after(64_000);
        client.rst();
        script.end();
        assertThat(script.evidence()).containsExactly(IDLE_TIMER);
    }

    @Test
    void shouldNotExplainOtherTimes() {
        script.exchange().after(40_000);
        client.rst();
        script.end();
        assertThat(script.evidence()).isEmpty();
    }

    @Test
    void shouldWarnOfOffload() {
        script.handshake();
        script.wirePackets = 3;
        client.data(4_380);
        script.wirePackets = 1;
        server.ack();
        script.end();
        assertThat(script.evidence()).containsExactly(OFFLOAD);
    }

    @Test
    void shouldWarnOfCaptureLossWhenTheUnseenIsAcknowledged() {
        script.exchange();
        client.acking(server.next + 1_000).ack();
        script.end();
        assertThat(script.evidence()).containsExactly(CAPTURE_LOSS);
    }

    @Test
    void shouldWarnOfCaptureLossWhenAHoleIsAcknowledged() {
        script.exchange();
        server.next += 1_000;
        server.data(100);
        client.ack();
        script.end();
        assertThat(script.evidence()).containsExactly(CAPTURE_LOSS);
        assertThat(script.history()).isEqualTo("ShADdg");
    }

    @Test
    void shouldNotCountStrayThatIsFartherThanAnyWindow() {
        script.exchange();
        server.dataAt(server.next + 98_000_000, new byte[10]);
        client.bareRst(client.next);
        script.end();
        assertThat(script.evidence()).containsExactly(BAD_SEQ);
        assertThat(script.record.tcpUnackedOctets(FlowRecord.REVERSE)).isZero();
        assertThat(script.reason()).isEqualTo(TcpTeardownReason.RST_AFTER_RESPONSE_BY_CLIENT);
    }

    @Test
    void shouldNotBelieveMoreOutstandingThanAWindow() {
        client.window = 1_000;
        client.synOptions = new byte[0];
        script.exchange();
        server.data(900);
        server.data(900);
        client.bareRst(client.next);
        script.end();
        assertThat(script.evidence()).containsExactly(BAD_SEQ);
        assertThat(script.record.tcpUnackedOctets(FlowRecord.REVERSE)).isZero();
    }

    @Test
    void shouldFollowSecondStray() {
        script.exchange();
        server.next += 98_000_000;
        server.data(100);
        server.data(100);
        client.ack();
        server.data(100);
        client.ack();
        assertThat(script.state.next(FlowRecord.REVERSE)).isEqualTo(server.next);
        assertThat(script.record.tcpRetransmittedPackets(FlowRecord.REVERSE)).isZero();
    }

    @Test
    void shouldTakeWhatTheResetAcknowledgesForArrived() {
        script.exchange();
        server.data(1_000);
        client.rst();
        script.end();
        assertThat(script.evidence()).containsExactly(ACKED_BY_RST);
        assertThat(script.reason()).isEqualTo(TcpTeardownReason.RST_AFTER_RESPONSE_BY_CLIENT);
        assertThat(script.record.tcpUnackedOctets(FlowRecord.REVERSE)).isZero();
    }

    @Test
    void shouldTakeOnlyAsMuchAsTheResetAcknowledges() {
        script.exchange();
        server.data(1_000);
        client.acking(server.next - 300).rst();
        script.end();
        assertThat(script.evidence()).containsExactly(ACKED_BY_RST);
        assertThat(script.reason()).isEqualTo(TcpTeardownReason.RST_MID_TRANSFER_BY_CLIENT);
        assertThat(script.record.tcpUnackedOctets(FlowRecord.REVERSE)).isEqualTo(300);
    }

    @Test
    void shouldSuspectThirdPartyByTwoIndependentBits() {
        slowHandshake();
        client.data(100);
        server.ttl = 200;
        server.rst();
        script.end();
        assertThat(script.evidence()).containsExactly(TTL_DEV, TOO_FAST, ACKED_BY_RST);
        assertThat(initiator()).isEqualTo(TcpTeardownInitiator.THIRD_PARTY_SUSPECTED);
        assertThat(script.reason()).isEqualTo(TcpTeardownReason.RST_REQUEST_UNANSWERED_BY_SERVER);
    }

    @Test
    void shouldSuspectThirdPartyWhenVictimAnswersForTheReset() {
        script.exchange();
        server.ttl = 200;
        server.rst();
        server.ttl = 57;
        server.data(500);
        client.bareRst(client.next);
        script.end();
        assertThat(script.evidence()).contains(ALIVE_AFTER_RST, TTL_DEV);
        assertThat(initiator()).isEqualTo(TcpTeardownInitiator.THIRD_PARTY_SUSPECTED);
    }

    @Test
    void shouldNotSuspectByWeakBitsOrUnreliableNumbers() {
        assertThat(isThirdPartySuspected(RST_DATA.mask() | ACKFIELD_WITHOUT_FLAG.mask() | IPID_DEV.mask() | NO_TSOPT.mask()))
            .isFalse();
        assertThat(isThirdPartySuspected(TTL_DEV.mask() | SEQ_AHEAD.mask())).isTrue();
        assertThat(isThirdPartySuspected(TTL_DEV.mask() | SEQ_AHEAD.mask() | CAPTURE_LOSS.mask())).isFalse();
        assertThat(isThirdPartySuspected(TTL_DEV.mask() | ALIVE_AFTER_RST.mask() | CAPTURE_LOSS.mask())).isTrue();
    }

    @Test
    void shouldNotLookForForgeryAfterAFin() {
        script.exchange();
        client.fin();
        server.ttl = 200;
        server.rstAt(server.next + 1_460);
        script.end();
        assertThat(script.evidence()).isEmpty();
        assertThat(script.reason()).isEqualTo(TcpTeardownReason.FIN_ANSWERED_BY_RST);
    }

    @Test
    void shouldReadReasonOfMultipathReset() {
        script.exchange();
        assertThat(script.record.tcpResetMptcpReason()).isEqualTo(255);
        server.send(TcpFlags.RST, server.next, 0, new byte[] {30, 4, (byte) 0x80, 3}, new byte[0]);
        assertThat(script.record.tcpResetMptcpReason()).isEqualTo(3);
    }
}
