package net.flowsonde.ipfix;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.flowsonde.ipfix.Profile.Format;
import net.flowsonde.ipfix.Profile.Rows;

/**
 * Reads the file of a profile, which lies beside this class.
 * <pre>
 *  purpose TEXT                          which collector it is for
 *  format ipfix | netflow-v9 | netflow-v5
 *  flows biflow | uniflow
 *  options all | none | NAME ...         which options templates
 *  options-text fixed                    texts in them have a fixed length
 *  [KIND]                                fields of a kind of record follow
 *  *                                     every field, under its own element
 *  NAME                                  a field, under its own element
 *  -NAME                                 not this one
 *  NAME = PEN:ID[/LENGTH] ELEMENT TYPE [by N]   a field under another element, in so many octets, divided by N
 *  [rules]                               what the collector chokes on, see {@link ProfileRule}
 *  RULE ARGUMENT ... | REASON
 * </pre>
 */
final class ProfileReader {
    private static final Pattern ROW =
        Pattern.compile("(\\w+)(?:\\s*=\\s*(\\d+):(\\d+)(?:/(\\d+))?\\s+(\\w+)\\s+(\\w+)(?:\\s+by\\s+(\\d+))?)?");
    private static final String ALL = "*";
    private static final String RULES = "[rules]";

    private final String name;
    private String purpose = "";
    private Format format = Format.IPFIX;
    private boolean isUniflow;
    private Set<String> options = Set.of();
    private boolean areOptionsFixed;
    private final Map<RecordKind, Rows> rows = new EnumMap<>(RecordKind.class);
    private final List<ProfileRule> rules = new ArrayList<>();
    private String section = "";
    private boolean hasAll;
    private Map<String, Target> targets = new HashMap<>();
    private Set<String> dropped = new HashSet<>();

    private ProfileReader(final String name) {
        this.name = name;
    }

    /** The profile that ships under this name. */
    static Profile read(final String name) {
        final ProfileReader reader = new ProfileReader(name);
        try (InputStream in = ProfileReader.class.getResourceAsStream("profiles/" + name + ".profile");
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#")).forEach(reader::line);
        } catch (final IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        reader.endSection();
        return reader.profile();
    }

    private Profile profile() {
        return new Profile(name, purpose, format, isUniflow, rows, options, areOptionsFixed, rules);
    }

    private void line(final String line) {
        if (line.startsWith("[")) {
            endSection();
            section = line;
        } else if (section.isEmpty()) {
            head(line);
        } else if (section.equals(RULES)) {
            rules.add(ProfileRule.parse(line));
        } else {
            row(line);
        }
    }

    private void head(final String line) {
        final String[] words = line.split("\\s+", 2);
        switch (words[0]) {
            case "purpose" -> purpose = words[1];
            case "format" -> format = Format.valueOf(words[1].toUpperCase(Locale.ROOT).replace('-', '_'));
            case "flows" -> isUniflow = words[1].equals("uniflow");
            case "options" -> options = Set.of(words[1].split("\\s+"));
            case "options-text" -> areOptionsFixed = words[1].equals("fixed");
            default -> throw new IllegalStateException(name + ": " + line);
        }
    }

    private void row(final String line) {
        if (line.equals(ALL)) {
            hasAll = true;
        } else if (line.startsWith("-")) {
            dropped.add(line.substring(1));
        } else {
            final Matcher row = ROW.matcher(line);
            if (!row.matches()) {
                throw new IllegalStateException(name + ": " + line);
            }
            targets.put(row.group(1), row.group(2) == null ? Rows.AS_IS : target(row));
        }
    }

    private Target target(final Matcher row) {
        final DataType type = DataType.of(row.group(6)).orElseThrow(() -> new IllegalStateException(name + ": " + row.group()));
        final int length = Optional.ofNullable(row.group(4)).map(Integer::parseInt).orElse(Target.NATURAL);
        final long divisor = Optional.ofNullable(row.group(7)).map(Long::parseLong).orElse(1L);
        return new Target(new Element(Long.parseLong(row.group(2)), Integer.parseInt(row.group(3)), row.group(5), type,
            Semantics.DEFAULT, Units.NONE, 0, 0, ""), length, divisor, null);
    }

    private void endSection() {
        if (!section.isEmpty() && !section.equals(RULES)) {
            rows.put(RecordKind.of(section.substring(1, section.length() - 1)), new Rows(hasAll, targets, dropped));
        }
        hasAll = false;
        targets = new HashMap<>();
        dropped = new HashSet<>();
    }
}
