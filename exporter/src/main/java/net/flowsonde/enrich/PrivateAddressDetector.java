package net.flowsonde.enrich;

import net.flowsonde.dpi.dns.DnsRecord;
import net.flowsonde.dpi.dns.DnsTransaction;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertKind;
import net.flowsonde.telemetry.Counters;

/**
 * Answers that give a name of the public DNS an address inside of a network, with which a web page can reach its reader's devices (DNS
 * rebinding). Addresses of the loopback network are left out: block lists answer with them.
 */
final class PrivateAddressDetector implements DnsDetector {
    private static final int MOST_DOMAINS = 4_096;

    private final DomainSet internal;
    private final AlertBus alerts;
    private final Watches<Domain> domains;
    private final DnsRecord record = new DnsRecord();
    private final AddressKey address = new AddressKey();
    private final AddressKey key = new AddressKey();

    private static final class Domain extends Watch {
        Domain(final AddressKey key) {
            super(key);
        }

        @Override
        void clear() {
            // nothing is counted but the time between alerts
        }
    }

    /** @param internal  domains whose names may have such addresses */
    PrivateAddressDetector(final DomainSet internal, final AlertBus alerts, final Counters counters) {
        this.internal = internal;
        this.alerts = alerts;
        domains = new Watches<>(MOST_DOMAINS, Domain::new, counters);
    }

    @Override
    public void onExchange(final DnsExchange exchange) {
        final DnsTransaction transaction = exchange.transaction();
        if (!transaction.hasAnswer() || !exchange.isOfNameServer() || !exchange.hasContent()
            || !hasPrivateAddress(transaction) || !exchange.isPublicName() || exchange.isUnder(internal)) {
            return;
        }
        key.clear();
        key.mix(NameHash.of(transaction.buffer(), exchange.domainOffset(), exchange.domainLength()));
        if (domains.of(key).isAlertDue(transaction.timeNs())) {
            final String text = exchange.server() + " told " + exchange.client() + " that the public name " + transaction.queryName()
                + " has the private address " + address;
            alerts.raise(Alert.of(AlertKind.PRIVATE_ADDRESS_FOR_PUBLIC_NAME, transaction.timeNs(), exchange.domain(), text)
                .between(exchange.client().toInetAddress(), exchange.server().toInetAddress()).inFlow(transaction.flowId()));
        }
    }

    private boolean hasPrivateAddress(final DnsTransaction transaction) {
        record.before(transaction);
        while (record.next()) {
            if (record.section() == DnsRecord.ANSWER && (isPrivate(record.ipv4Count(), 4) || isPrivate(record.ipv6Count(), 6))) {
                return true;
            }
        }
        return false;
    }

    private boolean isPrivate(final int count, final int ipVersion) {
        for (int i = 0; i < count; i++) {
            address.set(record.buffer(), ipVersion == 4 ? record.ipv4Offset(i) : record.ipv6Offset(i), ipVersion);
            if (address.isPrivate()) {
                return true;
            }
        }
        return false;
    }
}
