package net.flowsonde.collector.generate;

/**
 * What to generate. The same options always give the same octets.
 *
 * @param packets      frames in the file
 * @param flows        bidirectional flows, at most half as many as packets
 * @param seed         start of the random numbers
 * @param seconds      time that the file spans, about
 * @param concurrent   flows that are open at one time
 * @param startSeconds stamp of the first packet, seconds since 1970
 */
public record TrafficOptions(long packets, int flows, long seed, double seconds, int concurrent, long startSeconds) {
    public static final long DEFAULT_SEED = 1;
    public static final double DEFAULT_SECONDS = 60;
    public static final int DEFAULT_CONCURRENT = 4_096;
    public static final long DEFAULT_START_SECONDS = 1_700_000_000;

    /** Fewer do not leave every kind of flow its share. */
    private static final int MIN_FLOWS = 20;

    public TrafficOptions {
        check(flows >= MIN_FLOWS, "flows: " + flows + " is below " + MIN_FLOWS);
        check(packets >= 2L * flows, "packets: " + packets + " is below two for each of " + flows + " flows");
        check(packets <= Integer.MAX_VALUE, "packets: " + packets + " is above " + Integer.MAX_VALUE);
        check(concurrent >= 1, "concurrent: " + concurrent + " is below 1");
        check(seconds > 0, "seconds: " + seconds + " is not above 0");
        check(startSeconds >= 0 && startSeconds + seconds < 0xFFFF_FFFFL, "start: " + startSeconds + " leaves the stamps of the format");
    }

    private static void check(final boolean isRight, final String message) {
        if (!isRight) {
            throw new IllegalArgumentException(message);
        }
    }

    public static TrafficOptions of(final long packets, final int flows) {
        return new TrafficOptions(
            packets, flows, DEFAULT_SEED, DEFAULT_SECONDS, DEFAULT_CONCURRENT, DEFAULT_START_SECONDS);
    }

    public TrafficOptions withSeed(final long other) {
        return new TrafficOptions(packets, flows, other, seconds, concurrent, startSeconds);
    }

    public TrafficOptions withSeconds(final double other) {
        return new TrafficOptions(packets, flows, seed, other, concurrent, startSeconds);
    }

    public TrafficOptions withConcurrent(final int other) {
        return new TrafficOptions(packets, flows, seed, seconds, other, startSeconds);
    }

    public TrafficOptions withStartSeconds(final long other) {
        return new TrafficOptions(packets, flows, seed, seconds, concurrent, other);
    }
}
