package net.flowsonde.enrich;

import java.util.Locale;
import net.flowsonde.dpi.dns.DnsMark;
import net.flowsonde.dpi.dns.DnsTransaction;
import org.agrona.DirectBuffer;

/** One DNS transaction with what all who look at it need. Reused for each. Owned by the export thread. */
final class DnsExchange {
    private static final long LOCAL = DnsMark.MULTICAST.mask() | DnsMark.MDNS.mask() | DnsMark.LLMNR.mask() | DnsMark.NETBIOS.mask();
    private static final long NO_CONTENT = DnsMark.NOT_DNS.mask() | DnsMark.ENCRYPTED.mask();

    private final AddressKey client = new AddressKey();
    private final AddressKey server = new AddressKey();
    private final RegisteredDomains domains = new RegisteredDomains();
    private DnsTransaction transaction;
    private boolean isDomainKnown;

    void wrap(final DnsTransaction someTransaction) {
        transaction = someTransaction;
        final DirectBuffer buffer = transaction.buffer();
        client.set(buffer, transaction.clientAddressOffset(), transaction.ipVersion());
        server.set(buffer, transaction.serverAddressOffset(), transaction.ipVersion());
        isDomainKnown = false;
    }

    /** Found when it is first asked for: most transactions never come to that. */
    private RegisteredDomains registered() {
        if (!isDomainKnown) {
            domains.find(transaction.buffer(), transaction.queryNameOffset(), transaction.queryNameLength());
            isDomainKnown = true;
        }
        return domains;
    }

    DnsTransaction transaction() {
        return transaction;
    }

    AddressKey client() {
        return client;
    }

    AddressKey server() {
        return server;
    }

    /** Asked of a name server, not of the neighbours (mDNS, LLMNR, NetBIOS names). */
    boolean isOfNameServer() {
        return (transaction.marks() & LOCAL) == 0 && !server.isNoHost() && !client.isNoHost();
    }

    /** Messages were read, and not only seen to pass. */
    boolean hasContent() {
        return (transaction.marks() & NO_CONTENT) == 0;
    }

    /** An answer came to a query that was seen. */
    boolean isAnswered() {
        return transaction.hasQuery() && transaction.hasAnswer();
    }

    /** The name that was asked for is under a suffix of the public DNS. */
    boolean isPublicName() {
        return registered().isPublic();
    }

    /** Where the registered domain of the name that was asked for lies in the transaction's buffer. */
    int domainOffset() {
        return transaction.queryNameOffset() + transaction.queryNameLength() - domainLength();
    }

    int domainLength() {
        return Math.min(registered().length(), transaction.queryNameLength());
    }

    /** The registered domain as a new string, in lower case; for alerts. */
    String domain() {
        return transaction.buffer().getStringWithoutLengthAscii(domainOffset(), domainLength()).toLowerCase(Locale.ROOT);
    }

    /** Whether the name that was asked for is one of these domains, or under one. */
    boolean isUnder(final DomainSet set) {
        return set.contains(transaction.buffer(), transaction.queryNameOffset(), transaction.queryNameLength());
    }

    /** Bit of the transport in {@code DnsServerRow.transports}. */
    int transportBit() {
        if (transaction.hasMark(DnsMark.MDNS)) {
            return 4;
        }
        if (transaction.hasMark(DnsMark.LLMNR)) {
            return 8;
        }
        if (transaction.hasMark(DnsMark.NETBIOS)) {
            return 16;
        }
        return switch (transaction.transport()) {
            case UDP -> 1;
            case TCP -> 2;
            case TLS -> 32;
            case QUIC -> 64;
            case HTTPS -> 128;
        };
    }
}
