package net.flowsonde.flow;

/** Short forms of a stamp that save room in {@link TcpState}; differences are modulo 2^32. */
final class TcpTime {
    static final long NS_PER_MS = 1_000_000;

    private TcpTime() {
    }

    /** 2^20 ns (1.05 ms) each; unambiguous over 26 days. */
    static int ticks(final long ns) {
        return (int) (ns >>> 20);
    }

    /** 2^10 ns (1.02 µs) each; unambiguous over 36 minutes. */
    static int fineTicks(final long ns) {
        return (int) (ns >>> 10);
    }

    /** Milliseconds of a difference for a 32-bit field: 0 when negative, 2^32 - 1 at most. */
    static int milliseconds(final long ns) {
        return (int) Math.min(Math.max(0, ns) / NS_PER_MS, 0xFFFF_FFFFL);
    }
}
