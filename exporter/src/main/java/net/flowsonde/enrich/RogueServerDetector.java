package net.flowsonde.enrich;

import net.flowsonde.dpi.dhcp.ServerHint;
import net.flowsonde.dpi.dns.DnsMark;
import net.flowsonde.dpi.dns.DnsTransaction;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertKind;
import net.flowsonde.telemetry.Counters;

/**
 * Servers that answer, or that DHCP or a router hands out, although they are not in {@code dns.allowed-servers}. Those that the allowed servers ask in
 * turn are none of the clients' business.
 */
final class RogueServerDetector implements DnsDetector {
    private static final int MOST_SERVERS = 4_096;

    private final DnsServers servers;
    private final AlertBus alerts;
    private final Watches<ServerWatch> watches;
    private final AddressKey address = new AddressKey();

    private static final class ServerWatch extends Watch {
        ServerWatch(final AddressKey server) {
            super(server);
        }

        @Override
        void clear() {
            // nothing is counted but the time between alerts
        }
    }

    RogueServerDetector(final DnsServers servers, final AlertBus alerts, final Counters counters) {
        this.servers = servers;
        this.alerts = alerts;
        watches = new Watches<>(MOST_SERVERS, ServerWatch::new, counters);
    }

    @Override
    public void onExchange(final DnsExchange exchange) {
        final DnsTransaction transaction = exchange.transaction();
        if (!servers.hasAllowed() || !transaction.hasAnswer() || !exchange.isOfNameServer() || transaction.hasMark(DnsMark.NOT_DNS)
            || servers.isAllowed(exchange.server()) || servers.isAllowed(exchange.client())) {
            return;
        }
        if (watches.of(exchange.server()).isAlertDue(transaction.timeNs())) {
            final String text = exchange.server() + " answers DNS queries and is not in dns.allowed-servers; it told " + exchange.client()
                + (exchange.hasContent() ? " about " + transaction.queryName() : " something encrypted");
            alerts.raise(Alert.of(AlertKind.ROGUE_DNS_SERVER, transaction.timeNs(), exchange.server().toString(), text)
                .between(exchange.client().toInetAddress(), exchange.server().toInetAddress()).inFlow(transaction.flowId()));
        }
    }

    /** DNS servers were handed out. */
    void onHint(final ServerHint hint) {
        for (int i = 0; i < hint.serverCount() && servers.hasAllowed(); i++) {
            address.set(hint.buffer(), hint.serverOffset(i), hint.ipVersion());
            if (!address.isNoHost() && !servers.isAllowed(address) && watches.of(address).isAlertDue(hint.timeNs())) {
                raise(hint);
            }
        }
    }

    private void raise(final ServerHint hint) {
        final AddressKey giver = new AddressKey();
        final AddressKey client = new AddressKey();
        giver.set(hint.buffer(), hint.giverOffset(), hint.ipVersion());
        client.set(hint.buffer(), hint.clientOffset(), hint.ipVersion());
        final String whom = hint.isOfNetwork() ? "the hosts of " + client : client.isNoHost() ? "all hosts" : client.toString();
        final String text = (hint.kind() == ServerHint.ROUTER_ADVERTISEMENT ? "the router " : "the DHCP server ") + giver + " tells " + whom
            + " to ask " + address + " for names, which is not in dns.allowed-servers";
        alerts.raise(Alert.of(AlertKind.ROGUE_DNS_SERVER, hint.timeNs(), address.toString(), text)
            .between(client.toInetAddress(), address.toInetAddress()).inFlow(hint.flowId()));
    }
}
