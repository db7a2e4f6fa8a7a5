package net.flowsonde.enrich;

import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import net.flowsonde.dpi.dns.DnsMark;
import net.flowsonde.dpi.dns.DnsTransaction;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertKind;
import net.flowsonde.telemetry.Counters;

/** Octets where DNS should have none: behind the last record of messages, or instead of messages on port 53. */
final class OctetsDetector implements DnsDetector {
    private static final int MOST_PAIRS = 4_096;
    private static final long WINDOW_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int DNS_PORT = 53;

    private final AlertKind kind;
    private final DnsMark mark;
    private final long threshold;
    private final ToLongFunction<DnsTransaction> octets;
    private final String complaint;
    private final AlertBus alerts;
    private final Watches<Pair> pairs;
    private final AddressKey key = new AddressKey();

    /** A client and a server. */
    private static final class Pair extends Watch {
        private long octets;

        Pair(final AddressKey key) {
            super(key);
        }

        @Override
        void clear() {
            octets = 0;
        }
    }

    private OctetsDetector(
        final AlertKind kind, final DnsMark mark, final long threshold, final ToLongFunction<DnsTransaction> octets, final String complaint,
        final AlertBus alerts, final Counters counters) {
        this.kind = kind;
        this.mark = mark;
        this.threshold = threshold;
        this.octets = octets;
        this.complaint = complaint;
        this.alerts = alerts;
        pairs = new Watches<>(MOST_PAIRS, Pair::new, counters);
    }

    /** @param threshold  octets in a minute */
    static OctetsDetector afterLastRecord(final long threshold, final AlertBus alerts, final Counters counters) {
        return new OctetsDetector(AlertKind.DNS_TRAILING_OCTETS, DnsMark.TRAILING_OCTETS, threshold, DnsTransaction::trailingOctets,
            "octets after the last records of their DNS messages", alerts, counters);
    }

    /** @param threshold  octets in a minute */
    static OctetsDetector notDns(final long threshold, final AlertBus alerts, final Counters counters) {
        return new OctetsDetector(AlertKind.NOT_DNS_ON_PORT_53, DnsMark.NOT_DNS, threshold,
            transaction -> (long) transaction.queryLength() + transaction.answerLength(), "octets on port 53 that are not DNS", alerts,
            counters);
    }

    @Override
    public void onExchange(final DnsExchange exchange) {
        final DnsTransaction transaction = exchange.transaction();
        if (!transaction.hasMark(mark) || mark == DnsMark.NOT_DNS && !isOnDnsPort(transaction)) {
            return;
        }
        key.set(exchange.client());
        key.mix(AddressMap.hash(exchange.server().high(), exchange.server().low()));
        final Pair pair = pairs.of(key);
        pair.onTime(transaction.timeNs(), WINDOW_NS);
        pair.octets += octets.applyAsLong(transaction);
        if (pair.octets >= threshold && pair.isAlertDue(transaction.timeNs())) {
            final String subject = exchange.client() + " " + exchange.server();
            final String text = exchange.client() + " and " + exchange.server() + " exchanged " + pair.octets + " " + complaint;
            alerts.raise(Alert.of(kind, transaction.timeNs(), subject, text).measured(pair.octets, threshold)
                .between(exchange.client().toInetAddress(), exchange.server().toInetAddress()).inFlow(transaction.flowId()));
        }
    }

    private static boolean isOnDnsPort(final DnsTransaction transaction) {
        return transaction.serverPort() == DNS_PORT || transaction.clientPort() == DNS_PORT;
    }
}
