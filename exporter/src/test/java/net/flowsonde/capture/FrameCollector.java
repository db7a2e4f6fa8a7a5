package net.flowsonde.capture;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes down what a source hands over. */
final class FrameCollector implements PacketHandler {
    /** One frame as it was during the call. */
    record Seen(long timestampNs, int linkType, int wireLength, boolean isOutgoing, String data) {
    }

    final List<Seen> frames = new ArrayList<>();
    final List<Long> times = new ArrayList<>();
    boolean isClosed;

    @Override
    public void onPacket(final CapturedFrame frame) {
        final byte[] data = new byte[frame.capturedLength()];
        frame.buffer().getBytes(frame.offset(), data);
        frames.add(new Seen(frame.timestampNs(), frame.linkType(), frame.wireLength(), frame.isOutgoing(), HexFormat.of().formatHex(data)));
    }

    @Override
    public int onTime(final long nowNs) {
        times.add(nowNs);
        return 0;
    }

    @Override
    public void onClose() {
        isClosed = true;
    }
}
