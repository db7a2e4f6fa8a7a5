package net.flowsonde.enrich;

import net.flowsonde.dpi.dns.DnsTransaction;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertKind;
import net.flowsonde.telemetry.Counters;

/** Clients that ask for many long, random names under one registered domain: data in names. */
final class TunnelDetector implements DnsDetector {
    private static final int MOST_PAIRS = 4_096;
    /** Fewer names carry too little to be worth an alert. */
    private static final int LEAST_NAMES = 50;
    /** A score costs more than counting, so that it is taken now and then. */
    private static final int SCORE_INTERVAL = 16;

    private final int threshold;
    private final DomainSet exempt;
    private final DnsServers servers;
    private final AlertBus alerts;
    private final Watches<TunnelWatch> pairs;
    private final AddressKey key = new AddressKey();

    /** @param threshold  score, of 100 */
    TunnelDetector(final int threshold, final DomainSet exempt, final DnsServers servers, final AlertBus alerts, final Counters counters) {
        this.threshold = threshold;
        this.exempt = exempt;
        this.servers = servers;
        this.alerts = alerts;
        pairs = new Watches<>(MOST_PAIRS, TunnelWatch::new, counters);
    }

    @Override
    public void onExchange(final DnsExchange exchange) {
        final DnsTransaction transaction = exchange.transaction();
        final int length = transaction.queryNameLength() - exchange.domainLength() - 1;
        if (length <= 0 || !exchange.isOfNameServer() || !exchange.hasContent() || exchange.isUnder(exempt)
            || servers.isResolver(exchange.client())) {
            return;
        }
        key.set(exchange.client());
        key.mix(NameHash.of(transaction.buffer(), exchange.domainOffset(), exchange.domainLength()));
        final TunnelWatch pair = pairs.of(key);
        pair.onTime(transaction.timeNs(), TunnelWatch.WINDOW_NS);
        pair.onQuery(transaction, length);
        if (pair.queries() >= LEAST_NAMES && pair.queries() % SCORE_INTERVAL == 0 && pair.distinctNames() >= LEAST_NAMES) {
            judge(exchange, pair);
        }
    }

    private void judge(final DnsExchange exchange, final TunnelWatch pair) {
        final DnsTransaction transaction = exchange.transaction();
        final int score = pair.score();
        if (score >= threshold && pair.isAlertDue(transaction.timeNs())) {
            final String domain = exchange.domain();
            final String text = exchange.client() + " seems to have a tunnel through names under " + domain + ": " + pair.figures();
            alerts.raise(Alert.of(AlertKind.DNS_TUNNEL, transaction.timeNs(), exchange.client() + " " + domain, text)
                .measured(score, threshold).between(exchange.client().toInetAddress(), exchange.server().toInetAddress())
                .inFlow(transaction.flowId()));
        }
    }
}
