package net.flowsonde.collector.generate;

/** Answered lookups that no flow has followed yet, first come first served; the oldest are forgotten. */
final class ResolvedNames {
    private static final int CAPACITY = 1_024;

    private final int[] clients = new int[CAPACITY];
    private final int[] names = new int[CAPACITY];
    private final boolean[] ipv6 = new boolean[CAPACITY];
    private long added;
    private long taken;

    void add(final SyntheticFlow lookup) {
        final int slot = (int) (added++ % CAPACITY);
        clients[slot] = lookup.clientIndex;
        names[slot] = lookup.name;
        ipv6[slot] = lookup.isIpv6;
        taken = Math.max(taken, added - CAPACITY);
    }

    /** Moves to the next lookup; false when every one has been followed. */
    boolean next() {
        if (taken == added) {
            return false;
        }
        taken++;
        return true;
    }

    int client() {
        return clients[slot()];
    }

    int name() {
        return names[slot()];
    }

    boolean isIpv6() {
        return ipv6[slot()];
    }

    private int slot() {
        return (int) ((taken - 1) % CAPACITY);
    }
}
