package net.flowsonde.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The SNMP agent.
 *
 * @param isEnabled       whether there is one
 * @param listen          the UDP port that it answers on
 * @param stateDirectory  keeps the engine's identity and the number of its starts
 * @param contact         sysContact
 * @param location        sysLocation
 * @param users           who may ask by version 3
 * @param communities     who may ask by version 1 or 2c
 * @param targets         who is notified
 */
public record SnmpConfig(
    boolean isEnabled, ListenAddress listen, Path stateDirectory, String contact, String location, List<User> users,
    List<Community> communities, List<Target> targets) {

    /** Who authenticates a message, and how (RFC 7860). */
    public enum Authentication { SHA_256, SHA_384, SHA_512 }

    /** What encrypts a message (RFC 3826, and the draft that everybody follows for longer keys). */
    public enum Privacy { AES_128, AES_256 }

    /** Least security of a request that is answered. */
    public enum Level { AUTH_PRIV, AUTH_NO_PRIV }

    /** The versions without users. */
    public enum Version { V2C, V1 }

    /** What a notification is sent as: once, or until it is confirmed. */
    public enum Notification { TRAP, INFORM }

    /** Everything that there is to be seen. */
    public static final List<String> WHOLE_VIEW = List.of("1.3.6.1");

    public static final SnmpConfig DEFAULT = new SnmpConfig(
        false, ListenAddress.parse("127.0.0.1:161"), Path.of("/var/lib/flowsonde/snmp"), "", "", List.of(), List.of(), List.of());

    public SnmpConfig {
        users = List.copyOf(users);
        communities = List.copyOf(communities);
        targets = List.copyOf(targets);
    }

    /**
     * A user of version 3.
     *
     * @param privacyKey  may be null where the level asks for none
     * @param view        subtrees that may be read
     */
    public record User(
        String name, Level level, Authentication authentication, Secret authenticationKey, Privacy privacy, Secret privacyKey,
        List<String> view) {
        public User {
            view = List.copyOf(view);
        }
    }

    /**
     * A community of version 1 or 2c.
     *
     * @param view  subtrees that may be read
     */
    public record Community(Version version, Secret community, List<String> view) {
        public Community {
            view = List.copyOf(view);
        }
    }

    /**
     * A receiver of notifications.
     *
     * @param host       its address or name
     * @param port       its UDP port
     * @param type       trap or inform
     * @param user       a name out of the users for version 3; empty for version 2c
     * @param community  for version 2c; null for version 3
     * @param timeout    how long a confirmation is waited for
     * @param retries    how often an inform without confirmation is sent again
     */
    public record Target(String host, int port, Notification type, String user, Secret community, Duration timeout, int retries) {
    }
}
