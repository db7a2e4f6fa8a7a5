package net.flowsonde.capture;

/** An open live capture, be it a ring of ours or libpcap's, as {@link LiveSource} works it. One thread's. */
interface LiveHandle extends AutoCloseable {
    /** The handle is of no more use and must be opened again. */
    int BROKEN = -1;

    /** Hands over a bounded batch of what waits, without waiting: how many frames were taken, or {@link #BROKEN}. */
    int read(PacketHandler handler);

    /** Stamp of the newest frame taken. */
    long newestStampNs();

    /** What poll(2) waits on; -1 when there is nothing to wait on. */
    int descriptor();

    /** ifIndex of the interface as it was when this was opened. */
    int interfaceIndex();

    /** The pending error of the socket (errno), cleared by asking; 0 when there is none. */
    int takeError();

    /** Frames that the kernel has dropped since the last call. */
    long takeDrops();

    /** Replaces the filter; a {@link CaptureException} leaves the old one. */
    void filter(String expression);

    /** No new frames from now on; those in the buffer stay. */
    void closeIntake();

    @Override
    void close();
}
