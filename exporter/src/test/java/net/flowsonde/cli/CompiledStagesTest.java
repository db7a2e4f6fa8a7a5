package net.flowsonde.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The virtual machine says nothing of a stage whose name it does not know: one that gets another name would be lost from the list. */
class CompiledStagesTest {
    private static final Pattern LIST = Pattern.compile("for method in (.*?); do", Pattern.DOTALL);
    private static final Pattern CHOICE = Pattern.compile("\\{([^{}]*)}");

    @Test
    void shouldNameStagesThatExist() throws IOException {
        final Matcher list = LIST.matcher(Files.readString(Path.of("bin/flowsonde")));
        assertThat(list.find()).isTrue();
        final List<String> stages = Arrays.stream(list.group(1).replace("\\\n", " ").trim().split("\\s+")).flatMap(CompiledStagesTest::expand).toList();
        assertThat(stages).hasSizeGreaterThan(50).doesNotHaveDuplicates().allMatch(CompiledStagesTest::exists);
    }

    /** What the shell makes of braces: {@code a{b,c}} is {@code ab ac}. */
    private static Stream<String> expand(final String word) {
        final Matcher choice = CHOICE.matcher(word);
        if (!choice.find()) {
            return Stream.of(word);
        }
        return Arrays.stream(choice.group(1).split(","))
            .flatMap(each -> expand(word.substring(0, choice.start()) + each + word.substring(choice.end())));
    }

    private static boolean exists(final String stage) {
        final String[] parts = stage.split("::");
        try {
            return Arrays.stream(Class.forName("net.flowsonde." + parts[0]).getDeclaredMethods()).map(Method::getName).anyMatch(parts[1]::equals);
        } catch (final ClassNotFoundException e) {
            return false;
        }
    }
}
