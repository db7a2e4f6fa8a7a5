package net.flowsonde.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NetworkInterfacesTest {
    @Test
    void shouldDescribeTheLoopbackInterface() throws java.io.IOException {
        final CaptureInterface loopback = NetworkInterfaces.find("lo").orElseThrow();
        assertThat(loopback.index()).isEqualTo(java.net.NetworkInterface.getByName("lo").getIndex());
        assertThat(loopback.isUp()).isTrue();
        assertThat(loopback.isLoopback()).isTrue();
        assertThat(loopback.mtu()).isEqualTo(java.net.NetworkInterface.getByName("lo").getMTU());
        assertThat(loopback.addresses()).contains(InetAddress.getByName("127.0.0.1"));
        assertThat(loopback.receiveQueues()).isEqualTo(1);
        assertThat(loopback.offloads().orElseThrow()).contains(Offload.TSO, Offload.TX_CHECKSUM).doesNotContain(Offload.LRO);
    }

    @Test
    void shouldListInterfacesByIndexAndKnowOfNoOthers() {
        final List<CaptureInterface> all = NetworkInterfaces.all();
        assertThat(all).extracting(CaptureInterface::name).contains("lo").doesNotHaveDuplicates();
        assertThat(all).extracting(CaptureInterface::index).isSorted();
        assertThat(NetworkInterfaces.find("none-such")).isEmpty();
    }

    @Test
    void shouldSeeInterfacesWithoutAnAddressAndTheirOffloads() {
        try (LiveLab lab = new LiveLab()) {
            final CaptureInterface before = NetworkInterfaces.find(LiveLab.INTERFACE).orElseThrow();
            assertThat(before.addresses()).isEmpty();
            assertThat(before.isUp()).isTrue();
            assertThat(before.isLoopback()).isFalse();
            LiveLab.run("ip", "link", "set", LiveLab.INTERFACE, "mtu", "1400");
            lab.down();
            if (LiveLab.has("ethtool")) {
                LiveLab.run("ethtool", "-K", LiveLab.INTERFACE, "gro", "on", "tso", "off", "gso", "off", "tx", "off");
                final CaptureInterface after = NetworkInterfaces.find(LiveLab.INTERFACE).orElseThrow();
                assertThat(after.offloads().orElseThrow()).contains(Offload.GRO).doesNotContain(Offload.TSO, Offload.GSO, Offload.TX_CHECKSUM);
                assertThat(NetworkInterfaces.warnings(after)).anyMatch(line -> line.startsWith(LiveLab.INTERFACE + ": gro is on: "));
            }
            final CaptureInterface after = NetworkInterfaces.find(LiveLab.INTERFACE).orElseThrow();
            assertThat(after.isUp()).isFalse();
            assertThat(after.mtu()).isEqualTo(1_400);
        }
    }

    @Test
    void shouldWarnOfNothingWhereTheSystemSaysNothing() {
        final CaptureInterface silent = new CaptureInterface(1, "x", List.of(), true, false, 1_500, 1, Optional.empty());
        assertThat(NetworkInterfaces.warnings(silent)).isEmpty();
        final CaptureInterface clean = new CaptureInterface(1, "x", List.of(), true, false, 1_500, 1, Optional.of(Set.of()));
        assertThat(NetworkInterfaces.warnings(clean)).isEmpty();
    }
}
