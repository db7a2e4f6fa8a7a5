package net.flowsonde.telemetry;

/**
 * Every count that Flowsonde keeps, named once for the final report, the options records and (later) SNMP and Prometheus.
 * A constant belongs to one {@link Scope}: the kind of thing (a queue, a collector, the export thread) that counts it.
 */
public enum Counter {
    // ---- capture, by queue
    FRAMES_CAPTURED(Scope.QUEUE, "frames that the kernel or the file gave us"),
    OCTETS_CAPTURED(Scope.QUEUE, "octets on the wire of those frames, link layer included"),
    FRAMES_OWN_TRAFFIC(Scope.QUEUE, "frames left out because they are our own export or management traffic"),
    FRAMES_BEFORE_START(Scope.QUEUE, "frames left out because they came before all queues of the interface had joined"),
    FRAMES_TRUNCATED(Scope.QUEUE, "frames captured shorter than they were on the wire"),
    FRAMES_OFFLOADED(Scope.QUEUE, "frames that stand for several wire packets (segmentation offload)"),
    KERNEL_DROPS(Scope.QUEUE, "frames that the kernel dropped because our buffer was full"),
    INTERFACE_DROPS(Scope.QUEUE, "frames that the network interface dropped"),
    CAPTURE_ERRORS(Scope.QUEUE, "errors of the capture handle, such as an interface that went down"),

    // ---- the account of a queue: FRAMES_CAPTURED = FRAMES_OWN_TRAFFIC + FRAMES_BEFORE_START + FRAMES_METERED + FRAMES_NOT_METERED
    FRAMES_METERED(Scope.QUEUE, "frames counted in a flow"),
    FRAMES_NOT_METERED(Scope.QUEUE, "frames without an IP packet that could be metered"),
    FLOWS_CREATED(Scope.QUEUE, "flows opened"),
    // once every flow is flushed: FRAMES_METERED = FRAMES_RECORDED + FRAMES_RING_FULL
    RECORDS_CREATED(Scope.QUEUE, "flow records finished and handed to the export thread"),
    RECORDS_RING_FULL(Scope.QUEUE, "flow records dropped because the export thread did not keep up"),
    FRAMES_RECORDED(Scope.QUEUE, "frames counted in the records that were handed over"),
    FRAMES_RING_FULL(Scope.QUEUE, "frames counted in the records that were dropped"),

    // ---- the account of the export thread: sum of RECORDS_CREATED over queues = RECORDS_RECEIVED
    RECORDS_RECEIVED(Scope.EXPORT, "flow records taken over by the export thread"),

    // ---- the account of a collector, once it is flushed: RECORDS_RECEIVED = RECORDS_SENT + RECORDS_DROPPED
    RECORDS_SENT(Scope.COLLECTOR, "flow records sent"),
    RECORDS_DROPPED(Scope.COLLECTOR, "flow records dropped because the collector was away or did not keep up"),
    MESSAGES_SENT(Scope.COLLECTOR, "messages sent"),
    OCTETS_SENT(Scope.COLLECTOR, "octets of the messages sent");

    /** What kind of thing counts. */
    public enum Scope { QUEUE, EXPORT, COLLECTOR }

    private final Scope scope;
    private final String description;

    Counter(final Scope scope, final String description) {
        this.scope = scope;
        this.description = description;
    }

    public Scope scope() {
        return scope;
    }

    /** One line for documentation and options records; no full stop. */
    public String description() {
        return description;
    }
}
