package net.flowsonde.enrich;

import net.flowsonde.dpi.dns.DnsMark;
import net.flowsonde.dpi.dns.DnsRecord;
import net.flowsonde.dpi.dns.DnsTransaction;
import org.agrona.DirectBuffer;

/**
 * Tells {@link NameTable} what DNS answers gave to clients. The name is the one that was asked for, whatever CNAMEs came between; an
 * address is taken only from a record that the chain of CNAMEs leads to. What a resolver asks on behalf of others names no flow of its
 * own, so that nothing is learned from it. Owned by the export thread.
 */
final class NameLearner {
    private static final int A = 1;
    private static final int CNAME = 5;
    private static final int AAAA = 28;
    private static final int NETBIOS_ADDRESSES = 32;
    private static final int SRV = 33;
    private static final int SVCB = 64;
    private static final int HTTPS = 65;
    private static final int NO_ERROR = 0;
    private static final int MOST_CHAIN_LENGTH = 16;
    private static final long REFUSED = DnsMark.QUESTION_DIFFERS.mask() | DnsMark.SECOND_ANSWER.mask();

    private final NameTable names;
    private final DnsServers servers;
    private final DnsRecord record = new DnsRecord();
    private final AddressKey address = new AddressKey();
    /** The end of the chain of CNAMEs so far, in the buffer of the transaction. */
    private int ownerOffset;
    private int ownerLength;

    NameLearner(final NameTable names, final DnsServers servers) {
        this.names = names;
        this.servers = servers;
    }

    void onExchange(final DnsExchange exchange) {
        if (exchange.client().isNoHost() || !exchange.hasContent() || isOfResolver(exchange)) {
            return;
        }
        final DnsTransaction transaction = exchange.transaction();
        final ClientNames client = names.onClient(exchange.client());
        if (exchange.isOfNameServer()) {
            client.onDns(transaction.timeNs());
        }
        if (transaction.hasAnswer() && transaction.responseCode() == NO_ERROR && (transaction.marks() & REFUSED) == 0) {
            if (transaction.hasMark(DnsMark.NETBIOS)) {
                learnNetbios(client, transaction);
            } else {
                followChain(transaction);
                learn(client, transaction);
            }
        }
    }

    /**
     * A resolver asks others for its clients. Its queries do not ask for recursion where it goes to the authorities itself, and where it
     * forwards them it is known to have answered: what it learned before that is forgotten then. A host that asks itself is a stub resolver's client.
     */
    private boolean isOfResolver(final DnsExchange exchange) {
        return exchange.isOfNameServer() && !exchange.client().isSame(exchange.server())
            && (!exchange.transaction().isRecursionDesired() || servers.isResolver(exchange.client()));
    }

    private void followChain(final DnsTransaction transaction) {
        ownerOffset = transaction.queryNameOffset();
        ownerLength = transaction.queryNameLength();
        int steps = 0;
        while (steps < MOST_CHAIN_LENGTH && step(transaction)) {
            steps++;
        }
    }

    /** Goes on to what a CNAME of the present owner points at; in most messages they are in order, but need not be. */
    private boolean step(final DnsTransaction transaction) {
        record.before(transaction);
        while (record.next()) {
            if (record.type() == CNAME && record.section() == DnsRecord.ANSWER && isOfOwner() && record.textLength() > 0) {
                ownerOffset = record.textOffset();
                ownerLength = record.textLength();
                return true;
            }
        }
        return false;
    }

    private boolean isOfOwner() {
        final DirectBuffer buffer = record.buffer();
        return NameText.isSame(buffer, record.nameOffset(), record.nameLength(), buffer, ownerOffset, ownerLength);
    }

    private void learn(final ClientNames client, final DnsTransaction transaction) {
        final boolean isRenamed = ownerOffset != transaction.queryNameOffset();
        record.before(transaction);
        while (record.next()) {
            if (record.section() == DnsRecord.ANSWER && hasAddresses(record.type()) && isOfOwner()) {
                learn(client, transaction, transaction.queryNameOffset(), transaction.queryNameLength(), isRenamed ? ownerLength : 0);
            } else if (record.section() == DnsRecord.ADDITIONAL && transaction.queryType() == SRV && hasAddresses(record.type())) {
                learn(client, transaction, record.nameOffset(), record.nameLength(), 0);
            }
        }
    }

    /** A NetBIOS answer has no question (RFC 1002, 4.2.13): the name is that of its record, of which the kind is left out. */
    private void learnNetbios(final ClientNames client, final DnsTransaction transaction) {
        record.before(transaction);
        while (record.next()) {
            if (record.section() == DnsRecord.ANSWER && record.type() == NETBIOS_ADDRESSES && NetbiosNames.isHost(record)) {
                learn(client, transaction, record.nameOffset(), record.nameLength() - NetbiosNames.KIND_LENGTH, 0);
            }
        }
    }

    private static boolean hasAddresses(final int type) {
        return type == A || type == AAAA || type == HTTPS || type == SVCB;
    }

    private void learn(
        final ClientNames client, final DnsTransaction transaction, final int nameOffset, final int nameLength,
        final int canonicalLength) {
        for (int i = 0; i < record.ipv4Count(); i++) {
            address.set(record.buffer(), record.ipv4Offset(i), 4);
            learn(client, transaction, nameOffset, nameLength, canonicalLength, record.ttl());
        }
        for (int i = 0; i < record.ipv6Count(); i++) {
            address.set(record.buffer(), record.ipv6Offset(i), 6);
            learn(client, transaction, nameOffset, nameLength, canonicalLength, record.ttl());
        }
    }

    private void learn(
        final ClientNames client, final DnsTransaction transaction, final int nameOffset, final int nameLength, final int canonicalLength,
        final long ttl) {
        if (!address.isNoHost() && nameLength > 0) {
            names.learn(client, address, transaction.buffer(), nameOffset, nameLength, ownerOffset, canonicalLength,
                transaction.answerTimeNs(), Math.min(ttl, transaction.minimumTtl()));
        }
    }
}
