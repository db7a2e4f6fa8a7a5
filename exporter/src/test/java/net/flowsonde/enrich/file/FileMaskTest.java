package net.flowsonde.enrich.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.flowsonde.config.FilesConfig;
import org.junit.jupiter.api.Test;

class FileMaskTest {
    private static final Optional<byte[]> KEY = Optional.of("0123456789abcdef".getBytes(StandardCharsets.UTF_8));

    private final FileMask mask = new FileMask(KEY, List.of());

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
    void shouldHideSharesAndExports() {
        assertThat(mask.share("\\\\server\\alice$")).isEqualTo("\\\\" + mask.name("server") + "\\" + mask.name("alice$"));
        assertThat(mask.share("/export/home/alice")).isEqualTo("/" + mask.name("export") + "/" + mask.name("home") + "/" + mask.name("alice"));
        assertThat(mask.share("<unknown tree 5>")).isEqualTo("<unknown tree 5>");
        assertThat(mask.share("")).isEmpty();
    }

    @Test
    void shouldLeaveWhatIsToStayReadable() {
        for (final String kind : FilesConfig.MASKED) {
            final FileMask some = new FileMask(KEY, List.of(kind));
            assertThat(some.name("alice").equals("alice")).as(kind).isEqualTo(kind.equals("users"));
            assertThat(some.userNumber(1_000) == 1_000).as(kind).isEqualTo(kind.equals("users"));
            assertThat(some.path("docs").equals("docs")).as(kind).isEqualTo(kind.equals("paths"));
            assertThat(some.pathNumber(1_000) == 1_000).as(kind).isEqualTo(kind.equals("paths"));
            assertThat(some.share("home").equals("home")).as(kind).isEqualTo(kind.equals("shares"));
            some.unmasked(List.of());
            assertThat(some.share("home")).isEqualTo(mask.share("home"));
        }
    }

    @Test
    void shouldHideNumbersAndKeepZero() {
        assertThat(mask.userNumber(1_000)).isNotEqualTo(1_000).isEqualTo(mask.userNumber(1_000));
        assertThat(mask.userNumber(0)).isZero();
        assertThat(new FileMask(Optional.empty(), List.of()).userNumber(1_000)).isEqualTo(1_000);
    }
}
