package net.flowsonde.enrich;

import java.util.concurrent.TimeUnit;
import net.flowsonde.dpi.dns.DnsMark;
import net.flowsonde.dpi.dns.DnsRecord;
import net.flowsonde.dpi.dns.DnsTransaction;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertKind;
import net.flowsonde.telemetry.Counters;

/**
 * Hosts that answer for whatever their neighbours look for over LLMNR and NetBIOS, as tools do that are after the passwords of who then
 * connects to them. A host has a name or two; name servers of NetBIOS, which know many, are told by what they are asked directly and by the
 * bit RA (RFC 1002, 4.2.1.1). Multicast DNS is left out: there proxies and reflectors answer for others by design.
 */
final class NameSpoofingDetector implements DnsDetector {
    private static final int MOST_HOSTS = 1_024;
    private static final long WINDOW_NS = TimeUnit.MINUTES.toNanos(10);
    private static final long LOCAL = DnsMark.LLMNR.mask() | DnsMark.NETBIOS.mask();

    private final int threshold;
    private final AlertBus alerts;
    private final Watches<Host> hosts;
    private final DnsRecord record = new DnsRecord();

    private static final class Host extends Watch {
        private final DistinctCount names = new DistinctCount();

        Host(final AddressKey host) {
            super(host);
        }

        @Override
        void clear() {
            names.clear();
        }
    }

    /** @param threshold  different names that one host answers for in ten minutes */
    NameSpoofingDetector(final int threshold, final AlertBus alerts, final Counters counters) {
        this.threshold = threshold;
        this.alerts = alerts;
        hosts = new Watches<>(MOST_HOSTS, Host::new, counters);
    }

    @Override
    public void onExchange(final DnsExchange exchange) {
        final DnsTransaction transaction = exchange.transaction();
        if ((transaction.marks() & LOCAL) == 0 || !transaction.hasAnswer() || transaction.hasQuery() || transaction.isRecursionAvailable()
            || exchange.server().isNoHost() || !findAnswer(transaction)) {
            return;
        }
        final Host host = hosts.of(exchange.server());
        host.onTime(transaction.timeNs(), WINDOW_NS);
        host.names.add(NameHash.of(record.buffer(), record.nameOffset(), nameLength(transaction)));
        final long names = host.names.estimate();
        if (names >= threshold && host.isAlertDue(transaction.timeNs())) {
            raise(exchange, names);
        }
    }

    /** Goes to the first record that gives a host an address; false when there is none. */
    private boolean findAnswer(final DnsTransaction transaction) {
        record.before(transaction);
        while (record.next()) {
            if (record.section() == DnsRecord.ANSWER && (record.ipv4Count() > 0 || record.ipv6Count() > 0)
                && (!transaction.hasMark(DnsMark.NETBIOS) || NetbiosNames.isHost(record))) {
                return true;
            }
        }
        return false;
    }

    private int nameLength(final DnsTransaction transaction) {
        return record.nameLength() - (transaction.hasMark(DnsMark.NETBIOS) ? NetbiosNames.KIND_LENGTH : 0);
    }

    private void raise(final DnsExchange exchange, final long names) {
        final DnsTransaction transaction = exchange.transaction();
        final String text = exchange.server() + " answers for about " + names + " different names that its neighbours look for, the last "
            + record.buffer().getStringWithoutLengthAscii(record.nameOffset(), nameLength(transaction)) + ", asked for by " + exchange.client();
        alerts.raise(Alert.of(AlertKind.LOCAL_NAME_SPOOFING, transaction.timeNs(), exchange.server().toString(), text)
            .measured(names, threshold).between(exchange.client().toInetAddress(), exchange.server().toInetAddress())
            .inFlow(transaction.flowId()));
    }
}
