package net.flowsonde.capture;

import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;

/** What a source has counted since it last told its {@link Counters}: plain fields a frame, shared counts a block. One thread's. */
final class FrameTally {
    private final Counters counters;
    private long frames;
    private long octets;
    private long truncated;
    private long offloaded;
    private long beforeStart;
    private long loopbackCopies;
    private long filtered;

    FrameTally(final Counters counters) {
        this.counters = counters;
    }

    void onFrame(final CapturedFrame frame) {
        final int wireLength = frame.wireLength();
        frames++;
        octets += wireLength;
        if (frame.capturedLength() < wireLength) {
            truncated++;
        }
        if (frame.gsoSize() > 0) {
            offloaded++;
        }
    }

    void onFrameBeforeStart() {
        beforeStart++;
    }

    void onLoopbackCopy() {
        loopbackCopies++;
    }

    void onFiltered() {
        filtered++;
    }

    /** Once a block. */
    void flush() {
        counters.add(Counter.FRAMES_CAPTURED, frames);
        counters.add(Counter.OCTETS_CAPTURED, octets);
        if ((truncated | offloaded | beforeStart | loopbackCopies | filtered) != 0) {
            flushRare();
        }
        frames = 0;
        octets = 0;
    }

    private void flushRare() {
        counters.add(Counter.FRAMES_TRUNCATED, truncated);
        counters.add(Counter.FRAMES_OFFLOADED, offloaded);
        counters.add(Counter.FRAMES_BEFORE_START, beforeStart);
        counters.add(Counter.FRAMES_LOOPBACK_COPIES, loopbackCopies);
        counters.add(Counter.FRAMES_FILTERED, filtered);
        truncated = 0;
        offloaded = 0;
        beforeStart = 0;
        loopbackCopies = 0;
        filtered = 0;
    }
}
