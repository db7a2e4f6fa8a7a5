package net.flowsonde.capture;

/** Reads the first and the last octet of every frame, so that a frame that reaches outside its buffer is an error; keeps nothing. */
final class FrameChecker implements PacketHandler {
    long frames;
    long octets;
    long sum;
    private long nowNs;

    @Override
    public void onPacket(final CapturedFrame frame) {
        frames++;
        octets += frame.wireLength();
        if (frame.offset() < 0 || frame.limit() < frame.offset() || frame.wireLength() < frame.capturedLength()
            || frame.timestampNs() < 0) {
            throw new AssertionError("impossible frame");
        }
        if (frame.capturedLength() > 0) {
            sum += frame.buffer().getByte(frame.offset()) + frame.buffer().getByte(frame.limit() - 1);
        }
    }

    @Override
    public int onTime(final long time) {
        if (time < nowNs) {
            throw new AssertionError("time goes back");
        }
        nowNs = time;
        return 0;
    }

    @Override
    public void onClose() {
        nowNs = Long.MAX_VALUE;
    }
}
