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
     * Every element of the profile that has everything.
     *
     * @param enterpriseNumber  of our own elements
     */
    public static List<Element> all(final long enterpriseNumber) {
        final ExportConfig otherwise = ExportConfig.DEFAULT;
        return all(new ExportConfig(otherwise.observationDomain(), enterpriseNumber, ExportConfig.NATIVE, otherwise.mtu(),
            otherwise.templateRefresh(), otherwise.templatePackets(), otherwise.statisticsInterval()));
    }

    /**
     * Elements of flow records and the other kinds of records, then those of options records, each once, as the profile of {@code config}
     * sends them.
     *
     * @throws IllegalArgumentException with what is wrong with the profile
     */
    public static List<Element> all(final ExportConfig config) {
        final OwnElements own = new OwnElements(config.enterpriseNumber());
        final RecordLists lists = new RecordLists(own, new FlowMetadata());
        final Profile profile = new Profiles(lists).find(config.profile(), config.profiles());
        final Set<Element> elements = new LinkedHashSet<>();
        new ProfiledLists(lists, profile, new UpTime()).all().forEach(list -> list.elements().forEach(elements::add));
        new OptionsElements(own, profile).all().forEach(template -> elements.addAll(template.elements()));
        return List.copyOf(elements);
    }
}
