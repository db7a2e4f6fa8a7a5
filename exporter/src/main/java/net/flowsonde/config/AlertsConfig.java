package net.flowsonde.config;

import java.time.Duration;
import java.util.List;

/**
 * Which alerts are raised, and how often. What makes one is configured where its subject is.
 *
 * @param coolDown       least time between two alerts of one kind about one subject
 * @param mostPerMinute  most alerts of one kind in a minute
 * @param disabled       kinds that are never raised, out of {@link #KINDS}
 */
public record AlertsConfig(Duration coolDown, int mostPerMinute, List<String> disabled) {
    /** Every kind of alert there is. */
    public static final List<String> KINDS = List.of(
        "collector-down", "collector-up", "drops", "cache-emergency", "spool-filling", "spool-full", "certificate-expiry",
        "capture-stopped", "rogue-dns-server", "dns-server-not-from-dhcp", "not-dns-on-port-53", "dns-trailing-octets", "dns-tunnel",
        "nxdomain-burst", "private-address-for-public-name", "local-name-spoofing", "smb1-in-use", "read-then-overwrite",
        "write-new-delete-old", "mass-rename", "new-extensions", "same-file-in-many-directories", "directory-walk", "destruction-burst", "canary-touched",
        "weak-file-access", "ransomware-score");

    public static final AlertsConfig DEFAULT = new AlertsConfig(Duration.ofMinutes(10), 60, List.of());

    public AlertsConfig {
        disabled = List.copyOf(disabled);
    }
}
