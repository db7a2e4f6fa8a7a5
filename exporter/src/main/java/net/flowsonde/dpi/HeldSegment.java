package net.flowsonde.dpi;

import org.agrona.concurrent.UnsafeBuffer;

/** A segment that came ahead of a hole. Pooled by {@link StreamMemory}. */
final class HeldSegment {
    int sequence;
    /** Octets in {@link #block}. */
    int captured;
    /** Octets on the wire. */
    int length;
    UnsafeBuffer block;
    HeldSegment next;
}
