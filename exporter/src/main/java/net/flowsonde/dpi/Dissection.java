package net.flowsonde.dpi;

import net.flowsonde.flow.FlowRecord;
import org.agrona.DirectBuffer;

/**
 * One TCP flow that is looked into: first by every analyzer until one claims it, then by that one. Pooled by {@link Dissections}; owned by
 * one queue thread.
 */
final class Dissection implements StreamConsumer {
    /** Octets of a direction's start after which an undecided analyzer has to do without the flow. */
    private static final int MOST_PROBED_OCTETS = 512;
    /** Segments that are probed, each by itself, where the capture began in the middle of a flow. */
    private static final int MOST_PROBED_SEGMENTS = 16;

    /** Number in the pool. */
    final int index;
    /** Tells apart the flows that this object served one after the other. */
    int generation;
    /** Toward more recent use; a list of {@link Dissections}. */
    Dissection newer;
    Dissection older;

    private final ProtocolAnalyzer[] analyzers;
    private final StreamReassembler[] streams;
    private FlowRecord flow;
    private ProtocolAnalyzer analyzer;
    private int session;
    private int probedSegments;
    private boolean isDismissed;

    Dissection(final int index, final ProtocolAnalyzer[] analyzers, final StreamMemory memory) {
        this.index = index;
        this.analyzers = analyzers;
        streams = new StreamReassembler[] {new StreamReassembler(memory), new StreamReassembler(memory)};
    }

    /** Points at the flow, in whose calls it works until the next one. */
    void wrap(final FlowRecord flow) {
        this.flow = flow;
    }

    StreamReassembler stream(final int direction) {
        return streams[direction];
    }

    boolean isClaimed() {
        return analyzer != null;
    }

    /** Nobody wants more of the flow. */
    boolean isDismissed() {
        return isDismissed;
    }

    @Override
    public int onStream(final int direction, final DirectBuffer buffer, final int offset, final int length, final long timestampNs) {
        if (isDismissed) {
            return ProtocolAnalyzer.DISMISS;
        }
        final int done = analyzer == null
            ? probe(direction, buffer, offset, length, timestampNs)
            : analyzer.onStream(session, flow, direction, buffer, offset, length, timestampNs);
        isDismissed = done < 0;
        return done;
    }

    private int probe(final int direction, final DirectBuffer buffer, final int offset, final int length, final long timestampNs) {
        boolean isUndecided = false;
        for (final ProtocolAnalyzer candidate : analyzers) {
            final int answer = candidate.probe(flow, direction, buffer, offset, length, true);
            if (answer == ProtocolAnalyzer.YES) {
                session = candidate.open(flow, timestampNs);
                analyzer = candidate;
                return candidate.onStream(session, flow, direction, buffer, offset, length, timestampNs);
            }
            isUndecided |= answer == ProtocolAnalyzer.MAYBE;
        }
        if (isUndecided && length < MOST_PROBED_OCTETS) {
            return 0;
        }
        return isMidstream() && ++probedSegments < MOST_PROBED_SEGMENTS ? length : ProtocolAnalyzer.DISMISS;
    }

    /** Where the start of the flow was not seen, a segment that begins with a message may still come. */
    private boolean isMidstream() {
        return !flow.hasFlag(FlowRecord.FLAG_SYN_SEEN);
    }

    @Override
    public void onGap(final int direction, final long octets, final long timestampNs) {
        if (analyzer != null) {
            analyzer.onGap(session, flow, direction, octets, timestampNs);
        }
    }

    /** The flow has ended: what waits behind holes is looked at after all. */
    void flush(final FlowRecord ending, final long nowNs) {
        wrap(ending);
        streams[FlowRecord.FORWARD].flush(this, FlowRecord.FORWARD, nowNs);
        streams[FlowRecord.REVERSE].flush(this, FlowRecord.REVERSE, nowNs);
    }

    /** Closes the analyzer's session and is ready for another flow. */
    void close(final long nowNs) {
        if (analyzer != null) {
            analyzer.close(session, nowNs);
        }
        analyzer = null;
        flow = null;
        probedSegments = 0;
        isDismissed = false;
        streams[FlowRecord.FORWARD].reset();
        streams[FlowRecord.REVERSE].reset();
        generation++;
    }
}
