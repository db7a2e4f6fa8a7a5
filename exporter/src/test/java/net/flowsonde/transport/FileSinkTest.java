package net.flowsonde.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import net.flowsonde.flow.FlowRecordSamples;
import net.flowsonde.ipfix.ExportAgent.Pace;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {
    @TempDir
    private Path directory;

    @Test
    void shouldWriteEveryRecordAndReplaceWhatWasThere() throws Exception {
        final Path file = directory.resolve("flows.ipfix");
        Files.writeString(file, "something else, longer than nothing");
        final ExportRig rig = new ExportRig("file://" + file, Pace.REPLAY);
        final SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 20_000; i++) {
            rig.export(FlowRecordSamples.random(random));
        }
        rig.close();
        assertThat(read(file).flows()).isEqualTo(20_000);
        assertThat(rig.value(Counter.OCTETS_SENT)).isEqualTo(Files.size(file));
        assertThat(rig.isAddingUp()).isTrue();
    }

    @Test
    void shouldWriteJsonLines() throws Exception {
        final Path file = directory.resolve("flows.json");
        final ExportRig rig = new ExportRig("json://" + file, Pace.REPLAY);
        for (int i = 0; i < 5_000; i++) {
            rig.export(FlowRecordSamples.tcp());
        }
        rig.close();
        final List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(5_000).allMatch(line -> line.startsWith("{\"recordType\":\"flow\",\"flowId\":") && line.endsWith("}"));
        assertThat(rig.isAddingUp()).isTrue();
    }

    @Test
    void shouldSayWhyAFileCannotBeWritten() {
        assertThatThrownBy(() -> new ExportRig("file://" + directory + "/none/flows.ipfix", Pace.LIVE))
            .isInstanceOf(UncheckedIOException.class)
            .hasMessage("cannot write " + directory + "/none/flows.ipfix: no such directory");
    }

    @Test
    void shouldDropAndCountOnAFullDiskAndGoOnWhenThereIsRoom() throws Exception {
        final Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()), "mount needs root");
        try {
            final Path ballast = disk.resolve("ballast");
            Files.write(ballast, new byte[600_001]);
            final Path file = disk.resolve("flows.ipfix");
            final ExportRig rig = new ExportRig("file://" + file, Pace.LIVE);
            final SplittableRandom random = new SplittableRandom(6);
            for (int i = 0; i < 10_000; i++) {
                rig.export(FlowRecordSamples.random(random));
            }
            while (rig.agent.doWork() > 0) {
                // until the ring is empty
            }
            assertThat(rig.value(Counter.RECORDS_REFUSED)).isPositive();
            assertThat(rig.value(Counter.SEND_ERRORS)).isPositive();
            assertThat(read(file).flows()).isEqualTo(rig.value(Counter.RECORDS_SENT)).isPositive();
            Files.delete(ballast);
            final long sentBefore = rig.value(Counter.RECORDS_SENT);
            rig.close();
            assertThat(rig.value(Counter.RECORDS_SENT)).isGreaterThan(sentBefore);
            assertThat(read(file).flows()).isEqualTo(rig.value(Counter.RECORDS_SENT));
            assertThat(rig.isAddingUp()).isTrue();
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void shouldCountWhatAFullDiskNeverTook() throws Exception {
        final Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "/dev/full");
        final ExportRig rig = new ExportRig("file://" + full, Pace.LIVE);
        for (int i = 0; i < 10; i++) {
            rig.export(FlowRecordSamples.tcp());
        }
        rig.close();
        assertThat(rig.value(Counter.RECORDS_LOST)).isEqualTo(10);
        assertThat(rig.isAddingUp()).isTrue();
    }

    private static Messages read(final Path file) throws IOException {
        final Messages messages = new Messages();
        try (InputStream stream = Files.newInputStream(file)) {
            assertThat(messages.readAll(new BufferedInputStream(stream))).as("whole messages").isTrue();
        }
        return messages;
    }

    private static boolean run(final String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    }
}
