package net.flowsonde.dpi;

import net.flowsonde.flow.FlowRecord;
import org.agrona.DirectBuffer;

/**
 * Dissects one application protocol, for all flows of one queue that speak it. TCP flows have a session each; datagrams have none: what
 * belongs together is found by addresses, ports and identifiers. Records that are finished go into the queue's ring. All calls come from
 * the queue thread; views are valid only during the call; nothing that a packet holds may make a call throw.
 */
public interface ProtocolAnalyzer {
    /** The payload is not of this protocol. */
    int NO = 0;
    /** It may be: more octets will tell. */
    int MAYBE = 1;
    /** It is. */
    int YES = 2;

    /** Answer of {@link #onStream}: the rest of this flow is of no interest. */
    int DISMISS = -1;

    /**
     * Whether payload from the start of a direction (or, where the capture began in the middle, from the start of a segment) is of this
     * protocol. Content decides; ports are a hint at most. Called for the first packets of every flow, so it must be quick to say no.
     *
     * @param isStream  octets of a TCP stream, of which more may follow; else a whole datagram
     */
    int probe(FlowRecord flow, int direction, DirectBuffer buffer, int offset, int length, boolean isStream);

    /**
     * A TCP flow is of this protocol: makes room for its session, evicting an older one where there is a limit. What later calls need of
     * the flow (addresses, ports, flowId) is to be copied when they get no flow.
     *
     * @return number of the session, 0 or more
     */
    int open(FlowRecord flow, long timestampNs);

    /**
     * One datagram.
     *
     * @param length      octets that were captured
     * @param wireLength  octets that it had, at least {@code length}
     */
    void onDatagram(FlowRecord flow, int direction, DirectBuffer buffer, int offset, int length, int wireLength, long timestampNs);

    /**
     * Octets of one direction of a TCP flow, in order, without a hole since the last call.
     *
     * @return how many of them are done with. Fewer than given: the rest is kept and given again with what follows it, up to
     *     {@link StreamReassembler#LONGEST_CARRY} octets. More than given: the octets beyond are skipped as they come, without being
     *     copied or waited for. {@link #DISMISS}: the session is closed and no more comes
     */
    int onStream(int session, FlowRecord flow, int direction, DirectBuffer buffer, int offset, int length, long timestampNs);

    /**
     * Octets of a direction were lost (by the capture, by a cut frame, by a limit), what was kept of an unfinished message among them; what
     * follows is to be resynchronised with.
     *
     * @param octets  how many, as far as known
     */
    void onGap(int session, FlowRecord flow, int direction, long octets, long timestampNs);

    /** The session has ended: its flow has, or it was dismissed, or evicted by the dispatcher. */
    void close(int session, long nowNs);

    /** Time has come to {@code nowNs}: what has waited too long is given up. Called at least ten times a second, in bounded steps. */
    void onTime(long nowNs);

    /** Every session has been closed and no packet will follow: what is held is to be passed on. */
    void onClose(long nowNs);
}
