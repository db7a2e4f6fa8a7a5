package net.flowsonde.ipfix;

import java.util.concurrent.TimeUnit;
import net.flowsonde.flow.FlowRecord;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * Flow records to messages of NetFlow v5: IPv4 only, one record a direction, several where the octets of one do not fit its 32 bits. The
 * sequence number counts records, over sessions too, since nothing tells a collector that one began.
 */
final class NetflowV5Exporter implements RecordExporter {
    private static final long MAX_DELAY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long NO_SESSION = 0;
    private static final long NS_PER_MS = 1_000_000;
    private static final long MOST_OCTETS = 0xFFFF_FFFFL;

    private final MessageSink sink;
    private final EpochClock epochClock;
    private final NanoClock nanoClock;
    private final MessageLedger ledger;
    private final Patience patience;
    private final UpTime upTime = new UpTime();
    private final MessageStamp stamp;
    private final NetflowV5Message message;
    private final MessageContents contents = new MessageContents();
    private int sequence;
    private long sinceNs;

    NetflowV5Exporter(
        final MessageSink sink, final ExportAgent.Pace pace, final long observationDomain, final EpochClock epochClock,
        final NanoClock nanoClock) {
        this.sink = sink;
        this.epochClock = epochClock;
        this.nanoClock = nanoClock;
        ledger = new MessageLedger(sink.counters());
        patience = new Patience(sink, ledger, pace, nanoClock);
        stamp = new MessageStamp(observationDomain, upTime);
        message = new NetflowV5Message(sink.maxMessageLength(), upTime);
    }

    @Override
    public void onFlow(final FlowRecord flow) {
        if (flow.ipVersion() != 4) {
            ledger.onLeftOut();
            return;
        }
        ledger.onOffered(flow);
        fitTime(flow);
        final boolean isAnswered = flow.frames(FlowRecord.REVERSE) != 0;
        if (flow.frames(FlowRecord.FORWARD) != 0 || !isAnswered) {
            add(flow, FlowRecord.FORWARD);
        }
        if (isAnswered) {
            add(flow, FlowRecord.REVERSE);
        }
        contents.records++;
    }

    /** Records of other kinds have no place in this format. */
    @Override
    public <R> void onRecord(final RecordElements<R> elements, final R record) {
    }

    private void fitTime(final FlowRecord flow) {
        final long startMs = flow.flowStartNs() / NS_PER_MS;
        final long endMs = flow.flowEndNs() / NS_PER_MS;
        if (message.records() != 0 && !upTime.fits(startMs, endMs)) {
            send();
        }
        if (message.records() == 0) {
            upTime.begin(startMs);
        }
        upTime.add(endMs);
    }

    private void add(final FlowRecord flow, final int direction) {
        long packets = flow.packets(direction);
        long octets = flow.octets(direction);
        for (long parts = Math.max(1, (octets + MOST_OCTETS - 1) / MOST_OCTETS); parts > 0; parts--) {
            if (message.isFull()) {
                send();
                upTime.begin(flow.flowStartNs() / NS_PER_MS);
                upTime.add(flow.flowEndNs() / NS_PER_MS);
            }
            if (message.records() == 0) {
                sinceNs = nanoClock.nanoTime();
            }
            final long partPackets = packets / parts;
            final long partOctets = octets / parts;
            message.add(flow, direction, partPackets, partOctets);
            contents.packets += partPackets;
            contents.octets += partOctets;
            packets -= partPackets;
            octets -= partOctets;
        }
    }

    @Override
    public int doWork(final long nowNs) {
        int work = sink.doWork(nowNs) + ledger.settle(sink);
        if (message.records() != 0 && nowNs - sinceNs >= MAX_DELAY_NS) {
            send();
            work++;
        }
        return work + ledger.settle(sink);
    }

    private void send() {
        if (!offer()) {
            ledger.onRefused(contents);
        }
        message.reset();
        contents.reset();
        upTime.end();
    }

    private boolean offer() {
        do {
            if (sink.sessionId() != NO_SESSION) {
                final int length = message.finish(stamp.at(upTime.exportMs(epochClock.time())), sequence);
                contents.number(NetflowV5Message.SEQUENCE_OFFSET, message.records());
                if (sink.offer(message.buffer(), 0, length, contents)) {
                    patience.onTaken();
                    sequence += message.records();
                    ledger.onTaken(length, contents);
                    return true;
                }
            }
        } while (patience.isTryingAgain());
        return false;
    }

    @Override
    public void onDraining() {
        patience.onDraining();
        sink.onDraining();
    }

    @Override
    public void close() {
        if (message.records() != 0) {
            send();
        }
        sink.flush();
        do {
            ledger.settle(sink);
        } while ((!ledger.isEmpty() || sink.waitingOctets() > 0) && patience.isTryingAgain());
        sink.close();
        ledger.settle(sink);
    }
}
