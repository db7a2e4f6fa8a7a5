package net.flowsonde.config;

import java.time.Duration;

/**
 * What is written to standard error.
 *
 * @param level           least severity that is written
 * @param format          how a line looks
 * @param repeatInterval  how often an error that goes on happening is written again, with its count
 */
public record LogConfig(Level level, Format format, Duration repeatInterval) {
    /** Severity of a log line, gravest first. */
    public enum Level { ERROR, WARN, INFO, DEBUG, TRACE }

    /** How a log line looks. */
    public enum Format {
        /** As journal for systemd's, else plain. */
        AUTO,
        /** Time, severity, text. */
        PLAIN,
        /** The severity as the prefix that systemd reads (sd-daemon(3)), then the text: the journal knows the time. */
        JOURNAL,
        /** A JSON object a line. */
        JSON
    }

    public static final LogConfig DEFAULT = new LogConfig(Level.WARN, Format.AUTO, Duration.ofMinutes(1));
}
