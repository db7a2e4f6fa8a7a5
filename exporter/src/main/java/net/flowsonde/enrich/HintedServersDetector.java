package net.flowsonde.enrich;

import net.flowsonde.dpi.dhcp.ServerHint;
import net.flowsonde.dpi.dns.DnsTransaction;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertKind;
import net.flowsonde.telemetry.Counters;

/** Clients that use another DNS server than DHCP told them to, unless the configuration allows that one. */
final class HintedServersDetector implements DnsDetector {
    private static final int MOST_CLIENTS = 16_384;

    private final DnsServers servers;
    private final AlertBus alerts;
    private final Watches<Hinted> clients;
    private final AddressKey client = new AddressKey();

    /** What one client was told. */
    private static final class Hinted extends Watch {
        private final AddressKey[] servers = new AddressKey[ServerHint.MAX_SERVERS];
        private int count;

        Hinted(final AddressKey client) {
            super(client);
        }

        void set(final ServerHint hint) {
            count = hint.serverCount();
            for (int i = 0; i < count; i++) {
                servers[i] = new AddressKey();
                servers[i].set(hint.buffer(), hint.serverOffset(i), hint.ipVersion());
            }
        }

        boolean has(final AddressKey server) {
            for (int i = 0; i < count; i++) {
                if (servers[i].isSame(server)) {
                    return true;
                }
            }
            return count == 0;
        }

        @Override
        void clear() {
            // what DHCP has said holds until it says something else
        }
    }

    HintedServersDetector(final DnsServers servers, final AlertBus alerts, final Counters counters) {
        this.servers = servers;
        this.alerts = alerts;
        clients = new Watches<>(MOST_CLIENTS, Hinted::new, counters);
    }

    /** A DHCP server handed out DNS servers. */
    void onHint(final ServerHint hint) {
        client.set(hint.buffer(), hint.clientOffset(), hint.ipVersion());
        if (!client.isNoHost()) {
            clients.of(client).set(hint);
        }
    }

    @Override
    public void onExchange(final DnsExchange exchange) {
        final DnsTransaction transaction = exchange.transaction();
        final Hinted hinted = clients.find(exchange.client());
        if (hinted == null || !transaction.hasAnswer() || !exchange.isOfNameServer() || hinted.has(exchange.server())
            || servers.hasAllowed() && servers.isAllowed(exchange.server()) || exchange.client().isSame(exchange.server())
            || servers.isResolver(exchange.client())) {
            return;
        }
        if (hinted.isAlertDue(transaction.timeNs())) {
            final String text = exchange.client() + " asks " + exchange.server() + " for names, which DHCP did not tell it to; it was told "
                + hinted.servers[0];
            alerts.raise(Alert.of(AlertKind.DNS_SERVER_NOT_FROM_DHCP, transaction.timeNs(), exchange.client() + " " + exchange.server(), text)
                .between(exchange.client().toInetAddress(), exchange.server().toInetAddress()).inFlow(transaction.flowId()));
        }
    }
}
