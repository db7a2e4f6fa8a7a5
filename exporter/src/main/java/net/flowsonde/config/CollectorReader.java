package net.flowsonde.config;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Reads the entries of {@code collectors}: a URI, or a map with one and with what this collector gets otherwise than the others, or a map
 * with {@code hash} or {@code failover} and a list of both kinds, which are a group.
 */
final class CollectorReader implements Section.EntryParser<CollectorConfig> {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final ExportConfig export;
    private final Mistakes mistakes;
    private final Section.Schema schema;
    private int groups;

    /** @param export  what an entry leaves out */
    CollectorReader(final ExportConfig export, final Mistakes mistakes, final Section.Schema schema) {
        this.export = export;
        this.mistakes = mistakes;
        this.schema = schema;
    }

    @Override
    public void parse(final String path, final Node entry, final List<CollectorConfig> collectors) {
        final Optional<CollectorGroup.Mode> mode = entry instanceof MappingNode map ? mode(map) : Optional.empty();
        if (mode.isPresent()) {
            group(path, entry, mode.get(), collectors);
        } else {
            one(path, entry, collectors, Optional.empty());
        }
    }

    /** A map whose only key is the name of a mode is a group. */
    private static Optional<CollectorGroup.Mode> mode(final MappingNode map) {
        return map.getValue().size() != 1 || !(map.getValue().get(0).getKeyNode() instanceof ScalarNode key) ? Optional.empty()
            : Arrays.stream(CollectorGroup.Mode.values()).filter(mode -> name(mode).equals(key.getValue())).findFirst();
    }

    private static String name(final CollectorGroup.Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    private void group(final String path, final Node entry, final CollectorGroup.Mode mode, final List<CollectorConfig> collectors) {
        final Optional<CollectorGroup> group = Optional.of(new CollectorGroup(++groups, mode));
        final int before = collectors.size();
        try (Section section = new Section(path, entry, mistakes, schema)) {
            section.list(name(mode), "a list of collectors", (memberPath, member, unused) -> one(memberPath, member, collectors, group));
        }
        if (collectors.size() == before + 1) {
            mistakes.add(path + "." + name(mode), "has one collector only, and needs two", entry);
        }
    }

    private void one(
        final String path, final Node entry, final List<CollectorConfig> collectors, final Optional<CollectorGroup> group) {
        if (entry instanceof MappingNode) {
            try (Section section = new Section(path, entry, mistakes, schema)) {
                final Optional<URI> uri = section.required("uri").flatMap(node -> uri(path + ".uri", node, collectors));
                final ExportOverrides overrides = overrides(section);
                final TlsConfig tls = tls(section, uri);
                uri.ifPresent(known -> collectors.add(new CollectorConfig(known, overrides, tls, group)));
            }
        } else {
            uri(path, entry, collectors)
                .ifPresent(uri -> collectors.add(new CollectorConfig(uri, ExportOverrides.NONE, TlsConfig.DEFAULT, group)));
        }
    }

    private TlsConfig tls(final Section collector, final Optional<URI> uri) {
        final boolean isGiven = collector.has("tls");
        try (Section section = collector.section("tls")) {
            final TlsConfig tls = tls(section);
            if (isGiven) {
                final boolean isMisplaced = uri.isPresent() && !"tls".equals(uri.get().getScheme());
                (isMisplaced ? Optional.of("is for tls:// only, and this collector is " + uri.get()) : tls.complaint())
                    .ifPresent(complaint -> collector.complain("tls", complaint));
            }
            return tls;
        }
    }

    private static TlsConfig tls(final Section section) {
        final TlsConfig otherwise = TlsConfig.DEFAULT;
        return new TlsConfig(
            section.path("certificate", otherwise.certificate()),
            section.path("key", otherwise.key()),
            section.path("key-password-file", otherwise.keyPasswordFile()),
            section.text("key-password-environment", otherwise.keyPasswordEnvironment(), 256),
            section.path("trusted-certificates", otherwise.trustedCertificates()),
            section.choice("minimum-version", otherwise.minimumVersion(), List.of(TlsConfig.Version.values()), CollectorReader::name),
            section.text("server-name", otherwise.serverName(), 255));
    }

    static String name(final TlsConfig.Version version) {
        return version == TlsConfig.Version.TLS_1_2 ? "tls1.2" : "tls1.3";
    }

    private ExportOverrides overrides(final Section section) {
        return new ExportOverrides(
            given(section, "profile", section.choice("profile", export.profile(), export.profileNames(), Function.identity())),
            given(section, "mtu", section.count("mtu", export.mtu(), ExportConfig.LEAST_MTU, ExportConfig.MOST_MTU)),
            given(section, "template-refresh", section.duration("template-refresh", export.templateRefresh(), SECOND, DAY)),
            given(section, "template-packets",
                section.count("template-packets", export.templatePackets(), 1, ExportConfig.MOST_TEMPLATE_PACKETS)),
            given(section, "statistics-interval", section.duration("statistics-interval", export.statisticsInterval(), SECOND, DAY)));
    }

    /** What the file does not say stays open, so that an option of the command line can still say it. */
    private static <T> Optional<T> given(final Section section, final String key, final T value) {
        return section.has(key) ? Optional.of(value) : Optional.empty();
    }

    private Optional<URI> uri(final String path, final Node entry, final List<CollectorConfig> collectors) {
        final String text = Section.scalarText(path, entry, mistakes);
        if (text == null) {
            return Optional.empty();
        }
        try {
            final CollectorConfig collector = CollectorConfig.parse(text);
            if (collectors.stream().anyMatch(other -> other.uri().equals(collector.uri()))) {
                mistakes.add(path, Mistakes.quote(text) + " is given twice", entry);
            }
            return Optional.of(collector.uri());
        } catch (final IllegalArgumentException refused) {
            mistakes.add(path, Mistakes.quote(text) + " " + refused.getMessage(), entry);
            return Optional.empty();
        }
    }
}
