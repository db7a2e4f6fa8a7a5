package net.flowsonde.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.flowsonde.config.ProfileConfig.Change;
import net.flowsonde.config.ProfileConfig.Kind;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the entries of {@code export.profiles}; whether their fields exist is checked where fields are known. */
final class ProfileReader implements Section.EntryParser<ProfileConfig> {
    private static final int MOST_NAME_LENGTH = 64;

    private final Mistakes mistakes;
    private final Section.Schema schema;

    ProfileReader(final Mistakes mistakes, final Section.Schema schema) {
        this.mistakes = mistakes;
        this.schema = schema;
    }

    @Override
    public void parse(final String path, final Node entry, final List<ProfileConfig> profiles) {
        if (!(entry instanceof MappingNode)) {
            mistakes.add(path, "is not a map with a name and a base", entry);
            return;
        }
        try (Section section = new Section(path, entry, mistakes, schema)) {
            final Optional<String> name = section.required("name").flatMap(node -> name(path + ".name", node, profiles));
            final String base = section.choice("base", ExportConfig.NATIVE, ExportConfig.PROFILES, Function.identity());
            final ProfileConfig.Flows flows = section.choice("flows", ProfileConfig.Flows.BASE);
            final List<Change> changes = new ArrayList<>();
            changes.addAll(section.list("drop", "a list of fields", changes(Kind.DROP)));
            changes.addAll(section.list("add", "a list of fields", changes(Kind.ADD)));
            changes.addAll(section.list("rename", "a list of field=pen:id or field=pen:id/length", changes(Kind.RENAME)));
            name.ifPresent(found -> profiles.add(new ProfileConfig(found, base, flows, changes, mistakes.place(path, entry))));
        }
    }

    private Optional<String> name(final String path, final Node node, final List<ProfileConfig> profiles) {
        final String name = Section.scalarText(path, node, mistakes);
        if (name == null) {
            return Optional.empty();
        }
        if (!name.matches("[a-z0-9][a-z0-9-]*") || name.length() > MOST_NAME_LENGTH) {
            mistakes.add(path, Mistakes.quote(name) + " is not a name of small letters, digits and hyphens", node);
        } else if (ExportConfig.PROFILES.contains(name) || profiles.stream().anyMatch(other -> other.name().equals(name))) {
            mistakes.add(path, name + " is the name of another profile", node);
        } else {
            return Optional.of(name);
        }
        return Optional.empty();
    }

    private Section.EntryParser<Change> changes(final Kind kind) {
        return (path, entry, parsed) -> {
            final String text = Section.scalarText(path, entry, mistakes);
            if (text != null) {
                parsed.add(new Change(kind, text, mistakes.place(path, entry)));
            }
        };
    }
}
