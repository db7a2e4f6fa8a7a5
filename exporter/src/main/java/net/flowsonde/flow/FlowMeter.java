package net.flowsonde.flow;

import net.flowsonde.capture.CapturedFrame;
import net.flowsonde.capture.PacketHandler;
import net.flowsonde.config.FlowConfig;
import net.flowsonde.config.TcpConfig;
import net.flowsonde.telemetry.Counters;

/** Turns the packets of one queue into flow records. Owned by one queue thread. */
public final class FlowMeter implements PacketHandler {
    /**
     * @param flowIdSeed  distinguishes the flow identifiers of the queues of one process
     * @param ring        where finished records go
     */
    public FlowMeter(
        final FlowConfig config, final TcpConfig tcp, final int flowIdSeed, final RecordRing ring, final Counters counters) {
    }

    @Override
    public void onPacket(final CapturedFrame frame) {
    }

    @Override
    public int onTime(final long nowNs) {
        return 0;
    }

    @Override
    public void onClose() {
    }
}
