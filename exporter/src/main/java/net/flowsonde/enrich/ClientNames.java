package net.flowsonde.enrich;

/** The addresses that DNS gave to one client, of bounded number; what was used least lately makes room. */
final class ClientNames extends RecentAddress {
    private final RecentAddresses<NamedAddress> addresses = new RecentAddresses<>();
    private final long firstSeenNs;
    private int names;
    private boolean hasForgotten;

    /**
     * @param firstSeenNs   when DNS of this client was seen first
     * @param hasForgotten  it may have been known and forgotten before
     */
    ClientNames(final AddressKey client, final long firstSeenNs, final boolean hasForgotten) {
        super(client);
        this.firstSeenNs = firstSeenNs;
        this.hasForgotten = hasForgotten;
    }

    long firstSeenNs() {
        return firstSeenNs;
    }

    /** Names of this client had to make room, so that it may know addresses that are not here. */
    boolean hasForgotten() {
        return hasForgotten;
    }

    int names() {
        return names;
    }

    /** The address, now the one used last, or null. */
    NamedAddress find(final AddressKey address) {
        return addresses.find(address);
    }

    NamedAddress add(final AddressKey address) {
        return addresses.add(new NamedAddress(address));
    }

    /** Adds a name to one of its addresses; answers by how many names there are more. */
    int addName(final NamedAddress address, final LearnedName name) {
        final int gone = address.add(name);
        names += 1 - gone;
        return 1 - gone;
    }

    /** A name was taken out, to be put in again at once. */
    void onTaken() {
        names--;
    }

    /** Forgets the address that was used least lately; answers how many names went with it. There must be one. */
    int forgetOldest() {
        final int gone = addresses.oldest().count();
        addresses.removeOldest();
        names -= gone;
        hasForgotten = true;
        return gone;
    }
}
