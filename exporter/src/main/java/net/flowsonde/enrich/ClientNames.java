package net.flowsonde.enrich;

/** A client that asked DNS, and the order in which it was given addresses; {@link NameTable} finds these. */
final class ClientNames extends RecentAddress {
    private final NameRows rows;
    private final long hash;
    private int newest = NameRows.NONE;
    private int oldest = NameRows.NONE;
    private long dnsSinceNs = Long.MAX_VALUE;
    private int names;
    private boolean hasForgotten;

    /**
     * @param hasForgotten  it may have been known and forgotten before
     */
    ClientNames(final AddressKey client, final NameRows rows, final boolean hasForgotten) {
        super(client);
        this.rows = rows;
        this.hasForgotten = hasForgotten;
        hash = AddressMap.hash(client.high(), client.low());
    }

    /** Of the address of the client. */
    long hash() {
        return hash;
    }

    /** It asked a name server. */
    void onDns(final long timeNs) {
        if (dnsSinceNs == Long.MAX_VALUE) {
            dnsSinceNs = timeNs;
        }
    }

    /** When it was first seen to ask a name server, and not only its neighbours; {@link Long#MAX_VALUE} for never. */
    long dnsSinceNs() {
        return dnsSinceNs;
    }

    /** Names of this client had to make room, so that it may know addresses that are not here. */
    boolean hasForgotten() {
        return hasForgotten;
    }

    int names() {
        return names;
    }

    /** One of its addresses has one name more. */
    void onName() {
        names++;
    }

    /** Adds the first row of an address. */
    void add(final int first) {
        rows.markNewest(first);
        if (newest == NameRows.NONE) {
            oldest = first;
        } else {
            rows.newer(newest, first);
        }
        newest = first;
    }

    /**
     * Forgets the address that was given to it first and not used since, and answers its first row; those that were used are taken for
     * new, which costs less than to order them at each use. There must be one.
     */
    int forgetOldest() {
        while (rows.isUsed(oldest)) {
            add(takeOldest());
        }
        final int gone = takeOldest();
        names -= rows.count(gone);
        hasForgotten = true;
        return gone;
    }

    private int takeOldest() {
        final int taken = oldest;
        oldest = rows.newer(taken);
        if (oldest == NameRows.NONE) {
            newest = NameRows.NONE;
        }
        return taken;
    }
}
