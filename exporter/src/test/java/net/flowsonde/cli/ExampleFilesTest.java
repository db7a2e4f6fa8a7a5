package net.flowsonde.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every configuration that ships with Flowsonde is one that {@code check} accepts. */
class ExampleFilesTest {
    private static final Path DIRECTORY = Path.of("..", "config");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(DIRECTORY)) {
            return all.filter(path -> path.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldShipOnlyWhatCheckAccepts(final Path file) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        assertThat(Flowsonde.execute(new PrintWriter(out), new PrintWriter(err), "check", "--config", file.toString())).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString()).startsWith("capture:\n");
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldSayAtTheTopWhatAFileIsFor(final Path file) throws IOException {
        assertThat(Files.readString(file)).startsWith("# ");
    }
}
