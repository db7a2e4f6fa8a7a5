package net.flowsonde.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineStateTest {
    @TempDir
    private Path directory;

    @Test
    void shouldKeepItsIdentityAndCountItsStarts() {
        final EngineState first = EngineState.next(directory.resolve("new"), 32_473);
        final EngineState second = EngineState.next(directory.resolve("new"), 32_473);

        assertThat(first.boots()).isEqualTo(1);
        assertThat(second.boots()).isEqualTo(2);
        assertThat(second.engineId()).isEqualTo(first.engineId());
        assertThat(first.engineId().toHexString()).startsWith("80:00:7e:d9:05").hasSize(13 * 3 - 1);
    }

    @Test
    void shouldBeginAnewWhenItHasUsedUpItsStarts() throws Exception {
        Files.writeString(directory.resolve("engine"), "80007ed9050102030405060708 2147483647\n");
        final EngineState next = EngineState.next(directory, 32_473);
        assertThat(next.boots()).isEqualTo(1);
        assertThat(next.engineId().toHexString()).doesNotContain("01:02:03:04");
    }

    @Test
    void shouldBeginAnewWhereTheFileIsNotItsOwn() throws Exception {
        Files.writeString(directory.resolve("engine"), "something else");
        assertThat(EngineState.next(directory, 32_473).boots()).isEqualTo(1);
        assertThat(EngineState.next(directory, 32_473).boots()).isEqualTo(2);
    }

    @Test
    void shouldNameTheKeyOfADirectoryThatCannotBeUsed() throws Exception {
        final Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> EngineState.next(file, 32_473)).isInstanceOf(UncheckedIOException.class)
            .hasMessageContaining("snmp.state-directory").hasMessageContaining(file.toString());
    }
}
