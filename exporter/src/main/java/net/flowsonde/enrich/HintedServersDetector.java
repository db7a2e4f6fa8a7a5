package net.flowsonde.enrich;

import net.flowsonde.dpi.dhcp.ServerHint;
import net.flowsonde.dpi.dns.DnsTransaction;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertKind;
import net.flowsonde.telemetry.Counters;

/** Clients that use another DNS server than DHCP or a router told them to, unless the configuration allows that one. */
final class HintedServersDetector implements DnsDetector {
    private static final int MOST_CLIENTS = 16_384;
    private static final int MOST_NETWORKS = 1_024;

    private final DnsServers servers;
    private final AlertBus alerts;
    private final Watches<Hinted> clients;
    private final Watches<Hinted> networks;
    private final AddressKey client = new AddressKey();
    private final AddressKey server = new AddressKey();

    /** What one client was told, or all hosts of a network. */
    private static final class Hinted extends Watch {
        private final AddressKey[] servers = new AddressKey[ServerHint.MAX_SERVERS];
        private int count;

        Hinted(final AddressKey client) {
            super(client);
        }

        @Override
        void forget() {
            count = 0;
        }

        /** The newest are kept. */
        void add(final AddressKey server) {
            if (has(server)) {
                return;
            }
            if (count == servers.length) {
                System.arraycopy(servers, 1, servers, 0, --count);
            }
            servers[count] = new AddressKey();
            servers[count++].set(server);
        }

        boolean has(final AddressKey server) {
            for (int i = 0; i < count; i++) {
                if (servers[i].isSame(server)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        void clear() {
            // what was told holds until something else is told
        }
    }

    HintedServersDetector(final DnsServers servers, final AlertBus alerts, final Counters counters) {
        this.servers = servers;
        this.alerts = alerts;
        clients = new Watches<>(MOST_CLIENTS, Hinted::new, counters);
        networks = new Watches<>(MOST_NETWORKS, Hinted::new, counters);
    }

    /** A client was told which DNS servers to ask, or a network. Several routers may tell one network. */
    void onHint(final ServerHint hint) {
        client.set(hint.buffer(), hint.clientOffset(), hint.ipVersion());
        if (client.isNoHost()) {
            return;
        }
        final Hinted hinted;
        if (hint.isOfNetwork()) {
            client.clearHost();
            hinted = networks.of(client);
        } else {
            hinted = clients.of(client);
            hinted.forget();
        }
        for (int i = 0; i < hint.serverCount(); i++) {
            server.set(hint.buffer(), hint.serverOffset(i), hint.ipVersion());
            hinted.add(server);
        }
    }

    @Override
    public void onExchange(final DnsExchange exchange) {
        final DnsTransaction transaction = exchange.transaction();
        if (!transaction.hasAnswer() || !exchange.isOfNameServer()) {
            return;
        }
        final Hinted own = clients.find(exchange.client());
        client.set(exchange.client());
        client.clearHost();
        final Hinted network = networks.find(client);
        final boolean isToldByDhcp = own != null && own.count > 0;
        if (!isToldByDhcp && network == null || isTold(own, exchange) || isTold(network, exchange) || isExpected(exchange)) {
            return;
        }
        final AddressKey told = (isToldByDhcp ? own : network).servers[0];
        if (clients.of(exchange.client()).isAlertDue(transaction.timeNs())) {
            final String text = exchange.client() + " asks " + exchange.server() + " for names, which " + (isToldByDhcp ? "DHCP" : "its router")
                + " did not tell it to; it was told " + told;
            alerts.raise(Alert.of(AlertKind.DNS_SERVER_NOT_FROM_DHCP, transaction.timeNs(), exchange.client() + " " + exchange.server(), text)
                .between(exchange.client().toInetAddress(), exchange.server().toInetAddress()).inFlow(transaction.flowId()));
        }
    }

    private static boolean isTold(final Hinted hinted, final DnsExchange exchange) {
        return hinted != null && hinted.has(exchange.server());
    }

    /** By the configuration, or because it is no stub resolver that asks. */
    private boolean isExpected(final DnsExchange exchange) {
        return servers.hasAllowed() && servers.isAllowed(exchange.server()) || exchange.client().isSame(exchange.server())
            || servers.isResolver(exchange.client());
    }
}
