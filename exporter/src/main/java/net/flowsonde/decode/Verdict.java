package net.flowsonde.decode;

/** What came of decoding one frame: an IP packet, or the layer and cause why there is none. */
public enum Verdict {
    /** An IP packet with everything that its headers promise. */
    DECODED(true, "IP packets decoded"),
    /** No decoder for the link type of the capture. */
    UNKNOWN_LINK_TYPE(false, "frames of a link type that is not decoded");

    private final boolean isFlow;
    private final String description;

    Verdict(final boolean isFlow, final String description) {
        this.isFlow = isFlow;
        this.description = description;
    }

    /** The layout holds addresses and lengths that can be metered, even if something above the IP header is missing or unsound. */
    public boolean isFlow() {
        return isFlow;
    }

    /** One line for documentation and options records. */
    public String description() {
        return description;
    }
}
