package net.flowsonde.flow;

import static net.flowsonde.flow.TcpTeardownReason.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Every value of the enumeration, packet by packet. */
class TcpTeardownTest {
    private static final Set<TcpTeardownReason> TESTED = new HashSet<>();

    private static final TcpTeardownInitiator NOBODY = TcpTeardownInitiator.UNKNOWN;
    private static final TcpTeardownInitiator CLIENT = TcpTeardownInitiator.CLIENT;
    private static final TcpTeardownInitiator SERVER = TcpTeardownInitiator.SERVER;
    private static final TcpTeardownImpact UNKNOWN = TcpTeardownImpact.UNKNOWN;
    private static final TcpTeardownImpact NONE = TcpTeardownImpact.NONE;
    private static final TcpTeardownImpact REFUSED = TcpTeardownImpact.REFUSED;
    private static final TcpTeardownImpact COMPLETE = TcpTeardownImpact.COMPLETE;
    private static final TcpTeardownImpact TRUNCATED = TcpTeardownImpact.TRUNCATED;

    private final TcpScript script = new TcpScript();
    private final TcpScript.Side client = script.client;
    private final TcpScript.Side server = script.server;

    @AfterAll
    static void shouldHaveTestedEveryReason() {
        assertThat(TESTED).containsExactlyInAnyOrder(TcpTeardownReason.values());
    }

    private void expect(
        final TcpTeardownReason reason, final TcpTeardownInitiator initiator, final TcpTeardownPhase phase,
        final TcpTeardownImpact impact) {
        script.expect(reason, initiator, phase, impact);
        TESTED.add(reason);
    }

    private void expectNow(
        final TcpTeardownReason reason, final TcpTeardownInitiator initiator, final TcpTeardownPhase phase,
        final TcpTeardownImpact impact) {
        script.expectNow(reason, initiator, phase, impact);
        TESTED.add(reason);
    }

    @Test
    void shouldHaveFrozenCodes() {
        assertThat(Arrays.stream(TcpTeardownReason.values()).mapToInt(TcpTeardownReason::code)).containsExactly(
            0, 1, 2, 3, 4, 5, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 32, 33, 34, 35, 36, 37, 38, 39,
            64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 78);
        for (final TcpTeardownReason reason : TcpTeardownReason.values()) {
            assertThat(TcpTeardownReason.of(reason.code())).isSameAs(reason);
        }
        assertThat(TcpTeardownReason.of(200)).isSameAs(MIDSTREAM_END);
        assertThat(TcpTeardownReason.of(-1)).isSameAs(MIDSTREAM_END);
    }

    @Test
    void shouldSayNotEndedAtActiveTimeout() {
        script.exchange().end(TcpScript.ACTIVE_TIMEOUT);
        expectNow(NOT_ENDED, NOBODY, TcpTeardownPhase.UNKNOWN, UNKNOWN);
    }

    @Test
    void shouldSayIdleWhenEstablishedAndSilent() {
        script.exchange();
        expect(IDLE_ESTABLISHED, NOBODY, TcpTeardownPhase.IDLE, UNKNOWN);
        assertThat(script.record.tcpUnackedOctets(FlowRecord.FORWARD)).isZero();
    }

    @Test
    void shouldSayHangWhenSilentWithOctetsOutstanding() {
        script.exchange();
        client.data(300);
        expect(IDLE_ESTABLISHED, NOBODY, TcpTeardownPhase.EXCHANGE, UNKNOWN);
        assertThat(script.record.tcpUnackedOctets(FlowRecord.FORWARD)).isEqualTo(300);
        assertThat(script.record.tcpIdleBeforeTeardownMs()).isEqualTo(15_001);
    }

    @Test
    void shouldSayOneDirectionWhenCaptureIsAsymmetric() {
        client.syn();
        client.acking(server.isn + 1).ack();
        client.acking(server.isn + 1).data(100);
        expect(IDLE_ONE_DIRECTION, NOBODY, TcpTeardownPhase.UNKNOWN, UNKNOWN);
        assertThat(script.record.tcpUnackedOctets(FlowRecord.FORWARD)).as("acknowledged where we do not look").isZero();
    }

    @Test
    void shouldSayOneDirectionWhenOnlyServerIsSeen() {
        server.acking(77).data(100);
        expect(IDLE_ONE_DIRECTION, NOBODY, TcpTeardownPhase.UNKNOWN, UNKNOWN);
    }

    @Test
    void shouldSayForcedWhenFlushedOrEvicted() {
        script.exchange().end(TcpScript.FORCED_END);
        expectNow(FORCED_OR_EVICTED, TcpTeardownInitiator.PROBE, TcpTeardownPhase.UNKNOWN, UNKNOWN);
        script.end(TcpScript.LACK_OF_RESOURCES);
        expectNow(FORCED_OR_EVICTED, TcpTeardownInitiator.PROBE, TcpTeardownPhase.UNKNOWN, UNKNOWN);
    }

    @Test
    void shouldKeepReasonOfEndWhenFlushed() {
        script.exchange();
        client.rst();
        script.end(TcpScript.FORCED_END);
        expectNow(RST_AFTER_RESPONSE_BY_CLIENT, CLIENT, TcpTeardownPhase.EXCHANGE, COMPLETE);
    }

    @Test
    void shouldSayReusedWhenNewSynComesBeforeAnEnd() {
        script.exchange();
        client.startAt(90_000).syn();
        assertThat(script.closed).containsExactly(TUPLE_REUSED);
        TESTED.add(TUPLE_REUSED);
        server.startAt(70_000).synAck();
        client.ack();
        client.fin();
        server.fin();
        expect(FIN_BY_CLIENT, CLIENT, TcpTeardownPhase.CLOSED, COMPLETE);
    }

    @Test
    void shouldKeepReasonOfEndWhenTupleIsReusedAfterIt() {
        script.exchange();
        client.rst();
        client.startAt(90_000).syn();
        assertThat(script.closed).containsExactly(RST_AFTER_RESPONSE_BY_CLIENT);
        expect(SYN_UNANSWERED, NOBODY, TcpTeardownPhase.AFTER_SYN, REFUSED);
    }

    @Test
    void shouldSayMidstreamWhenBeginningWasNotSeen() {
        client.data(100);
        server.data(100);
        client.ack();
        expect(MIDSTREAM_END, NOBODY, TcpTeardownPhase.UNKNOWN, UNKNOWN);
    }

    @Test
    void shouldSaySynUnanswered() {
        client.syn();
        script.after(1_000);
        client.syn();
        assertThat(script.status).isEqualTo(TcpTracker.CONTINUE);
        assertThat(script.record.tcpRetransmittedPackets(FlowRecord.FORWARD)).isEqualTo(1);
        expect(SYN_UNANSWERED, NOBODY, TcpTeardownPhase.AFTER_SYN, REFUSED);
    }

    @Test
    void shouldSaySynRefusedByRst() {
        client.syn();
        server.rstAt(0);
        assertThat(script.status).isEqualTo(TcpTracker.ENDED);
        expect(SYN_REFUSED_RST, SERVER, TcpTeardownPhase.AFTER_SYN, REFUSED);
        assertThat(script.evidence()).isEmpty();
    }

    @Test
    void shouldSaySynRefusedWhenRstCoversFastOpenPayload() {
        client.syn(new byte[50]);
        server.rstAt(0);
        expect(SYN_REFUSED_RST, SERVER, TcpTeardownPhase.AFTER_SYN, REFUSED);
    }

    @Test
    void shouldOnlyCountRstThatDoesNotAcknowledgeTheSyn() {
        client.syn();
        server.acking(client.isn + 7).rstAt(0);
        assertThat(script.status).isEqualTo(TcpTracker.CONTINUE);
        expect(SYN_UNANSWERED, NOBODY, TcpTeardownPhase.AFTER_SYN, REFUSED);
        assertThat(script.record.tcpRstCount(FlowRecord.REVERSE)).isEqualTo(1);
    }

    @Test
    void shouldSaySynRefusedByIcmp() {
        client.syn();
        script.icmp(3, 13);
        expect(SYN_REFUSED_ICMP, TcpTeardownInitiator.NETWORK, TcpTeardownPhase.AFTER_SYN, REFUSED);
        assertThat(script.record.hasFlag(FlowRecord.FLAG_ICMP_ERROR)).isTrue();
    }

    @Test
    void shouldNotTakeFragmentationNeededForRefusal() {
        client.syn();
        script.icmp(3, 4);
        expect(SYN_UNANSWERED, NOBODY, TcpTeardownPhase.AFTER_SYN, REFUSED);
    }

    @Test
    void shouldNotEndEstablishedConnectionByIcmp() {
        script.exchange().icmp(3, 1);
        expect(IDLE_ESTABLISHED, NOBODY, TcpTeardownPhase.IDLE, UNKNOWN);
        assertThat(script.record.hasFlag(FlowRecord.FLAG_ICMP_ERROR)).isTrue();
    }

    @Test
    void shouldSaySynAborted() {
        client.syn();
        client.bareRst(client.next);
        expect(SYN_ABORTED_BY_CLIENT, CLIENT, TcpTeardownPhase.AFTER_SYN, NONE);
    }

    @Test
    void shouldSaySynAckResetByClient() {
        client.syn();
        server.synAck();
        client.bareRst(client.next);
        expect(SYNACK_RESET_BY_CLIENT, CLIENT, TcpTeardownPhase.AFTER_SYN_ACK, NONE);
    }

    @Test
    void shouldSaySynAckResetByClientWhenSynWasNotSeen() {
        client.next = client.isn + 1;
        server.synAck();
        client.bareRst(client.isn + 1);
        expect(SYNACK_RESET_BY_CLIENT, CLIENT, TcpTeardownPhase.AFTER_SYN_ACK, NONE);
    }

    @Test
    void shouldSaySynAckUnanswered() {
        client.syn();
        server.synAck();
        script.after(1_000);
        server.synAck();
        expect(SYNACK_UNANSWERED, NOBODY, TcpTeardownPhase.AFTER_SYN_ACK, REFUSED);
    }

    @Test
    void shouldSaySynAckResetByServer() {
        client.syn();
        server.synAck();
        server.rst();
        expect(SYNACK_RESET_BY_SERVER, SERVER, TcpTeardownPhase.AFTER_SYN_ACK, REFUSED);
    }

    @Test
    void shouldBlameNobodyForBackscatterOfResets() {
        server.rstAt(0);
        script.after(50);
        server.rstAt(0);
        expect(BACKSCATTER_RST, NOBODY, TcpTeardownPhase.UNKNOWN, NONE);
    }

    @Test
    void shouldBlameNobodyForBackscatterOfSynAcks() {
        server.acking(77).synAck();
        script.after(1_000);
        server.acking(77).synAck();
        expect(BACKSCATTER_SYNACK, NOBODY, TcpTeardownPhase.UNKNOWN, NONE);
    }

    @Test
    void shouldSayFinBeforeEstablished() {
        client.syn();
        client.fin();
        client.acking(0).ack();
        expect(FIN_BEFORE_ESTABLISHED, CLIENT, TcpTeardownPhase.AFTER_SYN, NONE);
    }

    @Test
    void shouldSayStealthProbe() {
        client.send(TcpFlags.FIN, 10, 0, new byte[0], new byte[0]);
        expect(STEALTH_PROBE, CLIENT, TcpTeardownPhase.AFTER_SYN, NONE);
    }

    @Test
    void shouldSayStealthProbeWhenItIsAnsweredByRst() {
        client.send(0x29, 10, 0, new byte[0], new byte[0]);
        server.acking(11).rstAt(0);
        assertThat(script.status).isEqualTo(TcpTracker.ENDED);
        expect(STEALTH_PROBE, CLIENT, TcpTeardownPhase.AFTER_SYN, NONE);
    }

    @Test
    void shouldSayStealthProbeForSynFin() {
        client.send(TcpFlags.SYN | TcpFlags.FIN, 10, 0, new byte[0], new byte[0]);
        expect(STEALTH_PROBE, CLIENT, TcpTeardownPhase.AFTER_SYN, NONE);
    }

    @Test
    void shouldSayHalfOpenResyncAndMeterTheRetryApart() {
        client.syn();
        server.startAt(800_000);
        server.acking(424_242).ack();
        client.bareRst(424_242);
        script.after(1_000);
        client.syn();
        assertThat(script.closed).containsExactly(HALF_OPEN_RESYNC);
        TESTED.add(HALF_OPEN_RESYNC);
        server.startAt(5_000).synAck();
        client.ack();
        client.fin();
        server.fin();
        expect(FIN_BY_CLIENT, CLIENT, TcpTeardownPhase.CLOSED, COMPLETE);
    }

    @Test
    void shouldSayHalfOpenResyncWhenNoRetryComes() {
        client.syn();
        server.acking(424_242).ack();
        client.bareRst(424_242);
        expect(HALF_OPEN_RESYNC, CLIENT, TcpTeardownPhase.AFTER_SYN, NONE);
    }

    @Test
    void shouldSayClosedByClient() {
        script.exchange();
        client.fin();
        assertThat(script.status).isEqualTo(TcpTracker.CONTINUE);
        server.fin();
        assertThat(script.status).isEqualTo(TcpTracker.ENDED);
        client.ack();
        expect(FIN_BY_CLIENT, CLIENT, TcpTeardownPhase.CLOSED, COMPLETE);
        assertThat(script.history()).isEqualTo("ShADdFf");
    }

    @Test
    void shouldSayClosedByServer() {
        script.exchange();
        server.fin();
        client.fin();
        server.ack();
        expect(FIN_BY_SERVER, SERVER, TcpTeardownPhase.CLOSED, COMPLETE);
    }

    @Test
    void shouldSayClosedByBothWhenFinsCross() {
        script.exchange();
        client.fin();
        server.acking(client.next - 1).fin();
        client.ack();
        server.ack();
        expect(FIN_SIMULTANEOUS, TcpTeardownInitiator.BOTH, TcpTeardownPhase.CLOSED, COMPLETE);
    }

    @Test
    void shouldNotTakeLateFinForSimultaneous() {
        script.exchange();
        client.fin();
        script.after(1_000);
        server.acking(client.next - 1).fin();
        expect(FIN_BY_CLIENT, CLIENT, TcpTeardownPhase.CLOSED, COMPLETE);
    }

    @Test
    void shouldSayHalfClosedByClient() {
        script.exchange();
        client.fin();
        server.ack();
        expect(FIN_HALF_CLOSED_BY_CLIENT, CLIENT, TcpTeardownPhase.HALF_CLOSED, UNKNOWN);
    }

    @Test
    void shouldSayHalfClosedByServer() {
        script.exchange();
        server.fin();
        client.ack();
        expect(FIN_HALF_CLOSED_BY_SERVER, SERVER, TcpTeardownPhase.HALF_CLOSED, UNKNOWN);
    }

    @Test
    void shouldSayResetByCloser() {
        script.exchange();
        client.fin();
        client.bareRst(client.next);
        expect(RST_BY_CLOSER_AFTER_FIN, CLIENT, TcpTeardownPhase.HALF_CLOSED, COMPLETE);
    }

    @Test
    void shouldSayTruncatedWhenCloserResetsWhatWasUnderWay() {
        script.exchange();
        client.fin();
        server.data(65);
        client.bareRst(client.next);
        expect(RST_BY_CLOSER_AFTER_FIN, CLIENT, TcpTeardownPhase.HALF_CLOSED, TRUNCATED);
        assertThat(script.record.tcpUnackedOctets(FlowRecord.REVERSE)).isEqualTo(65);
    }

    @Test
    void shouldSayFinAnsweredByRst() {
        script.exchange();
        client.fin();
        server.rst();
        expect(FIN_ANSWERED_BY_RST, SERVER, TcpTeardownPhase.HALF_CLOSED, COMPLETE);
    }

    @Test
    void shouldSayTruncatedWhenFinWithOctetsOutstandingIsReset() {
        script.exchange();
        client.data(65);
        client.fin();
        server.bareRst(server.next);
        expect(FIN_ANSWERED_BY_RST, SERVER, TcpTeardownPhase.HALF_CLOSED, TRUNCATED);
        assertThat(script.record.tcpUnackedOctets(FlowRecord.FORWARD)).isEqualTo(65);
    }

    @Test
    void shouldSayResetAfterClose() {
        script.exchange();
        client.fin();
        server.fin();
        client.bareRst(client.next);
        expect(RST_AFTER_CLOSE, NOBODY, TcpTeardownPhase.CLOSED, COMPLETE);
    }

    @Test
    void shouldSayHalfOpenWhenSilentSideHasLostTheConnection() {
        script.exchange();
        script.after(30_000);
        client.data(10);
        server.bareRst(server.next);
        expect(HALF_OPEN_RST, SERVER, TcpTeardownPhase.IDLE, UNKNOWN);
    }

    @Test
    void shouldNotSayHalfOpenBeforeItsTime() {
        script.exchange();
        script.after(29_900);
        client.data(10);
        server.bareRst(server.next);
        expect(RST_REQUEST_UNANSWERED_BY_SERVER, SERVER, TcpTeardownPhase.EXCHANGE, TcpTeardownImpact.REQUEST_UNANSWERED);
    }

    @Test
    void shouldSayHalfOpenWhenSideWasNeverSeen() {
        client.acking(9_999).data(10);
        server.bareRst(9_999);
        expect(HALF_OPEN_RST, SERVER, TcpTeardownPhase.UNKNOWN, UNKNOWN);
    }

    @Test
    void shouldSayMidstreamRst() {
        client.ack();
        server.ack();
        server.rst();
        expect(MIDSTREAM_RST, SERVER, TcpTeardownPhase.UNKNOWN, UNKNOWN);
    }

    @Test
    void shouldSayMidstreamWhenPeerIsSeenAfterTheRst() {
        server.rstAt(5_000);
        client.acking(5_000).ack();
        expect(MIDSTREAM_RST, SERVER, TcpTeardownPhase.UNKNOWN, UNKNOWN);
    }

    @Test
    void shouldSayNoDataByClient() {
        script.handshake();
        client.rst();
        expect(RST_NO_DATA_BY_CLIENT, CLIENT, TcpTeardownPhase.ESTABLISHED_NO_DATA, NONE);
    }

    @Test
    void shouldSayNoDataByServer() {
        script.handshake().after(60_000);
        server.rst();
        expect(RST_NO_DATA_BY_SERVER, SERVER, TcpTeardownPhase.ESTABLISHED_NO_DATA, REFUSED);
        assertThat(script.record.tcpIdleBeforeTeardownMs()).as("since the handshake").isEqualTo(60_002);
    }

    @Test
    void shouldSayZeroWindow() {
        script.exchange();
        server.data(1_000);
        client.window = 0;
        client.ack();
        script.after(1_000);
        server.rst();
        expect(RST_ZERO_WINDOW, SERVER, TcpTeardownPhase.EXCHANGE, TRUNCATED);
        assertThat(script.record.tcpZeroWindowPackets(FlowRecord.FORWARD)).isEqualTo(1);
    }

    @Test
    void shouldForgetZeroWindowThatWasOpenedAgain() {
        script.exchange();
        client.window = 0;
        client.ack();
        script.after(1_000);
        client.window = 60_000;
        client.ack();
        server.rst();
        expect(RST_IDLE_BY_SERVER, SERVER, TcpTeardownPhase.IDLE, COMPLETE);
    }

    @Test
    void shouldSayAfterRetransmission() {
        script.exchange();
        server.data(500);
        for (int i = 0; i < 3; i++) {
            script.after(200);
            server.dataAt(server.next - 500, new byte[500]);
        }
        server.rst();
        expect(RST_AFTER_RETRANSMISSION, SERVER, TcpTeardownPhase.EXCHANGE, TRUNCATED);
        assertThat(script.record.tcpRetransmittedPackets(FlowRecord.REVERSE)).isEqualTo(3);
        assertThat(script.record.tcpUnackedOctets(FlowRecord.REVERSE)).isEqualTo(500);
    }

    @Test
    void shouldNotBlameRetransmissionsThatWereAcknowledged() {
        script.exchange();
        server.data(500);
        for (int i = 0; i < 3; i++) {
            server.dataAt(server.next - 500, new byte[500]);
        }
        client.ack();
        server.rst();
        expect(RST_AFTER_RESPONSE_BY_SERVER, SERVER, TcpTeardownPhase.EXCHANGE, COMPLETE);
    }

    @Test
    void shouldSayRequestUnansweredByServer() {
        script.handshake();
        client.data(100);
        server.ack();
        server.rst();
        expect(RST_REQUEST_UNANSWERED_BY_SERVER, SERVER, TcpTeardownPhase.FIRST_REQUEST, TcpTeardownImpact.REQUEST_UNANSWERED);
    }

    @Test
    void shouldSayRequestUnansweredByClientWhoGaveUp() {
        script.exchange();
        client.data(100);
        server.ack();
        script.after(8_000);
        client.rst();
        expect(RST_REQUEST_UNANSWERED_BY_CLIENT, CLIENT, TcpTeardownPhase.EXCHANGE, TcpTeardownImpact.REQUEST_UNANSWERED);
        assertThat(script.record.tcpIdleBeforeTeardownMs()).isEqualTo(8_002);
    }

    @Test
    void shouldSayMidTransferByClient() {
        script.exchange();
        server.data(1_400);
        server.data(1_400);
        client.bareRst(client.next);
        expect(RST_MID_TRANSFER_BY_CLIENT, CLIENT, TcpTeardownPhase.EXCHANGE, TRUNCATED);
        assertThat(script.record.tcpUnackedOctets(FlowRecord.REVERSE)).isEqualTo(2_800);
    }

    @Test
    void shouldSayMidTransferByServer() {
        script.exchange();
        server.data(1_400);
        server.rst();
        expect(RST_MID_TRANSFER_BY_SERVER, SERVER, TcpTeardownPhase.EXCHANGE, TRUNCATED);
    }

    @Test
    void shouldSayAfterResponseByClient() {
        script.exchange();
        client.rst();
        expect(RST_AFTER_RESPONSE_BY_CLIENT, CLIENT, TcpTeardownPhase.EXCHANGE, COMPLETE);
    }

    @Test
    void shouldSayAfterResponseByServer() {
        script.exchange();
        server.rst();
        expect(RST_AFTER_RESPONSE_BY_SERVER, SERVER, TcpTeardownPhase.EXCHANGE, COMPLETE);
    }

    @Test
    void shouldSayIdleByClient() {
        script.exchange().after(1_500);
        client.rst();
        expect(RST_IDLE_BY_CLIENT, CLIENT, TcpTeardownPhase.IDLE, COMPLETE);
        assertThat(script.record.tcpIdleBeforeTeardownMs()).isEqualTo(1_502);
    }

    @Test
    void shouldSayIdleByServer() {
        script.exchange().after(60_000);
        server.rst();
        expect(RST_IDLE_BY_SERVER, SERVER, TcpTeardownPhase.IDLE, COMPLETE);
        assertThat(script.evidence()).containsExactly(TcpResetEvidence.IDLE_TIMER);
    }

    @Test
    void shouldWaitFourRoundTripsBeforeCallingItIdle() {
        client.syn();
        script.after(400);
        server.synAck();
        script.after(400);
        client.ack();
        client.data(100);
        server.data(100);
        client.ack();
        script.after(3_000);
        client.rst();
        expect(RST_AFTER_RESPONSE_BY_CLIENT, CLIENT, TcpTeardownPhase.EXCHANGE, COMPLETE);
    }

    @Test
    void shouldNameMirroredSidesOfSimultaneousOpen() {
        client.syn();
        server.syn();
        client.synAck();
        server.synAck();
        client.data(10);
        server.data(10);
        client.fin();
        server.fin();
        assertThat(script.closed).isEmpty();
        expect(FIN_BY_CLIENT, CLIENT, TcpTeardownPhase.CLOSED, COMPLETE);
        assertThat(script.record.hasFlag(FlowRecord.FLAG_HANDSHAKE_SEEN)).isTrue();
    }
}
