package net.flowsonde.enrich;

import net.flowsonde.dpi.dns.DnsTransaction;
import net.flowsonde.telemetry.DnsServerRow;

/** What is known about one server that answered. */
final class DnsServer extends RecentAddress {
    private static final int NO_ERROR = 0;
    private static final int SERVER_FAILURE = 2;
    private static final int NX_DOMAIN = 3;
    private static final int REFUSED = 5;

    private boolean isAllowed;
    private final DistinctCount clients = new DistinctCount();
    private final long firstSeenNs;
    private long lastSeenNs;
    private long queries;
    private long answers;
    private long noErrors;
    private long nxDomains;
    private long serverFailures;
    private long refused;
    private long otherErrors;
    private long responseTimeNs;
    private long responses;
    private boolean hasRecursion;
    private boolean isAuthoritative;
    private boolean isResolver;
    private int transports;

    DnsServer(final AddressKey address, final long firstSeenNs, final boolean isAllowed) {
        super(address);
        this.firstSeenNs = firstSeenNs;
        this.isAllowed = isAllowed;
        lastSeenNs = firstSeenNs;
    }

    /** Answers true when this tells a resolver of what was not known to be one. */
    boolean onExchange(final DnsExchange exchange) {
        final boolean wasResolver = isResolver;
        count(exchange);
        return isResolver && !wasResolver;
    }

    private void count(final DnsExchange exchange) {
        final DnsTransaction transaction = exchange.transaction();
        lastSeenNs = Math.max(lastSeenNs, transaction.timeNs());
        transports |= exchange.transportBit();
        if (transaction.hasQuery()) {
            queries += 1 + transaction.retries();
        }
        if (!transaction.hasAnswer()) {
            return;
        }
        answers++;
        clients.add(AddressMap.hash(exchange.client().high(), exchange.client().low()));
        if (exchange.hasContent()) {
            onContent(exchange);
        }
    }

    private void onContent(final DnsExchange exchange) {
        final DnsTransaction transaction = exchange.transaction();
        switch (transaction.responseCode()) {
            case NO_ERROR -> noErrors++;
            case SERVER_FAILURE -> serverFailures++;
            case NX_DOMAIN -> nxDomains++;
            case REFUSED -> refused++;
            default -> otherErrors++;
        }
        if (transaction.responseTimeNs() >= 0) {
            responseTimeNs += transaction.responseTimeNs();
            responses++;
        }
        hasRecursion |= transaction.isRecursionAvailable();
        isAuthoritative |= transaction.isAuthoritative();
        isResolver |= exchange.isOfNameServer() && exchange.isAnswered() && !exchange.client().isSame(exchange.server());
    }

    /** It has answered queries that came from elsewhere, so that its own queries are those of a resolver. */
    boolean isResolver() {
        return isResolver;
    }

    void allowed(final boolean isTrue) {
        isAllowed = isTrue;
    }

    boolean isAllowed() {
        return isAllowed;
    }

    long answers() {
        return answers;
    }

    DnsServerRow row() {
        return new DnsServerRow(AddressKey.toInetAddress(high(), low()), firstSeenNs, lastSeenNs, clients.estimate(), queries, answers,
            noErrors, nxDomains, serverFailures, refused, otherErrors, responses == 0 ? 0 : responseTimeNs / responses, hasRecursion,
            isAuthoritative, transports, isAllowed);
    }
}
