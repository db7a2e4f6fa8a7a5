package net.flowsonde.enrich.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FileMaskTest {
    private final FileMask mask = new FileMask(Optional.of("0123456789abcdef".getBytes(StandardCharsets.UTF_8)));

    @Test
    void shouldHideEachComponentByItself() {
        final String masked = mask.path("\\docs\\plan.txt");
        assertThat(masked).matches("\\\\[0-9a-f]{16}\\\\[0-9a-f]{16}").endsWith(mask.name("plan.txt"));
        assertThat(mask.path("docs/x")).startsWith(mask.name("docs") + "/");
    }

    @Test
    void shouldLeaveNothingButWhatStandsForUnknownNames() {
        assertThat(mask.path("<fh:38a4e9f6>/a")).startsWith("<fh:38a4e9f6>/").doesNotEndWith("/a");
        assertThat(mask.path("<unknown tree 5>\\<unknown file>")).isEqualTo("<unknown tree 5>\\<unknown file>");
        assertThat(mask.path("<my diary>/<fh:mine>")).doesNotContain("diary").doesNotContain("mine");
    }

    @Test
    void shouldHideNumbersAndKeepZero() {
        assertThat(mask.number(1_000)).isNotEqualTo(1_000).isEqualTo(mask.number(1_000));
        assertThat(mask.number(0)).isZero();
        assertThat(new FileMask(Optional.empty()).number(1_000)).isEqualTo(1_000);
    }
}
