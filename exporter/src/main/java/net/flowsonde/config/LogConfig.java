package net.flowsonde.config;

import java.time.Duration;

/**
 * What is written to standard error.
 *
 * @param level           least severity that is written
 * @param repeatInterval  how often an error that goes on happening is written again, with its count
 */
public record LogConfig(Level level, Duration repeatInterval) {
    /** Severity of a log line, gravest first. */
    public enum Level { ERROR, WARN, INFO, DEBUG, TRACE }

    public static final LogConfig DEFAULT = new LogConfig(Level.WARN, Duration.ofMinutes(1));
}
