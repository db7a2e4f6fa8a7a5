package net.flowsonde.dpi.dns;

/** One TCP flow of DNS: whether the beginning of the next message is known, for each direction. Pooled by the analyzer. */
final class DnsSession {
    /** So much without a message, and it is none of DNS. */
    private static final int MOST_SKIPPED = 4_096;

    final int index;
    DnsSession nextFree;
    boolean isEncrypted;
    /** No DNS in it: its octets are counted and nothing more. */
    boolean isOther;
    /** The server's name was looked for. */
    boolean isNameRead;

    private final boolean[] isAligned = new boolean[2];
    private final boolean[] hasMessages = new boolean[2];
    private boolean isBeginningSeen;
    private int skipped;

    DnsSession(final int index) {
        this.index = index;
    }

    void open(final boolean isBeginningSeen, final boolean isEncrypted) {
        this.isBeginningSeen = isBeginningSeen;
        this.isEncrypted = isEncrypted;
        isOther = false;
        isNameRead = false;
        skipped = 0;
        for (int direction = 0; direction < 2; direction++) {
            isAligned[direction] = isBeginningSeen;
            hasMessages[direction] = false;
        }
    }

    /** Whether the next octet of a direction is the first of a message's length. */
    boolean isAligned(final int direction) {
        return isAligned[direction];
    }

    /** The beginning of a message was found. */
    void align(final int direction) {
        isAligned[direction] = true;
    }

    /** Octets were lost. */
    void lose(final int direction) {
        isAligned[direction] = false;
    }

    /** There is something else where a message should begin: no DNS, if that is the beginning of the flow; else a place was lost. */
    void misalign(final int direction) {
        isAligned[direction] = false;
        isOther = isBeginningSeen && !hasMessages[direction];
    }

    /** Octets without a message. */
    void skip(final int octets) {
        skipped += octets;
        isOther = skipped > MOST_SKIPPED && !hasMessages[0] && !hasMessages[1];
    }

    void message(final int direction) {
        hasMessages[direction] = true;
    }
}
