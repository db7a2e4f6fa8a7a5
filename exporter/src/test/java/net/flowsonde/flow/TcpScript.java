package net.flowsonde.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.flowsonde.config.TcpConfig;
import net.flowsonde.decode.PacketLayout;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A connection told segment by segment. Each side counts its own sequence numbers and acknowledges all that its peer has sent, unless it
 * is told otherwise; a millisecond passes between segments.
 */
final class TcpScript {
    static final int IDLE_TIMEOUT = 1;
    static final int ACTIVE_TIMEOUT = 2;
    static final int END_DETECTED = 3;
    static final int FORCED_END = 4;
    static final int LACK_OF_RESOURCES = 5;

    final Side client;
    final Side server;
    final FlowRecord record = new FlowRecord();
    final TcpState state = new TcpState();
    /** Reasons of earlier connections on the same endpoints. */
    final List<TcpTeardownReason> closed = new ArrayList<>();
    int status;
    long nowNs = 1_700_000_000_000_000_000L;
    int wirePackets = 1;

    private final SegmentWriter writer = new SegmentWriter();
    private final TcpTracker tracker;
    private final UnsafeBuffer slot = new UnsafeBuffer(new byte[FlowRecord.LENGTH + TcpState.LENGTH]);

    TcpScript() {
        this(TcpConfig.DEFAULT);
    }

    TcpScript(final TcpConfig config) {
        tracker = new TcpTracker(config);
        client = new Side(FlowRecord.FORWARD, 1_000, 64);
        server = new Side(FlowRecord.REVERSE, 5_000, 57);
        record.wrapForUpdate(slot, 0);
        state.wrap(slot, FlowRecord.LENGTH);
        open();
    }

    private void open() {
        slot.setMemory(0, FlowRecord.LENGTH, (byte) 0);
        tracker.onOpen(record, state);
    }

    TcpScript after(final long milliseconds) {
        nowNs += milliseconds * 1_000_000;
        return this;
    }

    TcpScript handshake() {
        client.syn();
        server.synAck();
        client.ack();
        return this;
    }

    /** Handshake, a request of 100 octets and a response of 1,000, both acknowledged. */
    TcpScript exchange() {
        handshake();
        client.data(100);
        server.data(1_000);
        client.ack();
        return this;
    }

    TcpScript icmp(final int type, final int code) {
        writer.sequence = client.isn;
        tracker.onIcmpError(record, state, writer.icmp(type, code, true));
        return this;
    }

    /** The record leaves the table: 5 s after the end, or 15 s after the last packet where there was none. */
    TcpScript end() {
        final boolean isEnded = status == TcpTracker.ENDED;
        after(isEnded ? 5_000 : 15_000);
        return end(isEnded ? END_DETECTED : IDLE_TIMEOUT);
    }

    TcpScript end(final int flowEndReason) {
        tracker.onRecord(record, state, flowEndReason, nowNs);
        return this;
    }

    TcpScript exported() {
        tracker.onRecordExported(record, state);
        return this;
    }

    /** Ends the record and compares its four answers. */
    TcpScript expect(
        final TcpTeardownReason reason, final TcpTeardownInitiator initiator, final TcpTeardownPhase phase,
        final TcpTeardownImpact impact) {
        end();
        return expectNow(reason, initiator, phase, impact);
    }

    TcpScript expectNow(
        final TcpTeardownReason reason, final TcpTeardownInitiator initiator, final TcpTeardownPhase phase,
        final TcpTeardownImpact impact) {
        assertThat(TcpTeardownReason.of(record.tcpTeardownReason())).as("reason").isEqualTo(reason);
        assertThat(TcpTeardownInitiator.of(record.tcpTeardownInitiator())).as("initiator").isEqualTo(initiator);
        assertThat(TcpTeardownPhase.of(record.tcpTeardownPhase())).as("phase").isEqualTo(phase);
        assertThat(TcpTeardownImpact.of(record.tcpTeardownImpact())).as("impact").isEqualTo(impact);
        return this;
    }

    TcpTeardownReason reason() {
        return TcpTeardownReason.of(record.tcpTeardownReason());
    }

    TcpTeardownImpact impact() {
        return TcpTeardownImpact.of(record.tcpTeardownImpact());
    }

    Set<TcpResetEvidence> evidence() {
        final Set<TcpResetEvidence> found = EnumSet.noneOf(TcpResetEvidence.class);
        for (final TcpResetEvidence evidence : TcpResetEvidence.values()) {
            if (evidence.isIn(record.tcpResetEvidence())) {
                found.add(evidence);
            }
        }
        return found;
    }

    String history() {
        return record.buffer().getStringWithoutLengthAscii(record.historyOffset(), record.historyLength());
    }

    private void deliver(final Side side) {
        final PacketLayout layout = writer.tcp(side.direction == FlowRecord.FORWARD);
        status = tracker.onSegment(record, state, side.direction, layout, nowNs, wirePackets);
        if (status == TcpTracker.NEW_CONNECTION) {
            end(END_DETECTED);
            closed.add(reason());
            open();
            status = tracker.onSegment(record, state, side.direction, layout, nowNs, wirePackets);
        }
        assertThat(status).isNotEqualTo(TcpTracker.NEW_CONNECTION);
        after(1);
    }

    /** One end of the connection. */
    final class Side {
        final int direction;
        int isn;
        int next;
        int window = 60_000;
        int ttl;
        int ipId;
        int ipIdStep;
        byte[] synOptions = {2, 4, 5, (byte) 0xB4, 3, 3, 7, 1};
        byte[] options = {};

        private int acknowledgment;
        private boolean isAcknowledgmentSet;

        Side(final int direction, final int isn, final int ttl) {
            this.direction = direction;
            this.ttl = ttl;
            startAt(isn);
        }

        Side startAt(final int isn) {
            this.isn = isn;
            next = isn;
            return this;
        }

        private Side peer() {
            return direction == FlowRecord.FORWARD ? server : client;
        }

        /** The next segment acknowledges up to here instead of everything. */
        Side acking(final int number) {
            acknowledgment = number;
            isAcknowledgmentSet = true;
            return this;
        }

        TcpScript syn() {
            return syn(new byte[0]);
        }

        /** SYN with fast-open payload. */
        TcpScript syn(final byte[] payload) {
            next = isn + 1 + payload.length;
            return send(TcpFlags.SYN, isn, 0, synOptions, payload);
        }

        TcpScript synAck() {
            next = isn + 1;
            return send(TcpFlags.SYN | TcpFlags.ACK, isn, acknowledgment(), synOptions, new byte[0]);
        }

        TcpScript ack() {
            return send(TcpFlags.ACK, next, acknowledgment(), options, new byte[0]);
        }

        TcpScript data(final int octets) {
            return data(new byte[octets]);
        }

        TcpScript data(final byte[] payload) {
            next += payload.length;
            return dataAt(next - payload.length, payload);
        }

        /** Payload at any sequence number; what this side counts stays. */
        TcpScript dataAt(final int sequence, final byte[] payload) {
            return send(TcpFlags.ACK, sequence, acknowledgment(), options, payload);
        }

        TcpScript fin() {
            next++;
            return send(TcpFlags.FIN | TcpFlags.ACK, next - 1, acknowledgment(), options, new byte[0]);
        }

        /** RST with ACK at the next sequence number. */
        TcpScript rst() {
            return rstAt(next);
        }

        TcpScript rstAt(final int sequence) {
            return send(TcpFlags.RST | TcpFlags.ACK, sequence, acknowledgment(), new byte[0], new byte[0]);
        }

        /** RST without ACK: the reply of a host without a socket when the number is what the peer acknowledged. */
        TcpScript bareRst(final int sequence) {
            return send(TcpFlags.RST, sequence, 0, new byte[0], new byte[0]);
        }

        TcpScript send(
            final int flags, final int sequence, final int acknowledgment, final byte[] options, final byte[] payload) {
            isAcknowledgmentSet = false;
            ipId += ipIdStep;
            writer.flags = flags;
            writer.sequence = sequence;
            writer.acknowledgment = acknowledgment;
            writer.options = options;
            writer.payload = payload;
            writer.window = window;
            writer.ttl = ttl;
            writer.ipId = ipId;
            deliver(this);
            return TcpScript.this;
        }

        int acknowledgment() {
            return isAcknowledgmentSet ? acknowledgment : peer().next;
        }
    }
}
