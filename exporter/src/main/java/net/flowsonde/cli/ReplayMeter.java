package net.flowsonde.cli;

import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import net.flowsonde.capture.CapturedFrame;
import net.flowsonde.capture.PacketHandler;

/**
 * Meters the packets of several capture files with one meter as long as time goes on. Where a file begins before the last one ended,
 * what the meter holds is passed on and a new meter begins, so that unrelated captures give the flows that each would give alone. Owned
 * by one queue thread.
 */
final class ReplayMeter implements PacketHandler {
    private final IntSupplier filesBegun;
    private final IntFunction<PacketHandler> meters;
    private PacketHandler meter;
    private int metersBegun;
    private int file = 1;
    private long latestNs = Long.MIN_VALUE;

    /**
     * @param filesBegun  number of the file that the packets come from, 1 and up
     * @param meters      makes the meter of a number, 0 and up
     */
    ReplayMeter(final IntSupplier filesBegun, final IntFunction<PacketHandler> meters) {
        this.filesBegun = filesBegun;
        this.meters = meters;
        meter = meters.apply(metersBegun++);
    }

    @Override
    public void onPacket(final CapturedFrame frame) {
        if (filesBegun.getAsInt() != file) {
            onFile(frame.timestampNs());
        }
        if (frame.timestampNs() > latestNs) {
            latestNs = frame.timestampNs();
        }
        meter.onPacket(frame);
    }

    private void onFile(final long firstNs) {
        file = filesBegun.getAsInt();
        if (firstNs < latestNs) {
            meter.onClose();
            meter = meters.apply(metersBegun++);
            latestNs = firstNs;
        }
    }

    @Override
    public int onTime(final long nowNs) {
        return meter.onTime(nowNs);
    }

    @Override
    public void onClose() {
        meter.onClose();
    }
}
