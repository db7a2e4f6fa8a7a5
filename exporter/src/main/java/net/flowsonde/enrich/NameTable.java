package net.flowsonde.enrich;

import java.util.concurrent.TimeUnit;
import net.flowsonde.dpi.CalledNames;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Which name each client had asked for when it was given an address. Bounded for each client and over all: the client that was silent for
 * longest loses first what it used least lately. Owned by the export thread.
 */
final class NameTable {
    private static final long LEAST_TTL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long MOST_TTL_NS = TimeUnit.DAYS.toNanos(1);
    /** Most names of one address that are kept for a client. */
    static final int MOST_NAMES = 8;

    private static final long LEAST_KEPT_NS = TimeUnit.SECONDS.toNanos(60);

    private int limit;
    private int clientLimit;
    private long longestGraceNs;
    private final Counters counters;
    private final RecentAddresses<ClientNames> clients = new RecentAddresses<>();
    private final NameRows rows = new NameRows();
    /** What clients know, under the client together with the address: one table, of which a look-up touches little memory. */
    private final NameIndex addresses = new NameIndex(rows);
    private final NameStore texts = new NameStore();
    private final AddressKey pair = new AddressKey();
    private final UnsafeBuffer text = new UnsafeBuffer(FlowMetadata.NO_TEXT);
    private int names;
    private boolean hasForgottenClients;

    /**
     * @param limit           most names and clients together
     * @param clientLimit     most names of one client
     * @param longestGraceNs  how long at most a name is used after its answer has expired
     */
    NameTable(final int limit, final int clientLimit, final long longestGraceNs, final Counters counters) {
        this.limit = limit;
        this.clientLimit = clientLimit;
        this.longestGraceNs = longestGraceNs;
        this.counters = counters;
    }

    /** Other bounds from now on; what is beyond the limit of one client leaves when that client is next told of a name. */
    void bounds(final int otherLimit, final int otherClientLimit, final long otherGraceNs) {
        limit = otherLimit;
        clientLimit = otherClientLimit;
        longestGraceNs = otherGraceNs;
        makeRoom();
    }

    /** DNS of a client was seen; answers the client, now the one seen last. */
    ClientNames onClient(final AddressKey client) {
        final ClientNames known = clients.find(client);
        if (known != null) {
            return known;
        }
        final ClientNames added = clients.add(new ClientNames(client, rows, hasForgottenClients));
        makeRoom();
        return added;
    }

    /** Something turned out to ask for others: its answers told nothing of itself. */
    void forget(final AddressKey resolver) {
        final ClientNames known = clients.find(resolver);
        if (known == null) {
            return;
        }
        while (known.names() > 0) {
            names -= remove(known);
        }
        clients.remove(known);
        counters.assign(Counter.NAMES_KNOWN, names);
    }

    /** The client that DNS was seen of, or null. */
    ClientNames find(final AddressKey client) {
        return clients.find(client);
    }

    /**
     * An answer gave {@code address} to {@code client}, who had asked for the name at {@code offset} of {@code buffer}.
     *
     * @param canonicalOffset  where the name that the last CNAME led to lies
     * @param canonicalLength  0 when there was no CNAME
     */
    void learn(
        final ClientNames client, final AddressKey address, final DirectBuffer buffer, final int offset, final int length,
        final int canonicalOffset, final int canonicalLength, final long timeNs, final long ttlSeconds) {
        final long ttlNs = Math.max(LEAST_TTL_NS, Math.min(MOST_TTL_NS, TimeUnit.SECONDS.toNanos(ttlSeconds)));
        final int first = find(client, address);
        final int row = named(first, buffer, offset, length);
        if (row != NameRows.NONE) {
            rows.again(row, canonical(rows.canonical(row), buffer, canonicalOffset, canonicalLength), timeNs, ttlNs);
        } else {
            rows.name(rowFor(client, first), texts.of(buffer, offset, length),
                canonical(FlowMetadata.NO_TEXT, buffer, canonicalOffset, canonicalLength), timeNs, ttlNs);
            counters.increment(Counter.NAMES_LEARNED);
        }
        while (client.names() > clientLimit) {
            forgetOldest(client);
        }
        makeRoom();
    }

    /** The row of an address, from its first one on, that has this name. */
    private int named(final int first, final DirectBuffer buffer, final int offset, final int length) {
        int row = first;
        while (row != NameRows.NONE && !NameText.isSame(rows.text(row), buffer, offset, length)) {
            row = rows.next(row);
        }
        return row;
    }

    /** Where to write one name more of an address: over the one that was not answered for longest where there are enough. */
    private int rowFor(final ClientNames client, final int first) {
        if (first != NameRows.NONE && rows.count(first) == MOST_NAMES) {
            counters.increment(Counter.NAMES_EVICTED);
            return leastRecent(first);
        }
        final int row = rows.take(pair);
        if (first == NameRows.NONE) {
            addresses.add(row);
            client.add(row);
            rows.markUsed(row);
        } else {
            rows.chain(first, row);
        }
        client.onName();
        names++;
        return row;
    }

    private int leastRecent(final int first) {
        int least = first;
        for (int row = rows.next(first); row != NameRows.NONE; row = rows.next(row)) {
            least = rows.lastNs(row) < rows.lastNs(least) ? row : least;
        }
        return least;
    }

    /** The name that is there already where it is the same, so that asking again for a name allocates nothing. */
    private byte[] canonical(final byte[] known, final DirectBuffer buffer, final int offset, final int length) {
        if (length == 0) {
            return FlowMetadata.NO_TEXT;
        }
        return NameText.isSame(known, buffer, offset, length) ? known : texts.of(buffer, offset, length);
    }

    /**
     * Finds the name by which a client knew an address at a time: the newest answer that is not later, if it had not expired long before.
     * Applications keep addresses: an expired answer serves for another time to live, at least a minute.
     */
    void find(final ClientNames client, final AddressKey address, final long timeNs, final NameMatch match) {
        final int first = find(client, address);
        if (first == NameRows.NONE) {
            return;
        }
        match.onKnown();
        long bestNs = NameRows.NEVER;
        for (int row = first; row != NameRows.NONE; row = rows.next(row)) {
            final long answeredNs = rows.answeredNs(row, timeNs);
            if (!isKept(row, answeredNs, timeNs)) {
                continue;
            }
            match.onCandidate();
            if (answeredNs > bestNs) {
                bestNs = answeredNs;
                final long ageNs = timeNs - answeredNs;
                match.set(rows.text(row), rows.canonical(row), ageNs <= rows.ttlNs(row) ? NameSource.DNS : NameSource.DNS_STALE, ageNs);
            }
        }
        if (match.isAmbiguousButCalled()) {
            preferCalled(first, timeNs, match);
        }
    }

    /** Many sites share an address: where the client called its server by one of the names, that is meant and not the latest. */
    private void preferCalled(final int first, final long timeNs, final NameMatch match) {
        final int kind = CalledNames.kind(match.calledHash());
        for (int row = first; row != NameRows.NONE; row = rows.next(row)) {
            text.wrap(rows.text(row));
            final long answeredNs = rows.answeredNs(row, timeNs);
            if (CalledNames.hash(kind, text, 0, text.capacity()) == match.calledHash() && isKept(row, answeredNs, timeNs)) {
                match.set(rows.text(row), rows.canonical(row), kind == CalledNames.TLS ? NameSource.TLS : NameSource.HTTP,
                    timeNs - answeredNs);
                return;
            }
        }
    }

    private boolean isKept(final int row, final long answeredNs, final long timeNs) {
        return answeredNs != NameRows.NEVER && timeNs - answeredNs <= keptNs(rows.ttlNs(row));
    }

    /** The first row of what the client knows of an address, which is used now; leaves the key of both in {@link #pair}. */
    private int find(final ClientNames client, final AddressKey address) {
        pair.set(address);
        pair.mix(client.hash());
        final int found = addresses.find(pair);
        if (found != NameRows.NONE) {
            rows.markUsed(found);
        }
        return found;
    }

    private long keptNs(final long ttlNs) {
        return ttlNs + Math.min(longestGraceNs, 2 * Math.max(ttlNs, LEAST_KEPT_NS));
    }

    /** Names and clients. */
    int size() {
        return names + clients.size();
    }

    private void makeRoom() {
        while (size() > limit && clients.oldest() != clients.newest()) {
            if (clients.oldest().names() == 0) {
                clients.removeOldest();
                hasForgottenClients = true;
            } else {
                forgetOldest(clients.oldest());
            }
        }
        counters.assign(Counter.NAMES_KNOWN, names);
    }

    private void forgetOldest(final ClientNames client) {
        final int gone = remove(client);
        names -= gone;
        counters.add(Counter.NAMES_EVICTED, gone);
    }

    /** Removes the address that the client used least lately, more or less; answers how many names it had. */
    private int remove(final ClientNames client) {
        final int first = client.forgetOldest();
        addresses.remove(first);
        int count = 0;
        int row = first;
        while (row != NameRows.NONE) {
            final int next = rows.next(row);
            rows.release(row);
            row = next;
            count++;
        }
        return count;
    }
}
