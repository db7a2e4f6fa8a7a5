package net.flowsonde.flow;

import net.flowsonde.capture.CapturedFrame;
import net.flowsonde.capture.PacketHandler;
import net.flowsonde.config.FlowConfig;
import net.flowsonde.config.TcpConfig;
import net.flowsonde.decode.PacketDecoder;
import net.flowsonde.decode.PacketLayout;
import net.flowsonde.decode.Verdict;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;

/**
 * Turns the packets of one queue into flow records: decodes a frame, ties fragments together, finds or opens the flow, lets the TCP
 * tracker look and counts. What a flow exports depends only on its own packets and their stamps (but for a full cache), not on when
 * expiry runs: a packet that comes after a timeout has passed finds its flow expired even if nobody has looked at it since. Owned by one
 * queue thread.
 */
public final class FlowMeter implements PacketHandler, FragmentTable.Listener {
    /** Datagrams that are put together from their fragments at one time. */
    private static final int FRAGMENT_BUFFERS = 64;
    private static final int LINKTYPE_RAW = 101;
    private static final int ROUTER_SOLICITATION = 133;
    private static final int ROUTER_ADVERTISEMENT = 134;
    /** A packet of a silent link may be with the kernel for so long before we see it: more than twice the time of a block. */
    private static final long HELD_BY_KERNEL_NS = 50_000_000;

    private final Counters counters;
    private final PacketDecoder decoder;
    private final PacketLayout layout = new PacketLayout();
    private final PacketLayout datagram = new PacketLayout();
    private final PacketLink link;
    private final FragmentTable fragments;
    private final FlowKey key = new FlowKey();
    private final FlowIds ids;
    private final FlowTimeouts timeouts;
    private final FlowTable table;
    private final FlowLists lists;
    private final Flow flow = new Flow();
    private final Flow quoted = new Flow();
    private final WirePackets wire = new WirePackets();
    private final FlowUpdater updater;
    private final TcpTracker tracker;
    private final RecordPublisher publisher;
    private final FlowFinisher finisher;
    private final FlowListener listener;
    private final RecordRing ring;
    private long nowNs;
    private long newestPacketNs;
    private int peak;
    private boolean isClosed;

    /**
     * @param flowIdSeed  distinguishes the flow identifiers of the queues of one process; 0 to 4,095
     * @param ring        where finished records go
     * @param listener    what looks into the payload
     */
    public FlowMeter(
        final FlowConfig config, final TcpConfig tcp, final int flowIdSeed, final RecordRing ring, final Counters counters,
        final FlowListener listener) {
        this.ring = ring;
        this.counters = counters;
        this.listener = listener;
        decoder = new PacketDecoder(config.nestingLimit());
        link = new PacketLink(config);
        fragments = new FragmentTable(config.fragmentTable(), FRAGMENT_BUFFERS, this, counters);
        ids = new FlowIds(flowIdSeed);
        timeouts = new FlowTimeouts(config, tcp);
        table = new FlowTable(config.cacheSize(), FlowHash.random());
        lists = table.lists();
        updater = new FlowUpdater(link);
        tracker = new TcpTracker(tcp);
        publisher = new RecordPublisher(ring, counters);
        finisher = new FlowFinisher(table, timeouts, config, tracker, publisher, counters, listener);
    }

    /** Goes on with other timeouts and thresholds; what else is configured stays. Its thread only. */
    public void reconfigure(final FlowConfig config, final TcpConfig tcp) {
        timeouts.set(config, tcp);
        tracker.thresholds(tcp);
    }

    @Override
    public void onPacket(final CapturedFrame frame) {
        final Verdict verdict = decoder.decode(
            frame.buffer(), frame.offset(), frame.limit(), frame.wireLength(), frame.linkType(), frame.vlanTci(), layout);
        if (verdict != Verdict.DECODED) {
            counters.increment(DecodeCounters.of(verdict));
        }
        if (!verdict.isFlow()) {
            counters.increment(Counter.FRAMES_NOT_METERED);
            return;
        }
        advance(frame.timestampNs());
        newestPacketNs = nowNs;
        link.set(frame, layout);
        if (!layout.isFragment()) {
            meter(frame, layout);
        } else if (fragments.onFragment(layout, link.keyVlanId(), link.keyTunnelId(), frame.interfaceIndex(), link.frameLength(),
            frame.timestampNs())) {
            meterFragment(frame);
        }
    }

    /** Meters the packet at hand; {@code segment} is what the tracker sees of it, null for nothing. */
    private void meter(final CapturedFrame frame, final PacketLayout segment) {
        key.set(layout, link.keyVlanId(), link.keyTunnelId());
        find(frame.timestampNs());
        wire.measure(frame, layout, flow.record());
        if (segment != null && segment.protocol() == FlowRecord.PROTOCOL_TCP && segment.hasTransport()) {
            track(segment, frame.timestampNs());
        }
        updater.count(flow.record(), direction(), frame, layout, wire);
        if (lists.list(flow.slot()) < FlowTimeouts.ENDED) {
            lists.touch(flow.slot(), tick());
        }
        account();
        if (flow.record().hasFlag(FlowRecord.FLAG_PAYLOAD_WANTED)) {
            listen(segment, frame.timestampNs());
        }
        if (layout.hasQuote()) {
            tieIcmpError();
        }
    }

    private void listen(final PacketLayout segment, final long timestampNs) {
        if (segment != null && segment.hasTransport() && segment.payloadLength() > 0) {
            listener.onPayload(flow.record(), direction(), segment, firstSequence(segment), Math.max(timestampNs, flow.record().lastPacketNs()));
        }
    }

    private int firstSequence(final PacketLayout segment) {
        return flow.isTcp() && flow.state().has(direction(), TcpState.ISN_KNOWN) ? flow.state().isn(direction()) + 1 : segment.tcpSequence();
    }

    private void meterFragment(final CapturedFrame frame) {
        meter(frame, segmentOfFragments());
        if (fragments.hasHeld()) {
            final HeldFragments held = fragments.held();
            updater.count(flow.record(), direction(), held);
            account(held);
        }
    }

    /** The whole datagram as soon as there is one; the first fragment as it is when there will never be one. */
    private PacketLayout segmentOfFragments() {
        if (fragments.isComplete()) {
            final int length = fragments.datagramLength();
            decoder.decode(fragments.datagram(), 0, length, length, LINKTYPE_RAW, datagram);
            return datagram;
        }
        return fragments.isReassembling() || layout.fragmentOffset() > 0 ? null : layout;
    }

    /** Points {@link #flow} at the flow of {@link #key}, which is opened if there is none that goes on. */
    private void find(final long timestampNs) {
        final int slot = table.find(key);
        if (slot != FlowTable.NONE) {
            table.select(slot, flow);
            if (goesOn(timestampNs)) {
                return;
            }
        }
        open(ClientRule.flags(layout, key.isSourceHigh()), timestampNs);
        updater.openLink(flow.record(), layout, direction());
    }

    /** Exports what is due of the flow that has this packet's key; false when that was its end. */
    private boolean goesOn(final long timestampNs) {
        final FlowRecord record = flow.record();
        final int list = lists.list(flow.slot());
        final long silenceNs = timestampNs - record.lastPacketNs();
        final long idleNs = timeouts.idleNs(record.protocol());
        if (silenceNs <= -idleNs) {
            return finisher.end(flow, FlowEndReason.IDLE_TIMEOUT, nowNs);
        }
        if (list >= FlowTimeouts.ENDED ? timeouts.isDue(list, lists.tick(flow.slot()), nowNs) : silenceNs >= idleNs) {
            if (!finisher.expireSilent(flow, nowNs)) {
                return false;
            }
        } else if (list < FlowTimeouts.ENDED) {
            exportIfActiveTooLong(timestampNs);
        }
        if (lists.list(flow.slot()) == FlowTimeouts.DORMANT) {
            lists.move(flow.slot(), FlowTimeouts.TCP, tick());
        }
        return true;
    }

    private void exportIfActiveTooLong(final long timestampNs) {
        final FlowRecord record = flow.record();
        if (FlowUpdater.isActiveTimeout(record, timestampNs, timeouts.activeNs(record.protocol())) && publisher.isRoomy()) {
            finisher.exportInterim(flow, nowNs);
        }
    }

    private void open(final int flags, final long timestampNs) {
        if (table.isFull()) {
            finisher.evict(nowNs);
        }
        table.select(table.open(key, FlowTimeouts.listOf(key.protocol()), tick()), flow);
        updater.open(flow.record(), ids.next(), flags | wantedOf(key.protocol()), timestampNs);
        if (flow.isTcp()) {
            tracker.onOpen(flow.record(), flow.state());
        }
        counters.increment(Counter.FLOWS_CREATED);
        peak = Math.max(peak, table.size());
    }

    private int wantedOf(final int protocol) {
        return listener != FlowListener.NONE && (protocol == FlowRecord.PROTOCOL_TCP || protocol == FlowRecord.PROTOCOL_UDP
            || protocol == FlowRecord.PROTOCOL_ICMPV6 && isOfRouters(layout.icmpType())) ? FlowRecord.FLAG_PAYLOAD_WANTED : 0;
    }

    /** The only ICMP messages that carry what somebody wants: the answer of an exchange, which opens its flow or does not (RFC 4861, 4). */
    private static boolean isOfRouters(final int icmpType) {
        return icmpType == ROUTER_SOLICITATION || icmpType == ROUTER_ADVERTISEMENT;
    }

    private void track(final PacketLayout segment, final long timestampNs) {
        int outcome = onSegment(segment, timestampNs);
        if (outcome == TcpTracker.NEW_CONNECTION) {
            finisher.end(flow, FlowEndReason.END_OF_FLOW_DETECTED, nowNs);
            open(ClientRule.flags(segment, key.isSourceHigh()), timestampNs);
            updater.openLink(flow.record(), layout, direction());
            outcome = onSegment(segment, timestampNs);
        }
        final int list = outcome == TcpTracker.ENDED ? FlowTimeouts.ENDED : FlowTimeouts.TCP;
        if (lists.list(flow.slot()) != list) {
            lists.move(flow.slot(), list, tick());
        }
    }

    /** The tracker sees time that never goes back within a flow. */
    private int onSegment(final PacketLayout segment, final long timestampNs) {
        return tracker.onSegment(flow.record(), flow.state(), direction(), segment,
            Math.max(timestampNs, flow.record().lastPacketNs()), wire.count());
    }

    /** Direction of the packet of {@link #key} in {@link #flow}. */
    private int direction() {
        return key.isSourceHigh() == flow.record().hasFlag(FlowRecord.FLAG_CLIENT_IS_HIGH) ? FlowRecord.FORWARD : FlowRecord.REVERSE;
    }

    private void account() {
        counters.increment(Counter.FRAMES_METERED);
        counters.add(Counter.PACKETS_METERED, wire.count());
        counters.add(Counter.OCTETS_METERED, layout.ipLength());
        if (wire.count() > 1) {
            counters.increment(Counter.FRAMES_COALESCED);
            if (wire.isEstimated()) {
                counters.increment(Counter.FRAMES_ESTIMATED);
            }
        }
    }

    private void account(final HeldFragments held) {
        counters.add(Counter.FRAMES_METERED, held.frames());
        counters.add(Counter.PACKETS_METERED, held.frames());
        counters.add(Counter.OCTETS_METERED, held.octets());
    }

    /** The error is evidence on the flow that it quotes a packet of; it ends nothing (RFC 1122, 4.2.3.9). */
    private void tieIcmpError() {
        if (layout.quotedProtocol() == FlowRecord.PROTOCOL_ICMP || layout.quotedProtocol() == FlowRecord.PROTOCOL_ICMPV6) {
            return;
        }
        key.setQuoted(layout, link.keyVlanId(), link.keyTunnelId());
        final int slot = table.find(key);
        if (slot == FlowTable.NONE) {
            return;
        }
        table.select(slot, quoted);
        counters.increment(Counter.ICMP_ERRORS_TIED);
        if (quoted.isTcp()) {
            tracker.onIcmpError(quoted.record(), quoted.state(), layout);
        } else {
            quoted.record().raiseFlag(FlowRecord.FLAG_ICMP_ERROR);
        }
    }

    @Override
    public void onFragmentsWithoutFirst(final HeldFragments held) {
        key.set(held);
        final int slot = table.find(key);
        if (slot == FlowTable.NONE) {
            open(ClientRule.sender(key.isSourceHigh()), held.firstNs());
        } else {
            table.select(slot, flow);
        }
        updater.count(flow.record(), direction(), held);
        lists.touch(flow.slot(), tick());
        account(held);
    }

    /** Time never goes back, whatever a file's stamps do. */
    private void advance(final long timestampNs) {
        if (timestampNs > nowNs) {
            nowNs = timestampNs;
        }
    }

    private long tick() {
        return nowNs >> FlowLists.TICK_SHIFT;
    }

    @Override
    public int onTime(final long nowNs) {
        advance(nowNs);
        listener.onTime(this.nowNs);
        final int expired = fragments.expire(this.nowNs) + finisher.expire(this.nowNs);
        ring.reached(Math.max(newestPacketNs, this.nowNs - HELD_BY_KERNEL_NS));
        assignGauges();
        return expired;
    }

    private void assignGauges() {
        final int dormant = lists.size(FlowTimeouts.DORMANT);
        counters.assign(Counter.FLOWS_ACTIVE, table.size() - dormant);
        counters.assign(Counter.FLOWS_DORMANT, dormant);
        counters.assign(Counter.FLOWS_PEAK, peak);
    }

    @Override
    public void onClose() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        fragments.flush();
        finisher.flush(nowNs);
        listener.onClose(nowNs);
        ring.reached(Long.MAX_VALUE);
        assignGauges();
        table.close();
    }
}
