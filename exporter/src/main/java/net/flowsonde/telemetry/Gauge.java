package net.flowsonde.telemetry;

/**
 * Every measure that is not a count: what is now, not how often something was. Kept out of {@link Counter} because no sum over time holds
 * for it, so that the account at the end does not print it. Times are milliseconds since 1970, 0 for never or none.
 */
public enum Gauge {
    RING_OCTETS(Counter.Scope.QUEUE, "octets of finished records that wait for the export thread"),
    RING_CAPACITY(Counter.Scope.QUEUE, "octets of finished records that can wait for the export thread"),
    INTERFACE_INDEX(Counter.Scope.QUEUE, "ifIndex of the interface that is captured, 0 for files"),
    ACTIVE_TIMEOUT_SECONDS(Counter.Scope.QUEUE, "seconds after which a TCP flow that goes on is reported"),
    IDLE_TIMEOUT_SECONDS(Counter.Scope.QUEUE, "seconds of silence after which a TCP flow has ended"),
    FLOW_LIMIT(Counter.Scope.QUEUE, "most flows that the cache holds"),
    CAPTURING(Counter.Scope.QUEUE, "1 while the queue captures, 0 before and after"),

    SESSION_STATE(Counter.Scope.COLLECTOR, "0 unknown, 1 away, 2 connecting, 3 open"),
    LAST_TEMPLATE_TIME(Counter.Scope.COLLECTOR, "when templates were last sent"),
    TEMPLATE_REFRESH_SECONDS(Counter.Scope.COLLECTOR, "seconds after which templates are sent again, 0 when they are not"),
    TEMPLATE_REFRESH_MESSAGES(Counter.Scope.COLLECTOR, "messages after which templates are sent again, 0 when they are not"),
    PROTOCOL_VERSION(Counter.Scope.COLLECTOR, "10 for IPFIX, 9 for NetFlow v9, 0 for what has no messages"),
    SPOOL_OCTETS(Counter.Scope.COLLECTOR, "octets of the messages in the spool"),
    SPOOL_LIMIT(Counter.Scope.COLLECTOR, "most octets that the spool holds, 0 without a spool"),
    SPOOL_OLDEST_TIME(Counter.Scope.COLLECTOR, "when the oldest message in the spool was made"),
    CERTIFICATE_EXPIRY_TIME(Counter.Scope.COLLECTOR, "when the first of our and the collector's certificates expires");

    /** Values of {@link #SESSION_STATE}. */
    public static final long SESSION_UNKNOWN = 0;
    public static final long SESSION_AWAY = 1;
    public static final long SESSION_CONNECTING = 2;
    public static final long SESSION_OPEN = 3;

    private final Counter.Scope scope;
    private final String description;

    Gauge(final Counter.Scope scope, final String description) {
        this.scope = scope;
        this.description = description;
    }

    public Counter.Scope scope() {
        return scope;
    }

    /** One line for documentation; no full stop. */
    public String description() {
        return description;
    }
}
