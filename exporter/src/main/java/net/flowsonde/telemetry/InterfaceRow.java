package net.flowsonde.telemetry;

/**
 * An interface that is captured, as the system shows it.
 *
 * @param index            ifIndex
 * @param name             its name
 * @param alias            what an administrator has called it; empty when nothing
 * @param type             IANAifType: 6 Ethernet, 24 loopback, 1 other
 * @param mtu              octets
 * @param speedMbps        megabits a second; 0 when unknown
 * @param hardwareAddress  such as 02:00:5e:10:00:01; empty when it has none
 * @param isUp             an administrator has put it up
 * @param isRunning        it can pass packets
 * @param isPromiscuous    it takes frames that are not addressed to it
 * @param received         what it received: octets, packets, multicast packets, dropped, errors
 * @param sent             what it sent, in the same order
 */
public record InterfaceRow(
    int index, String name, String alias, int type, int mtu, long speedMbps, String hardwareAddress, boolean isUp,
    boolean isRunning, boolean isPromiscuous, Traffic received, Traffic sent) {

    /** Counts of one direction. */
    public record Traffic(long octets, long packets, long multicasts, long drops, long errors) {
    }
}
