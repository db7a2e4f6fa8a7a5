package net.flowsonde.config;

/**
 * How much of NFS is remembered; what is beyond makes the oldest go, and is counted.
 *
 * @param handles  most handles, of all servers and queues, whose names are remembered; 1,024 to 4,194,304
 * @param calls    most calls that wait for their reply, for each queue; 64 to 1,048,576
 * @param files    most files open or in use, for each queue; 64 to 4,194,304
 */
public record NfsLimits(int handles, int calls, int files) {
    public static final NfsLimits DEFAULT = new NfsLimits(262_144, 16_384, 65_536);
}
