package net.flowsonde.enrich;

import java.util.concurrent.TimeUnit;
import net.flowsonde.dpi.dns.DnsTransaction;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertKind;
import net.flowsonde.telemetry.Counters;

/**
 * Clients that ask for many different names that do not exist, as malware does that tries generated domains. Reverse look-ups and block
 * lists, where not to exist is a usual answer, do not count, nor do resolvers, which ask for others.
 */
final class NxdomainDetector implements DnsDetector {
    private static final int MOST_CLIENTS = 4_096;
    private static final long WINDOW_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int NX_DOMAIN = 3;
    /** Estimating costs more than counting, so that it is done now and then. */
    private static final int ESTIMATE_INTERVAL = 16;

    private final int threshold;
    private final DomainSet exempt;
    private final DnsServers servers;
    private final AlertBus alerts;
    private final Watches<Client> clients;

    private static final class Client extends Watch {
        private final DistinctCount names = new DistinctCount();
        private int answers;
        private int failures;

        Client(final AddressKey client) {
            super(client);
        }

        @Override
        void clear() {
            names.clear();
            answers = 0;
            failures = 0;
        }
    }

    /** @param threshold  different names in a minute */
    NxdomainDetector(
        final int threshold, final DomainSet exempt, final DnsServers servers, final AlertBus alerts, final Counters counters) {
        this.threshold = threshold;
        this.exempt = exempt;
        this.servers = servers;
        this.alerts = alerts;
        clients = new Watches<>(MOST_CLIENTS, Client::new, counters);
    }

    @Override
    public void onExchange(final DnsExchange exchange) {
        final DnsTransaction transaction = exchange.transaction();
        if (!transaction.hasAnswer() || !exchange.isOfNameServer() || !exchange.hasContent()) {
            return;
        }
        // a client is watched from its first failure on: most never have one
        final boolean isFailure = transaction.responseCode() == NX_DOMAIN;
        final Client known = clients.find(exchange.client());
        if (known == null && !isFailure || exchange.isUnder(exempt) || servers.isResolver(exchange.client())) {
            return;
        }
        final Client client = known == null ? clients.of(exchange.client()) : known;
        client.onTime(transaction.timeNs(), WINDOW_NS);
        client.answers++;
        if (isFailure) {
            client.failures++;
            client.names.add(NameHash.of(transaction.buffer(), transaction.queryNameOffset(), transaction.queryNameLength()));
            judge(exchange, client);
        }
    }

    private void judge(final DnsExchange exchange, final Client client) {
        if (client.failures < threshold || (client.failures - threshold) % ESTIMATE_INTERVAL != 0 || 2 * client.failures < client.answers) {
            return;
        }
        final long names = client.names.estimate();
        final DnsTransaction transaction = exchange.transaction();
        if (names >= threshold && client.isAlertDue(transaction.timeNs())) {
            final String text = exchange.client() + " asked for about " + names + " names within a minute that do not exist, the last "
                + transaction.queryName();
            alerts.raise(Alert.of(AlertKind.NXDOMAIN_BURST, transaction.timeNs(), exchange.client().toString(), text)
                .measured(names, threshold).between(exchange.client().toInetAddress(), exchange.server().toInetAddress())
                .inFlow(transaction.flowId()));
        }
    }
}
