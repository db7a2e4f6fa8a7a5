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
    CAPTURE_ERRORS(Scope.QUEUE, "errors of the capture handle, such as an interface that went down");

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
