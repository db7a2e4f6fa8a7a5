package net.flowsonde.flow;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import net.flowsonde.capture.CapturedFrame;
import net.flowsonde.capture.PacketHandler;
import net.flowsonde.capture.PacketSource;
import net.flowsonde.capture.PacketSources;
import net.flowsonde.config.FlowConfig;
import net.flowsonde.config.TcpConfig;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;

/** Meters a capture file with the real meter and says each TCP record in one line. */
final class TcpCorpus {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int RING_CAPACITY = 1 << 24;
    /** Long enough for every idle timeout and linger to pass after the last packet. */
    private static final int SILENCE_SECONDS = 40;

    private TcpCorpus() {
    }

    /** The TCP records of a file, in a fixed order. */
    static List<String> lines(final Path file) {
        return lines(file, TcpConfig.DEFAULT);
    }

    static List<String> lines(final Path file, final TcpConfig tcp) {
        final List<String> lines = new ArrayList<>();
        final RecordRing ring = new RecordRing(RING_CAPACITY, () -> false);
        final Counters counters = new Telemetry().register(Counter.Scope.QUEUE, "test");
        final FlowConfig standard = FlowConfig.DEFAULT;
        final FlowConfig config = new FlowConfig(20_000, standard.tcp(), standard.udp(), standard.icmp(), standard.other(),
            standard.tcpMemory(), standard.keyVlan(), standard.keyTunnel(), standard.nestingLimit(), standard.fragmentTable());
        final Clock meter = new Clock(new FlowMeter(config, tcp, 1, ring, counters, FlowListener.NONE));
        try (PacketSource source = PacketSources.file(file, "", counters)) {
            while (!source.isFinished()) {
                source.poll(meter);
                drain(ring, lines);
            }
        }
        for (int second = 1; second <= SILENCE_SECONDS; second++) {
            meter.onTime(meter.nowNs + second * SECOND_NS);
            drain(ring, lines);
        }
        meter.onClose();
        drain(ring, lines);
        Collections.sort(lines);
        return lines;
    }

    private static void drain(final RecordRing ring, final List<String> lines) {
        final FlowRecord record = new FlowRecord();
        ring.drain((type, buffer, index, length) -> {
            if (type == RecordRing.FLOW_RECORD && record.wrap(buffer, index).protocol() == FlowRecord.PROTOCOL_TCP) {
                lines.add(line(record));
            }
        }, Integer.MAX_VALUE);
    }

    private static String line(final FlowRecord record) {
        final StringJoiner line = new StringJoiner(" ");
        line.add(address(record, record.sourceAddressOffset()) + "," + record.sourcePort());
        line.add(address(record, record.destinationAddressOffset()) + "," + record.destinationPort());
        line.add(pair("packets", record.packets(0), record.packets(1)));
        line.add(TcpTeardownReason.of(record.tcpTeardownReason()).name());
        line.add("who=" + TcpTeardownInitiator.of(record.tcpTeardownInitiator()));
        line.add("phase=" + TcpTeardownPhase.of(record.tcpTeardownPhase()));
        line.add("impact=" + TcpTeardownImpact.of(record.tcpTeardownImpact()));
        line.add(pair("unacked", record.tcpUnackedOctets(0), record.tcpUnackedOctets(1)));
        line.add("idle=" + record.tcpIdleBeforeTeardownMs());
        line.add(pair("rst", record.tcpRstCount(0), record.tcpRstCount(1)));
        line.add(pair("payload", record.payloadOctets(0), record.payloadOctets(1)));
        line.add(pair("retransmitted", record.tcpRetransmittedPackets(0), record.tcpRetransmittedPackets(1)));
        line.add(pair("reordered", record.tcpOutOfOrderPackets(0), record.tcpOutOfOrderPackets(1)));
        line.add(pair("zero", record.tcpZeroWindowPackets(0), record.tcpZeroWindowPackets(1)));
        line.add("rtt=" + micros(record.handshakeServerRttNs()) + "/" + micros(record.handshakeClientRttNs())
            + "/" + micros(record.applicationResponseTimeNs()));
        line.add("history=" + record.buffer().getStringWithoutLengthAscii(record.historyOffset(), record.historyLength()));
        line.add("evidence=" + evidence(record.tcpResetEvidence()));
        return line.toString();
    }

    private static String pair(final String name, final long forward, final long reverse) {
        return name + "=" + forward + "/" + reverse;
    }

    private static String micros(final long ns) {
        return ns < 0 ? "-" : Long.toString(ns / 1_000);
    }

    private static String evidence(final int bits) {
        final StringJoiner names = new StringJoiner("|");
        for (final TcpResetEvidence evidence : TcpResetEvidence.values()) {
            if (evidence.isIn(bits)) {
                names.add(evidence.name());
            }
        }
        return names.toString();
    }

    private static String address(final FlowRecord record, final int offset) {
        final StringJoiner address = new StringJoiner(record.ipVersion() == 4 ? "." : ":");
        if (record.ipVersion() == 4) {
            for (int i = 0; i < 4; i++) {
                address.add(Integer.toString(record.buffer().getByte(offset + i) & 0xFF));
            }
        } else {
            for (int i = 0; i < 16; i += 2) {
                address.add(Integer.toHexString(record.buffer().getShort(offset + i, ByteOrder.BIG_ENDIAN) & 0xFFFF));
            }
        }
        return address.toString();
    }

    /** Remembers the newest stamp. */
    private static final class Clock implements PacketHandler {
        private final PacketHandler next;
        private long nowNs;

        Clock(final PacketHandler next) {
            this.next = next;
        }

        @Override
        public void onPacket(final CapturedFrame frame) {
            nowNs = Math.max(nowNs, frame.timestampNs());
            next.onPacket(frame);
        }

        @Override
        public int onTime(final long nowNs) {
            return next.onTime(nowNs);
        }

        @Override
        public void onClose() {
            next.onClose();
        }
    }
}
