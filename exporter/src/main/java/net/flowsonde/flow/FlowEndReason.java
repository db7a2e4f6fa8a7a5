package net.flowsonde.flow;

/** Values of flowEndReason (136, RFC 5102). */
final class FlowEndReason {
    static final int IDLE_TIMEOUT = 1;
    static final int ACTIVE_TIMEOUT = 2;
    static final int END_OF_FLOW_DETECTED = 3;
    static final int FORCED_END = 4;
    static final int LACK_OF_RESOURCES = 5;

    private FlowEndReason() {
    }
}
