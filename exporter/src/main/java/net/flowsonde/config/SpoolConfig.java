package net.flowsonde.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where messages wait for a collector that is away, and how they follow when it is back.
 *
 * @param directory     holds a directory for each collector; empty for none, so that messages wait in a few MiB of memory
 * @param size          most octets for each collector; 1 MiB to 1 TiB
 * @param rate          octets a second at which they follow, at most; 64 KiB to 4 GiB
 * @param sync          how often what was written is waited for until the disk has it; 0 for never
 * @param resendWindow  octets that a TCP collector may have acknowledged and not read when its connection breaks: so much is sent again
 */
public record SpoolConfig(Optional<Path> directory, long size, long rate, Duration sync, long resendWindow) {
    public static final SpoolConfig DEFAULT =
        new SpoolConfig(Optional.empty(), 1L << 30, 16L << 20, Duration.ofSeconds(1), 4L << 20);
}
