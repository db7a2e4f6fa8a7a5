package net.flowsonde.enrich;

import org.agrona.DirectBuffer;

/**
 * One name that led a client to an address. Three of the times when it did are kept (the first, the last and the one before), because a
 * flow is looked up when it ends and the client may have asked again since it began.
 */
final class LearnedName {
    static final long NEVER = Long.MIN_VALUE;

    private final byte[] text;
    private byte[] canonical;
    private final long firstNs;
    private long previousNs = NEVER;
    private long lastNs;
    private long ttlNs;
    /** The name that was learned before this one for the same address. */
    LearnedName older;

    LearnedName(final byte[] text, final byte[] canonical, final long timeNs, final long ttlNs) {
        this.text = text;
        this.canonical = canonical;
        this.ttlNs = ttlNs;
        firstNs = timeNs;
        lastNs = timeNs;
    }

    void onAnswer(final byte[] newCanonical, final long timeNs, final long newTtlNs) {
        canonical = newCanonical;
        ttlNs = newTtlNs;
        if (timeNs > lastNs) {
            previousNs = lastNs;
            lastNs = timeNs;
        }
    }

    /** The latest known answer that is not later than {@code timeNs}; {@link #NEVER} when all are. */
    long answeredNs(final long timeNs) {
        if (lastNs <= timeNs) {
            return lastNs;
        }
        if (previousNs <= timeNs && previousNs != NEVER) {
            return previousNs;
        }
        return firstNs <= timeNs ? firstNs : NEVER;
    }

    byte[] text() {
        return text;
    }

    byte[] canonical() {
        return canonical;
    }

    long ttlNs() {
        return ttlNs;
    }

    /** Whether it is this name, upper and lower case alike. */
    boolean isNamed(final DirectBuffer buffer, final int offset, final int length) {
        return NameText.isSame(text, buffer, offset, length);
    }
}
