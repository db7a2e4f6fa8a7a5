package net.flowsonde.config;

/**
 * Collectors that share the records among them.
 *
 * @param number  its place among the groups, 1 and up
 * @param mode    how
 */
public record CollectorGroup(int number, Mode mode) {
    /** Which member gets a record. */
    public enum Mode {
        /** The one that its flow's identifier chooses, among those that can be reached. */
        HASH,
        /** The first that can be reached. */
        FAILOVER
    }
}
