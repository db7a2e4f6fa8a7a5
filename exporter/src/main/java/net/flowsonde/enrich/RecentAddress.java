package net.flowsonde.enrich;

/** Something that is kept by address and forgotten when it was not used for longest; see {@link RecentAddresses}. */
abstract class RecentAddress {
    private long high;
    private long low;
    /** Toward more recent use. */
    RecentAddress newer;
    RecentAddress older;

    RecentAddress(final AddressKey key) {
        rekey(key);
    }

    /** Only while nothing keeps it. */
    final void rekey(final AddressKey key) {
        high = key.high();
        low = key.low();
    }

    final long high() {
        return high;
    }

    final long low() {
        return low;
    }
}
