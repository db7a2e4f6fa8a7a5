package net.flowsonde.enrich;

/** What {@link NameTable#find} found. Reused for each look-up. */
final class NameMatch {
    private byte[] name;
    private byte[] canonicalName;
    private NameSource source = NameSource.NONE;
    private long ageNs;
    private int candidates;
    private boolean isKnown;
    private int calledHash;

    /** @param someHash  of the name by which the flow called the server, see {@link net.flowsonde.dpi.CalledNames}; 0 when it did not */
    void reset(final int someHash) {
        calledHash = someHash;
        name = null;
        canonicalName = null;
        source = NameSource.NONE;
        ageNs = 0;
        candidates = 0;
        isKnown = false;
    }

    /** The client was given the address at some time. */
    void onKnown() {
        isKnown = true;
    }

    boolean isKnown() {
        return isKnown;
    }

    void set(final byte[] someName, final byte[] someCanonicalName, final NameSource someSource, final long someAgeNs) {
        name = someName;
        canonicalName = someCanonicalName;
        source = someSource;
        ageNs = someAgeNs;
    }

    void onCandidate() {
        candidates++;
    }

    /** Several names could have been meant, and the flow called its server by one. */
    boolean isAmbiguousButCalled() {
        return candidates > 1 && calledHash != 0;
    }

    int calledHash() {
        return calledHash;
    }

    boolean isFound() {
        return name != null;
    }

    byte[] name() {
        return name;
    }

    /** What the last CNAME led to; empty when there was none. */
    byte[] canonicalName() {
        return canonicalName;
    }

    NameSource source() {
        return source;
    }

    /** From the answer to the first packet of the flow. */
    long ageNs() {
        return ageNs;
    }

    /** How many names could have been meant. */
    int candidates() {
        return candidates;
    }
}
