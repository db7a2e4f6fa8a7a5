package net.flowsonde.config;

/**
 * How much of SMB is remembered, for each queue; what is beyond makes the oldest go, and is counted.
 *
 * @param sessions  most users' sessions; 64 to 1,048,576
 * @param trees     most connections to shares; 64 to 1,048,576
 * @param files     most open files; 64 to 4,194,304
 * @param requests  most requests that wait for an answer; 64 to 1,048,576
 */
public record SmbLimits(int sessions, int trees, int files, int requests) {
    public static final SmbLimits DEFAULT = new SmbLimits(16_384, 32_768, 65_536, 32_768);
}
