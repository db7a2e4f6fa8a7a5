package net.flowsonde.config;

import java.time.Duration;
import java.util.Optional;

/**
 * What one collector is sent otherwise than {@link ExportConfig} says; what is empty here is as there, or as the command line says.
 *
 * @param profile             name of the collector profile
 * @param mtu                 most octets of a message over UDP
 * @param templateRefresh     how often templates are sent again over UDP
 * @param templatePackets     after how many messages templates are sent again over UDP
 * @param statisticsInterval  how often options records with statistics are sent
 */
public record ExportOverrides(
    Optional<String> profile, Optional<Integer> mtu, Optional<Duration> templateRefresh, Optional<Integer> templatePackets,
    Optional<Duration> statisticsInterval) {

    public static final ExportOverrides NONE =
        new ExportOverrides(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The export of this collector. */
    public ExportConfig over(final ExportConfig export) {
        return new ExportConfig(
            export.observationDomain(), export.enterpriseNumber(), profile.orElse(export.profile()), mtu.orElse(export.mtu()),
            templateRefresh.orElse(export.templateRefresh()), templatePackets.orElse(export.templatePackets()),
            statisticsInterval.orElse(export.statisticsInterval()), export.profiles());
    }
}
