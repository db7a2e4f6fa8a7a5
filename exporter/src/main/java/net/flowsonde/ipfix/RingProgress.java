package net.flowsonde.ipfix;

import net.flowsonde.flow.RecordRing;

/** How far a queue had come in time when it wrote the last record that was read of its ring. Owned by the export thread. */
final class RingProgress {
    private static final long NONE = -1;

    private final RecordRing ring;
    private long knownNs = Long.MIN_VALUE;
    private long reachedNs;
    /** What is to be read before {@link #reachedNs} counts. */
    private long position = NONE;

    RingProgress(final RecordRing ring) {
        this.ring = ring;
    }

    /** The ring is read next. */
    void onReading() {
        if (position == NONE) {
            reachedNs = ring.reachedNs(); // first, as what was written until then lies before the position
            position = ring.writtenPosition();
        }
    }

    /** The ring has been read; answers the time up to which everything that its queue had to say is known. */
    long knownNs() {
        if (position != NONE && ring.readPosition() >= position) {
            knownNs = reachedNs;
            position = NONE;
        }
        return knownNs;
    }
}
