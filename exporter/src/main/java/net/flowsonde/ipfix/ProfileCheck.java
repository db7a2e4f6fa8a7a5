package net.flowsonde.ipfix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.flowsonde.config.CollectorConfig;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.config.FlowsondeConfig;
import net.flowsonde.config.ProfileConfig;
import net.flowsonde.enrich.FlowMetadata;
import net.flowsonde.ipfix.Profile.Format;
import net.flowsonde.ipfix.ProfileRule.Sent;

/** Finds what a collector is known to choke on before anything is sent to it. */
public final class ProfileCheck {
    private static final String ANY_SCHEME = "";
    private static final int MOST_OWN_ID = 0x7FFF;
    private static final Set<String> NETWORK_SCHEMES = Set.of("udp", "tcp", "tls");
    private static final String JSON = "json";

    private final ExportConfig export;
    private final RecordLists lists;
    private final Profiles profiles;
    private final List<String> problems = new ArrayList<>();

    private ProfileCheck(final ExportConfig export) {
        this.export = export;
        lists = new RecordLists(new OwnElements(export.enterpriseNumber()), new FlowMetadata());
        profiles = new Profiles(lists);
    }

    /** What is wrong with the profiles of a configuration, a line each. */
    public static List<String> problems(final FlowsondeConfig config) {
        final ProfileCheck check = new ProfileCheck(config.export());
        config.export().profiles().forEach(check::own);
        if (check.problems.isEmpty()) {
            config.collectors().forEach(check::collector);
        }
        return List.copyOf(check.problems);
    }

    private void own(final ProfileConfig config) {
        try {
            complain(profiles.find(config.name(), export.profiles()), ANY_SCHEME, config.place());
        } catch (final IllegalArgumentException refused) {
            problems.add(refused.getMessage());
        }
    }

    private void collector(final CollectorConfig collector) {
        final String scheme = collector.uri().getScheme();
        if (!scheme.equals(JSON)) {
            final String name = collector.overrides().over(export).profile();
            complain(profiles.find(name, export.profiles()), NETWORK_SCHEMES.contains(scheme) ? scheme : ANY_SCHEME,
                "collector " + collector.uri() + " with profile " + name);
        }
    }

    /** Notes each field that breaks a rule once, in whichever templates it does. */
    private void complain(final Profile profile, final String scheme, final String place) {
        final Map<String, Set<String>> byReason = new LinkedHashMap<>();
        sent(profile, scheme).forEach(sent -> {
            profile.rules().forEach(rule -> rule.check().complaints(sent)
                .forEach(complaint -> byReason.computeIfAbsent(rule.reason(), reason -> new LinkedHashSet<>()).add(complaint)));
            general(profile, sent, byReason);
        });
        byReason.forEach((reason, complaints) -> problems.add(inPlace(place, String.join(", ", complaints) + ": " + reason)));
    }

    /** The file and line, where there is one, come last. */
    private static String inPlace(final String place, final String complaint) {
        final int file = place.indexOf(" (");
        return file < 0 ? place + ": " + complaint : place.substring(0, file) + ": " + complaint + place.substring(file);
    }

    /** What no collector takes. */
    private static void general(final Profile profile, final Sent sent, final Map<String, Set<String>> byReason) {
        final Set<Long> seen = new LinkedHashSet<>();
        sent.fields().forEach(field -> {
            final Element element = field.element();
            if (!seen.add(element.enterpriseNumber() << 16 | element.id())) {
                byReason.computeIfAbsent("a template must not have an element twice", reason -> new LinkedHashSet<>()).add(Sent.name(field));
            }
            if (element.id() == 0 || element.id() > MOST_OWN_ID && profile.format() == Format.IPFIX) {
                byReason.computeIfAbsent("needs an id of 1 to 32767 (RFC 7011, 3.2); rename it", reason -> new LinkedHashSet<>())
                    .add(element.name());
            }
        });
        if (sent.fields().size() > FlowElements.MAX_FIELDS) {
            byReason.computeIfAbsent("Wireshark takes no template of more than " + FlowElements.MAX_FIELDS + " fields",
                reason -> new LinkedHashSet<>()).add("a template of " + sent.fields().size() + " fields");
        }
    }

    private Stream<Sent> sent(final Profile profile, final String scheme) {
        return new ProfiledLists(lists, profile, new UpTime()).all().stream().flatMap(
            list -> IntStream.range(0, list.shapes()).mapToObj(shape -> new Sent(scheme, export.enterpriseNumber(), fields(list, shape))));
    }

    private static <R> List<? extends Field<?>> fields(final RecordElements<R> list, final int shape) {
        return list.of(shape);
    }
}
