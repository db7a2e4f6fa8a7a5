package net.flowsonde.ipfix;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.config.ProfileConfig;
import net.flowsonde.config.ProfileConfig.Change;
import net.flowsonde.config.ProfileConfig.Flows;
import net.flowsonde.ipfix.Profile.Rows;

/** Finds profiles: those that ship, and the operator's own, which are made out of them. */
final class Profiles {
    private static final Pattern FIELD = Pattern.compile("(?:(\\w+)\\.)?(\\w+)(?:\\s*=\\s*(\\d{1,10}):(\\d{1,5})(?:/(\\d{1,5}))?)?");
    private static final long MOST_ENTERPRISE_NUMBER = 0xFFFF_FFFFL;

    private final RecordLists lists;

    /** @param lists  the fields that there are */
    Profiles(final RecordLists lists) {
        this.lists = lists;
    }

    /**
     * The profile of that name.
     *
     * @throws IllegalArgumentException with what is wrong in the operator's profile and where
     */
    Profile find(final String name, final List<ProfileConfig> own) {
        if (ExportConfig.PROFILES.contains(name)) {
            return ProfileReader.read(name);
        }
        return own.stream().filter(profile -> profile.name().equals(name)).findFirst().map(this::make)
            .orElseThrow(() -> new IllegalArgumentException("unknown profile " + name + "; there is "
                + String.join(", ", ExportConfig.PROFILES)));
    }

    private Profile make(final ProfileConfig config) {
        final Profile base = ProfileReader.read(config.base());
        final Map<RecordKind, Rows> rows = new EnumMap<>(RecordKind.class);
        rows.putAll(base.rows());
        config.changes().forEach(change -> apply(rows, change));
        return new Profile(config.name(), base.purpose(), base.format(),
            config.flows() == Flows.BASE ? base.isUniflow() : config.flows() == Flows.UNIFLOW, rows, base.options(),
            base.areOptionsFixed(), base.rules());
    }

    private void apply(final Map<RecordKind, Rows> rows, final Change change) {
        final Matcher field = FIELD.matcher(change.text());
        final boolean isRename = change.kind() == ProfileConfig.Kind.RENAME;
        if (!field.matches() || isRename != (field.group(3) != null)) {
            throw refused(change, isRename ? "is not of the form field=pen:id or field=pen:id/length" : "is not the name of a field");
        }
        final RecordKind kind = kind(field.group(1), change);
        final Field<?> row = row(kind, field.group(2)).orElseThrow(() -> refused(change, "is no field of " + kind.label()
            + " records; flowsonde elements lists them"));
        final Rows before = rows.getOrDefault(kind, new Rows(false, Map.of(), Set.of()));
        final Map<String, Target> targets = new HashMap<>(before.targets());
        final Set<String> dropped = new HashSet<>(before.dropped());
        final String name = row.element().name();
        switch (change.kind()) {
            case DROP -> {
                targets.remove(name);
                dropped.add(name);
            }
            case ADD -> {
                dropped.remove(name);
                targets.put(name, Rows.AS_IS);
            }
            case RENAME -> {
                dropped.remove(name);
                targets.put(name, target(field, row, change));
            }
            default -> throw new IllegalStateException(change.kind().name());
        }
        rows.put(kind, new Rows(before.hasAll(), targets, dropped));
    }

    private static Target target(final Matcher field, final Field<?> row, final Change change) {
        final Element element = row.element();
        final long enterpriseNumber = Long.parseLong(field.group(3));
        final int id = Integer.parseInt(field.group(4));
        final int length = field.group(5) == null ? Target.NATURAL : Integer.parseInt(field.group(5));
        if (enterpriseNumber > MOST_ENTERPRISE_NUMBER || id < 1 || id > 0xFFFF) {
            throw refused(change, "has an enterprise number above 4294967295 or an id outside of 1 to 65535");
        }
        if (field.group(5) != null && !isLength(row, length)) {
            throw refused(change, "cannot be written in " + length + " octets");
        }
        return new Target(new Element(enterpriseNumber, id, element.name(), element.type(), element.semantics(), element.units(),
            element.rangeBegin(), element.rangeEnd(), element.description()), length, 1, null);
    }

    private static boolean isLength(final Field<?> row, final int length) {
        return switch (row.element().type()) {
            case UNSIGNED8, UNSIGNED16, UNSIGNED32, UNSIGNED64 -> length >= 1 && length <= 4 || length == Long.BYTES;
            case STRING, OCTET_ARRAY -> length >= 1 && length < Field.VARIABLE_LENGTH;
            default -> length == row.length();
        };
    }

    private static RecordKind kind(final String label, final Change change) {
        try {
            return label == null ? RecordKind.FLOW : RecordKind.of(label);
        } catch (final IllegalArgumentException unknown) {
            throw refused(change, "names a kind of records that there is not");
        }
    }

    private Optional<Field<?>> row(final RecordKind kind, final String name) {
        return lists.all().stream().filter(list -> list.kind() == kind).flatMap(RecordElements::named)
            .filter(field -> field.element().name().equals(name)).findFirst();
    }

    private static IllegalArgumentException refused(final Change change, final String complaint) {
        final int file = change.place().lastIndexOf(" (");
        return new IllegalArgumentException(
            change.place().substring(0, file) + ": " + change.text() + " " + complaint + change.place().substring(file));
    }
}
