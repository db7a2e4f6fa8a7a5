package net.flowsonde.enrich;

import java.util.function.Function;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;

/** The watches of one detector, of bounded number; the one that was used least lately makes room. */
final class Watches<W extends Watch> {
    private final RecentAddresses<W> watches = new RecentAddresses<>();
    private final int limit;
    private final Function<AddressKey, W> maker;
    private final Counters counters;

    Watches(final int limit, final Function<AddressKey, W> maker, final Counters counters) {
        this.limit = limit;
        this.maker = maker;
        this.counters = counters;
    }

    /** The watch of a key, or null. */
    W find(final AddressKey key) {
        return watches.find(key);
    }

    /** The watch of a key, a new one when there was none. */
    W of(final AddressKey key) {
        final W known = watches.find(key);
        if (known != null) {
            return known;
        }
        if (watches.size() < limit) {
            return watches.add(maker.apply(key));
        }
        counters.increment(Counter.DNS_WATCHES_EVICTED);
        final W oldest = watches.removeOldest();
        oldest.renew(key);
        return watches.add(oldest);
    }
}
