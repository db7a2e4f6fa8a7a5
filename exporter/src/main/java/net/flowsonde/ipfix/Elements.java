package net.flowsonde.ipfix;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.enrich.FlowMetadata;

/** Every element that a profile exports, for documentation. */
public final class Elements {
    private Elements() {
    }

    /**
     * Elements of flow records and the other kinds of records, then those of options records, each once.
     *
     * @param enterpriseNumber  of our own elements
     */
    public static List<Element> all(final String profile, final long enterpriseNumber) {
        if (!ExportConfig.PROFILES.contains(profile)) {
            throw new IllegalArgumentException(
                "unknown profile " + profile + "; there is " + String.join(", ", ExportConfig.PROFILES));
        }
        final OwnElements own = new OwnElements(enterpriseNumber);
        final Set<Element> elements = new LinkedHashSet<>();
        new RecordLists(own, new FlowMetadata()).all().forEach(list -> list.elements().forEach(elements::add));
        new OptionsElements(own).all().forEach(template -> elements.addAll(template.elements()));
        return List.copyOf(elements);
    }
}
