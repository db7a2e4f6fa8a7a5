package net.flowsonde.enrich;

/** What {@link NameTable#find} found. Reused for each look-up. */
final class NameMatch {
    private LearnedName name;
    private NameSource source = NameSource.NONE;
    private long ageNs;
    private int candidates;
    private boolean isKnown;

    void reset() {
        name = null;
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

    void set(final LearnedName someName, final NameSource someSource, final long someAgeNs) {
        name = someName;
        source = someSource;
        ageNs = someAgeNs;
    }

    void onCandidate() {
        candidates++;
    }

    boolean isFound() {
        return name != null;
    }

    LearnedName name() {
        return name;
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
