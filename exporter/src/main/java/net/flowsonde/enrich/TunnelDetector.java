package net.flowsonde.enrich;

import net.flowsonde.dpi.dns.DnsTransaction;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertKind;
import net.flowsonde.telemetry.Counters;
import org.agrona.DirectBuffer;

/** Clients that ask for many long, random names under one registered domain: data in names. */
final class TunnelDetector implements DnsDetector {
    private static final int MOST_PAIRS = 4_096;
    /** A client that asked for less under a domain is not watched: there are many such pairs, and a watch is large. */
    private static final int LEAST_QUERIES = 8;
    private static final int SUFFIX_LABELS = 2;
    /** Fewer names carry too little to be worth an alert. */
    private static final int LEAST_NAMES = 50;
    /** A score costs more than counting, so that it is taken now and then. */
    private static final int SCORE_INTERVAL = 16;

    private final int threshold;
    private final DomainSet exempt;
    private final DnsServers servers;
    private final AlertBus alerts;
    private final Watches<TunnelWatch> pairs;
    private final RoughCounts rough = new RoughCounts(TunnelWatch.WINDOW_NS);
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
        if (!exchange.isOfNameServer() || !exchange.hasContent() || !isBusy(exchange)) {
            return;
        }
        final DnsTransaction transaction = exchange.transaction();
        final int length = transaction.queryNameLength() - exchange.domainLength() - 1;
        if (length <= 0 || exchange.isUnder(exempt) || servers.isResolver(exchange.client())) {
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

    /** The registered domain has the last two labels at least, so that its names are among those that are counted together here. */
    private boolean isBusy(final DnsExchange exchange) {
        final DnsTransaction transaction = exchange.transaction();
        final DirectBuffer buffer = transaction.buffer();
        final int limit = transaction.queryNameOffset() + transaction.queryNameLength();
        final int start = NameText.lastLabels(buffer, transaction.queryNameOffset(), limit, SUFFIX_LABELS);
        final long client = AddressMap.hash(exchange.client().high(), exchange.client().low());
        return rough.count(client ^ NameHash.of(buffer, start, limit - start), transaction.timeNs()) >= LEAST_QUERIES;
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
