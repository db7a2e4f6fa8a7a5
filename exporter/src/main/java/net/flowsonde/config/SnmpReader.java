package net.flowsonde.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.flowsonde.config.SnmpConfig.Authentication;
import net.flowsonde.config.SnmpConfig.Community;
import net.flowsonde.config.SnmpConfig.Level;
import net.flowsonde.config.SnmpConfig.Notification;
import net.flowsonde.config.SnmpConfig.Privacy;
import net.flowsonde.config.SnmpConfig.Target;
import net.flowsonde.config.SnmpConfig.User;
import net.flowsonde.config.SnmpConfig.Version;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the section of the SNMP agent. The secrets are read once here, so that a check finds those that are missing. */
final class SnmpReader {
    private static final int MOST_NAME_LENGTH = 32;
    private static final int MOST_TEXT_LENGTH = 255;
    private static final int MOST_PATH_LENGTH = 4_096;
    private static final int LEAST_KEY_LENGTH = 8;
    private static final int NOTIFICATION_PORT = 162;
    private static final Pattern SUBTREE = Pattern.compile("[012](\\.(0|[1-9][0-9]{0,9})){1,127}");
    private static final Pattern ENDPOINT = Pattern.compile("(\\[[0-9A-Fa-f:.%\\w]+]|[^:\\[\\]\\s]+)(?::([0-9]{1,5}))?");

    private final Mistakes mistakes;
    /** Names of the users that were read so far. */
    private final List<String> names = new ArrayList<>();
    private boolean isEnabled;

    SnmpReader(final Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    SnmpConfig read(final Section section) {
        final SnmpConfig otherwise = SnmpConfig.DEFAULT;
        isEnabled = section.flag("enabled", otherwise.isEnabled());
        final SnmpConfig config = new SnmpConfig(
            isEnabled,
            section.listen("listen", otherwise.listen()),
            directory(section, otherwise.stateDirectory()),
            section.text("contact", otherwise.contact(), MOST_TEXT_LENGTH),
            section.text("location", otherwise.location(), MOST_TEXT_LENGTH),
            section.list("users", "a list of users", this::user),
            section.list("communities", "a list of communities", this::community),
            section.list("targets", "a list of targets", this::target));
        if (isEnabled && config.users().isEmpty() && config.communities().isEmpty()) {
            section.refuse("enabled", "without users and communities, so that nobody could ask");
        }
        return config;
    }

    private static Path directory(final Section section, final Path otherwise) {
        final String text = section.text("state-directory", otherwise.toString(), MOST_PATH_LENGTH);
        try {
            return Path.of(text);
        } catch (final InvalidPathException notPath) {
            section.refuse("state-directory", "is not a path");
            return otherwise;
        }
    }

    private void user(final String path, final Node entry, final List<User> users) {
        read(path, entry, section -> {
            final String name = section.text("name", "", MOST_NAME_LENGTH);
            if (name.isEmpty()) {
                mistakes.add(path, "lacks the key name", entry);
            } else if (names.contains(name)) {
                mistakes.add(path + ".name", Mistakes.quote(name) + " is given twice", entry);
            }
            names.add(name);
            final Level level = section.choice("level", Level.AUTH_PRIV);
            final Authentication authentication = section.choice("auth", Authentication.SHA_256);
            final Privacy privacy = section.choice("priv", Privacy.AES_128);
            final Secret authenticationKey = key(path, section, entry, "auth-key", true);
            final Secret privacyKey = key(path, section, entry, "priv-key", level == Level.AUTH_PRIV);
            users.add(new User(name, level, authentication, authenticationKey, privacy, privacyKey, view(section)));
        });
    }

    private void community(final String path, final Node entry, final List<Community> communities) {
        read(path, entry, section -> communities.add(new Community(
            section.choice("version", Version.V2C), secret(path, section, entry, "community", true, 1), view(section))));
    }

    private void target(final String path, final Node entry, final List<Target> targets) {
        read(path, entry, section -> {
            final String user = section.text("user", "", MOST_NAME_LENGTH);
            final Secret community = secret(path, section, entry, "community", user.isEmpty(), 1);
            if (!user.isEmpty() && community != null) {
                mistakes.add(path, "has a user (version 3) and a community (version 2c); one of them is wanted", entry);
            } else if (!user.isEmpty() && !names.contains(user)) {
                section.refuse("user", "is none of snmp.users");
            }
            final Matcher endpoint = ENDPOINT.matcher(section.text("address", "", MOST_TEXT_LENGTH));
            final int port = !endpoint.matches() || endpoint.group(2) == null ? NOTIFICATION_PORT : Integer.parseInt(endpoint.group(2));
            if (!endpoint.matches() || port < 1 || port > 65_535) {
                mistakes.add(path, "needs an address with a port, as in address: 192.0.2.5:162", entry);
                return;
            }
            targets.add(new Target(endpoint.group(1).replaceAll("[\\[\\]]", ""), port, section.choice("type", Notification.TRAP), user,
                community, section.duration("timeout", Duration.ofSeconds(2), Duration.ofMillis(100), Duration.ofMinutes(1)),
                section.count("retries", 3, 0, 20)));
        });
    }

    private void read(final String path, final Node entry, final Consumer<Section> reader) {
        try (Section section = new Section(path, entry, mistakes, (key, otherwise, bounds) -> { })) {
            reader.accept(section);
        }
    }

    private Secret key(final String path, final Section section, final Node entry, final String name, final boolean isNeeded) {
        return secret(path, section, entry, name, isNeeded, LEAST_KEY_LENGTH);
    }

    /** Where a secret stands: {@code NAME-file} or {@code NAME-env}; null when neither is given. */
    private Secret secret(
        final String path, final Section section, final Node entry, final String name, final boolean isNeeded, final int leastLength) {
        final List<Secret> given = new ArrayList<>();
        for (final Secret.Kind kind : Secret.Kind.values()) {
            final String place = section.text(name + "-" + kind.name().toLowerCase(Locale.ROOT), "", MOST_PATH_LENGTH);
            if (!place.isEmpty()) {
                given.add(new Secret(kind, place));
            }
        }
        if (given.size() > 1 || given.isEmpty() && isNeeded) {
            mistakes.add(path, "needs one of the keys " + name + "-file and " + name + "-env", entry);
        }
        final Optional<Secret> secret = given.stream().findFirst();
        if (isEnabled) {
            secret.ifPresent(place -> check(path + "." + name, place, entry, leastLength));
        }
        return secret.orElse(null);
    }

    private void check(final String path, final Secret secret, final Node entry, final int leastLength) {
        try {
            if (secret.read().length() < leastLength) {
                mistakes.add(path, Mistakes.quote(secret.place()) + " holds fewer than " + leastLength + " characters", entry);
            }
        } catch (final IllegalArgumentException missing) {
            mistakes.add(path, Mistakes.quote(secret.place()) + " " + missing.getMessage(), entry);
        }
    }

    private List<String> view(final Section section) {
        final List<String> subtrees = section.list("view", "a list of object identifiers", (path, node, parsed) -> {
            final String text = Section.scalarText(path, node, mistakes);
            if (text != null && !SUBTREE.matcher(text).matches()) {
                mistakes.add(path, Mistakes.quote(text) + " is not an object identifier, such as 1.3.6.1.2.1", node);
            } else if (text != null) {
                parsed.add(text);
            }
        });
        return subtrees.isEmpty() ? SnmpConfig.WHOLE_VIEW : subtrees;
    }
}
