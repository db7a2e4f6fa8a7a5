package net.flowsonde.enrich;

/** The addresses that DNS gave to one client, in the order of their last use; {@link NameTable} finds them. */
final class ClientNames extends RecentAddress {
    private final RecentList<NamedAddress> addresses = new RecentList<>();
    private final long hash;
    private long dnsSinceNs = Long.MAX_VALUE;
    private int names;
    private boolean hasForgotten;

    /**
     * @param hasForgotten  it may have been known and forgotten before
     */
    ClientNames(final AddressKey client, final boolean hasForgotten) {
        super(client);
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

    void add(final NamedAddress address) {
        addresses.addNewest(address);
    }

    /** One of its addresses was used. */
    void touch(final NamedAddress address) {
        addresses.touch(address);
    }

    /** Adds a name to one of its addresses; answers how many had to go for it. */
    int addName(final NamedAddress address, final LearnedName name) {
        final int gone = address.add(name);
        names += 1 - gone;
        return gone;
    }

    /** A name was taken out, to be put in again at once. */
    void onTaken() {
        names--;
    }

    /** Forgets the address that was used least lately and answers it. There must be one. */
    NamedAddress forgetOldest() {
        final NamedAddress gone = addresses.oldest();
        addresses.remove(gone);
        names -= gone.count();
        hasForgotten = true;
        return gone;
    }
}
