package net.flowsonde.capture;

/** What a queue thread does with its packets. All calls come from that one thread, so an implementation needs no lock. */
public interface PacketHandler {
    /** One frame; the view and the bytes behind it are valid only during the call. */
    void onPacket(CapturedFrame frame);

    /**
     * Time has come to {@code nowNs} (nanoseconds since 1970 on the clock of the packets: the wall clock live, the newest stamp in a
     * file). Called once a block of packets, and at least every 100 ms while a live link is silent. Never goes back.
     *
     * @return how much was done, 0 when nothing was due
     */
    int onTime(long nowNs);

    /** No packet will follow: what is held is to be passed on now. */
    void onClose();
}
