package net.flowsonde.capture;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A network interface of this machine as it is now.
 *
 * @param index          ifIndex
 * @param name           its name
 * @param addresses      IPv4 and IPv6 addresses
 * @param isUp           whether it is administratively up
 * @param isLoopback     whether it is the loopback interface, which shows every packet twice
 * @param mtu            octets; 0 when unknown
 * @param receiveQueues  receive queues of the hardware or driver; 0 when unknown
 * @param offloads       the offloads that are switched on; empty when the system does not say
 */
public record CaptureInterface(
    int index, String name, List<InetAddress> addresses, boolean isUp, boolean isLoopback, int mtu, int receiveQueues,
    Optional<Set<Offload>> offloads) {

    public CaptureInterface {
        addresses = List.copyOf(addresses);
        offloads = offloads.map(Set::copyOf);
    }
}
