package net.flowsonde.collector;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The name servers of {@link NameLab}, over IPv6 too, with a real DHCP server (dnsmasq) that hands out the allowed one, by DHCPv6 and in
 * router advertisements as well, and a real DHCP client (dhclient). Needs root.
 */
final class DhcpLab implements AutoCloseable {
    static final String ALLOWED6 = "fd77:0:0:7::53";
    static final String ROGUE6 = "fd77:0:0:7::66";
    /** A host that makes its address itself. */
    static final String CARLA6 = "fd77:0:0:7::ca";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Path directory;
    private final NameLab names;

    DhcpLab(final Path directory) throws IOException {
        Tools.require("dhclient");
        this.directory = directory;
        names = new NameLab(directory);
        try {
            plug();
            names.serveNames(ALLOWED6, "--host-record=web.example.com," + NameLab.WEB);
            names.serveNames(ROGUE6, "--host-record=bank.example.com," + NameLab.ROGUE);
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(() -> names.ask(CARLA6, ALLOWED6, "web.example.com").equals(NameLab.WEB)
                && names.ask(CARLA6, ROGUE6, "bank.example.com").equals(NameLab.ROGUE));
        } catch (final AssertionError | RuntimeException | IOException e) {
            close();
            throw e;
        }
    }

    private void plug() {
        enableIpv6(names.servers(), NetworkNamespace.RECEIVER);
        enableIpv6(names.clients(), NetworkNamespace.SENDER);
        List.of(ALLOWED6, ROGUE6).forEach(address ->
            names.servers().exec("ip", "address", "add", address + "/64", "dev", NetworkNamespace.RECEIVER));
        names.clients().exec("ip", "address", "add", CARLA6 + "/64", "dev", NetworkNamespace.SENDER);
    }

    /** Nobody else has the addresses, so nobody is asked before they are used. */
    private static void enableIpv6(final NetworkNamespace namespace, final String device) {
        namespace.exec("sysctl", "-qw", "net.ipv6.conf." + device + ".accept_dad=0", "net.ipv6.conf." + device + ".disable_ipv6=0");
    }

    /** From now on addresses and the allowed name server are handed out. */
    void handOut() throws IOException {
        names.start(names.servers(), List.of("dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--pid-file", "--user=root", "--port=0",
            "--interface=" + NetworkNamespace.RECEIVER, "--dhcp-authoritative", "--no-ping", "--dhcp-leasefile=" + directory.resolve("leases"),
            "--dhcp-range=10.77.0.150,10.77.0.160,255.255.255.0,1h", "--dhcp-option=option:dns-server," + NameLab.ALLOWED,
            "--enable-ra", "--ra-param=" + NetworkNamespace.RECEIVER + ",4", "--dhcp-range=fd77:0:0:7::150,fd77:0:0:7::160,64,1h",
            "--dhcp-option=option6:dns-server,[" + ALLOWED6 + "]"));
    }

    /** Asks for an address as a client does, by DHCP or DHCPv6, and answers it once the client has it. */
    String lease(final boolean isIpv6) throws IOException {
        final String version = isIpv6 ? "-6" : "-4";
        final Path leased = directory.resolve("leased" + version);
        final Path script = Files.writeString(directory.resolve("bind" + version), """
            #!/bin/sh
            address=$new_ip_address/24
            [ -z "$new_ip6_address" ] || address=$new_ip6_address/64
            case $reason in
                BOUND*) ip address add $address dev $interface && echo ${address%%/*} > %s.new && mv %s.new %s ;;
            esac
            """.formatted(leased, leased, leased));
        Tools.check(directory, "chmod", "+x", script.toString());
        final Path config = Files.writeString(directory.resolve("client.conf"), "initial-interval 1;\nbackoff-cutoff 1;\n");
        names.start(names.clients(), List.of("dhclient", version, "-d", "-1", "-cf", config.toString(), "-sf", script.toString(),
            "-lf", directory.resolve("client-leases" + version).toString(), "-pf", directory.resolve("client-pid" + version).toString(),
            NetworkNamespace.SENDER));
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(() -> Files.exists(leased));
        return Files.readString(leased).trim();
    }

    NameLab names() {
        return names;
    }

    @Override
    public void close() {
        names.close();
    }
}
