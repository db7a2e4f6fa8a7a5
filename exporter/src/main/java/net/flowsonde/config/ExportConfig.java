package net.flowsonde.config;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

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
 * @param profiles            the operator's own profiles
 */
public record ExportConfig(
    long observationDomain, long enterpriseNumber, String profile, int mtu, Duration templateRefresh, int templatePackets,
    Duration statisticsInterval, List<ProfileConfig> profiles) {

    /** The profile that has everything. */
    public static final String NATIVE = "native";
    /** Names of the collector profiles that ship. */
    public static final List<String> PROFILES = List.of(
        NATIVE, "nfdump", "pmacct", "goflow2", "telegraf", "logstash", "ipfixcol2", "silk", "wireshark", "nsel-v9", "v9", "v5");

    static final int LEAST_MTU = 512;
    static final int MOST_MTU = 65_507;
    static final int MOST_TEMPLATE_PACKETS = 1_000_000;

    public static final ExportConfig DEFAULT =
        new ExportConfig(1, 32_473, NATIVE, 1_420, Duration.ofSeconds(60), 4_096, Duration.ofSeconds(60));

    public ExportConfig {
        profiles = List.copyOf(profiles);
    }

    /** With none of the operator's own profiles. */
    public ExportConfig(
        final long observationDomain, final long enterpriseNumber, final String profile, final int mtu, final Duration templateRefresh,
        final int templatePackets, final Duration statisticsInterval) {
        this(observationDomain, enterpriseNumber, profile, mtu, templateRefresh, templatePackets, statisticsInterval, List.of());
    }

    /** The same with another profile. */
    public ExportConfig withProfile(final String name) {
        return new ExportConfig(
            observationDomain, enterpriseNumber, name, mtu, templateRefresh, templatePackets, statisticsInterval, profiles);
    }

    /** Names of all profiles, those of the operator last. */
    public List<String> profileNames() {
        return profileNames(profiles);
    }

    static List<String> profileNames(final List<ProfileConfig> profiles) {
        return Stream.concat(PROFILES.stream(), profiles.stream().map(ProfileConfig::name)).toList();
    }
}
