package net.flowsonde.dpi;

import java.util.List;
import net.flowsonde.config.DpiConfig;
import net.flowsonde.decode.PacketLayout;
import net.flowsonde.flow.FlowListener;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;

/**
 * Finds the analyzer of each flow by its first payload and hands it what follows: datagrams as they are, TCP in order. A flow that no
 * analyzer claims costs nothing more. Owned by one queue thread.
 * <p>
 * A datagram flow's {@link FlowRecord#dissector} counts the datagrams probed in vain, and is {@link #CLAIMED} plus the number of the
 * analyzer once there is one; that of a TCP flow is a handle of {@link Dissections}.
 */
public final class DpiDispatcher implements FlowListener {
    private static final int TCP = 6;
    private static final int CLAIMED = 1 << 8;
    /** A flow of datagrams that does not begin with a message may have one among its first. */
    private static final int MOST_PROBED_DATAGRAMS = 3;
    private static final int SYN = 0x02;
    private static final int RST = 0x04;
    private static final int ACK = 0x10;

    private final ProtocolAnalyzer[] analyzers;
    private final StreamMemory memory;
    private final Dissections dissections;
    /** Null when names are of no interest. */
    private final CalledNames names;
    private final Counters counters;

    private DpiDispatcher(final DpiConfig config, final List<ProtocolAnalyzer> analyzers, final Counters counters) {
        this.analyzers = analyzers.toArray(ProtocolAnalyzer[]::new);
        this.counters = counters;
        names = config.dns() ? new CalledNames() : null;
        memory = new StreamMemory(config.reassemblyMemory(), counters);
        dissections = new Dissections(config.flows(), this.analyzers, memory);
    }

    /**
     * What the meter of one queue is to tell of payload.
     *
     * @param analyzers  of this queue alone, asked in this order; none at all cost nothing
     */
    public static FlowListener of(final DpiConfig config, final List<ProtocolAnalyzer> analyzers, final Counters counters) {
        return analyzers.isEmpty() ? FlowListener.NONE : new DpiDispatcher(config, analyzers, counters);
    }

    @Override
    public void onPayload(
        final FlowRecord flow, final int direction, final PacketLayout packet, final int firstSequence, final long timestampNs) {
        if (flow.protocol() == TCP) {
            if ((packet.tcpFlags() & RST) == 0) {
                onSegment(flow, direction, packet, firstSequence, timestampNs);
            }
        } else {
            onDatagram(flow, direction, packet, timestampNs);
        }
    }

    private void onDatagram(final FlowRecord flow, final int direction, final PacketLayout packet, final long timestampNs) {
        final int captured = captured(packet);
        int dissector = flow.dissector();
        if (dissector < CLAIMED) {
            dissector = claim(flow, direction, packet, captured);
            flow.dissector(dissector);
            if (dissector < CLAIMED) {
                if (dissector == MOST_PROBED_DATAGRAMS) {
                    flow.dissector(0);
                    flow.dismissPayload();
                }
                return;
            }
            counters.increment(Counter.DPI_FLOWS_CLAIMED);
        }
        analyzers[dissector - CLAIMED].onDatagram(
            flow, direction, packet.buffer(), packet.payloadOffset(), captured, packet.payloadLength(), timestampNs);
    }

    private int claim(final FlowRecord flow, final int direction, final PacketLayout packet, final int captured) {
        for (int i = 0; i < analyzers.length; i++) {
            if (analyzers[i].probe(flow, direction, packet.buffer(), packet.payloadOffset(), captured, false) == ProtocolAnalyzer.YES) {
                return CLAIMED + i;
            }
        }
        return flow.dissector() + 1;
    }

    private void onSegment(
        final FlowRecord flow, final int direction, final PacketLayout segment, final int firstSequence, final long timestampNs) {
        final Dissection dissection = flow.dissector() == 0 ? open(flow, direction, segment, timestampNs) : dissections.find(flow.dissector());
        if (dissection == null) {
            dismiss(flow);
            return;
        }
        final boolean isClaimed = dissection.isClaimed();
        dissection.wrap(flow);
        if ((segment.tcpFlags() & ACK) != 0) {
            dissection.stream(1 - direction).onAcknowledgment(dissection, 1 - direction, segment.tcpAcknowledgment(), timestampNs);
        }
        final int sequence = segment.tcpSequence() + ((segment.tcpFlags() & SYN) >> 1);
        dissection.stream(direction).onSegment(dissection, direction, sequence, firstSequence, segment.buffer(), segment.payloadOffset(),
            captured(segment), segment.payloadLength(), timestampNs);
        if (!isClaimed && dissection.isClaimed()) {
            counters.increment(Counter.DPI_FLOWS_CLAIMED);
        }
        if (dissection.isDismissed()) {
            dissections.release(dissection, timestampNs);
            dismiss(flow);
        }
    }

    private Dissection open(final FlowRecord flow, final int direction, final PacketLayout segment, final long timestampNs) {
        if (names != null && direction == FlowRecord.FORWARD) {
            flow.calledNameHash(names.hash(segment.buffer(), segment.payloadOffset(), captured(segment)));
        }
        if (dissections.isFull()) {
            counters.increment(Counter.DPI_FLOWS_EVICTED);
            dissections.release(dissections.oldest(), timestampNs);
        }
        final Dissection dissection = dissections.acquire();
        flow.dissector(dissections.handle(dissection));
        return dissection;
    }

    private static void dismiss(final FlowRecord flow) {
        flow.dissector(0);
        flow.dismissPayload();
    }

    private static int captured(final PacketLayout packet) {
        return Math.max(0, Math.min(packet.payloadLength(), packet.limit() - packet.payloadOffset()));
    }

    @Override
    public void onFlowEnd(final FlowRecord flow, final long nowNs) {
        if (flow.protocol() != TCP) {
            return;
        }
        final Dissection dissection = dissections.find(flow.dissector());
        if (dissection != null) {
            dissection.flush(flow, nowNs);
            dissections.release(dissection, nowNs);
        }
    }

    @Override
    public void onTime(final long nowNs) {
        for (final ProtocolAnalyzer analyzer : analyzers) {
            analyzer.onTime(nowNs);
        }
        counters.assign(Counter.DPI_STREAMS, dissections.size());
        counters.assign(Counter.DPI_STREAM_OCTETS_HELD, memory.blocks().used());
    }

    @Override
    public void onClose(final long nowNs) {
        for (final ProtocolAnalyzer analyzer : analyzers) {
            analyzer.onClose(nowNs);
        }
        onTime(nowNs);
    }
}
