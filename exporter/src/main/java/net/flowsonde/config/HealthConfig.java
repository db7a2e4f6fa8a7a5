package net.flowsonde.config;

import java.time.Duration;

/**
 * When the exporter's own state is worth an alert.
 *
 * @param checkInterval      how often it is looked at; 100 ms to 1 h
 * @param drops              packets and records dropped within one such interval that are too many
 * @param spoolFilling       percent of a spool above which it is told that it fills; 1 to 99
 * @param certificateExpiry  how long before its end a certificate is told of
 */
public record HealthConfig(Duration checkInterval, long drops, int spoolFilling, Duration certificateExpiry) {
    public static final HealthConfig DEFAULT = new HealthConfig(Duration.ofSeconds(5), 1_000, 80, Duration.ofDays(30));
}
