package net.flowsonde.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the entries of {@code collectors}: a URI, or a map with one and with what this collector gets otherwise than the others. */
final class CollectorReader implements Section.EntryParser<CollectorConfig> {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final ExportConfig export;
    private final Mistakes mistakes;
    private final Section.Schema schema;

    /** @param export  what an entry leaves out */
    CollectorReader(final ExportConfig export, final Mistakes mistakes, final Section.Schema schema) {
        this.export = export;
        this.mistakes = mistakes;
        this.schema = schema;
    }

    @Override
    public void parse(final String path, final Node entry, final List<CollectorConfig> collectors) {
        if (entry instanceof MappingNode) {
            try (Section section = new Section(path, entry, mistakes, schema)) {
                section.required("uri").flatMap(uri -> uri(path + ".uri", uri, collectors))
                    .ifPresent(uri -> collectors.add(collector(section, uri)));
            }
        } else {
            uri(path, entry, collectors).ifPresent(collectors::add);
        }
    }

    private CollectorConfig collector(final Section section, final CollectorConfig plain) {
        return new CollectorConfig(plain.uri(), overrides(section));
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

    private Optional<CollectorConfig> uri(final String path, final Node entry, final List<CollectorConfig> collectors) {
        final String text = Section.scalarText(path, entry, mistakes);
        if (text == null) {
            return Optional.empty();
        }
        try {
            final CollectorConfig collector = CollectorConfig.parse(text);
            if (collectors.stream().anyMatch(other -> other.uri().equals(collector.uri()))) {
                mistakes.add(path, Mistakes.quote(text) + " is given twice", entry);
            }
            return Optional.of(collector);
        } catch (final IllegalArgumentException refused) {
            mistakes.add(path, Mistakes.quote(text) + " " + refused.getMessage(), entry);
            return Optional.empty();
        }
    }
}
