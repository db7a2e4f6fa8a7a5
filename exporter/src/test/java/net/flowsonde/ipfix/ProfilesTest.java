package net.flowsonde.ipfix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.flowsonde.config.CollectorConfig;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.config.FlowsondeConfig;
import net.flowsonde.enrich.FlowMetadata;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProfilesTest {
    private final RecordLists lists = new RecordLists(new OwnElements(32_473), new FlowMetadata());

    private static List<String> names() {
        return ExportConfig.PROFILES;
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldKeepTheRulesOfItsOwnCollector(final String name) {
        final FlowsondeConfig config = FlowsondeConfig.DEFAULT.with(ExportConfig.DEFAULT.withProfile(name))
            .with(List.of(CollectorConfig.parse("udp://192.0.2.1")));
        assertThat(ProfileCheck.problems(config)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldNameOnlyFieldsThatThereAre(final String name) {
        final Profile profile = new Profiles(lists).find(name, List.of());
        assertThat(profile.purpose()).isNotEmpty();
        profile.rows().forEach((kind, rows) -> {
            final List<String> known = lists.all().stream().filter(list -> list.kind() == kind).flatMap(RecordElements::named)
                .map(field -> field.element().name()).toList();
            assertThat(known).as(name + " " + kind).containsAll(rows.all());
        });
    }
}
