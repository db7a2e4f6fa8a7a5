package net.flowsonde.config;

import java.time.Duration;

/**
 * Timers and thresholds of the TCP teardown rules.
 *
 * @param idle              T_idle: silence after which a reset counts as one of an idle connection (never less than four round trips)
 * @param zeroWindow        T_zw: how long a window must have been 0 for a reset to be blamed on it
 * @param retransmissions   N_rtx: retransmissions without a new acknowledgment after which a reset is blamed on loss
 * @param halfOpen          T_half: silence of a side after which a RST without ACK is taken for a lost connection state
 * @param linger            how long a flow stays after its end to collect evidence
 * @param closingOctets     most unacknowledged octets that still count as a complete exchange (closing-bytes rule)
 */
public record TcpConfig(
    Duration idle, Duration zeroWindow, int retransmissions, Duration halfOpen, Duration linger, int closingOctets) {

    public static final TcpConfig DEFAULT = new TcpConfig(
        Duration.ofSeconds(1), Duration.ofSeconds(1), 3, Duration.ofSeconds(30), Duration.ofSeconds(5), 64);
}
