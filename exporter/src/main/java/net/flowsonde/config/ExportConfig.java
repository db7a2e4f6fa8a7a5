package net.flowsonde.config;

import java.time.Duration;
import java.util.List;

/**
 * How records become messages.
 *
 * @param observationDomain   observationDomainId of every message; 0 to 4,294,967,295
 * @param enterpriseNumber    private enterprise number of our own elements; 32473 (documentation, RFC 5612) by default
 * @param profile             name of the collector profile
 * @param mtu                 most octets of a message over UDP, IP and UDP headers not included; 512 to 65,507
 * @param templateRefresh     how often templates are sent again over UDP
 * @param templatePackets     after how many messages templates are sent again over UDP, whichever comes first
 * @param statisticsInterval  how often options records with statistics are sent
 */
public record ExportConfig(
    long observationDomain, long enterpriseNumber, String profile, int mtu, Duration templateRefresh, int templatePackets,
    Duration statisticsInterval) {

    /** Names of the collector profiles that there are. */
    public static final List<String> PROFILES = List.of("native");

    static final int LEAST_MTU = 512;
    static final int MOST_MTU = 65_507;
    static final int MOST_TEMPLATE_PACKETS = 1_000_000;

    public static final ExportConfig DEFAULT =
        new ExportConfig(1, 32_473, "native", 1_420, Duration.ofSeconds(60), 4_096, Duration.ofSeconds(60));
}
