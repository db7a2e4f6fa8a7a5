package net.flowsonde.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Telemetry;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CaptureAllocationTest {
    private static final int FRAMES = 120_000;

    @TempDir
    private Path directory;

    private static byte[] file(final String format) {
        final CaptureBytes file = new CaptureBytes(ByteOrder.LITTLE_ENDIAN);
        if (format.equals("classic")) {
            file.classicHeader(0xa1b2c3d4, 1);
        } else {
            file.section().networkInterface(1, 0);
        }
        final byte[] data = new byte[60];
        for (int i = 0; i < FRAMES; i++) {
            if (format.equals("classic")) {
                file.classicPacket(i, i, data.length, data);
            } else {
                file.enhancedPacket(0, i, data.length, data);
            }
        }
        return file.toArray();
    }

    @ParameterizedTest
    @CsvSource({"classic, ''", "pcapng, ''", "classic, ip"})
    void shouldAllocateNothingPerFrameOnceWarm(final String format, final String filter) throws IOException {
        final Path path = Files.write(directory.resolve("many.pcap"), file(format));
        final FrameChecker checker = new FrameChecker();
        final var counters = new Telemetry().register(Counter.Scope.QUEUE, "many.pcap");
        try (PacketSource source = PacketSources.file(path, filter, counters)) {
            int taken = 0;
            while (taken < FRAMES / 2) {
                taken += source.poll(checker);
            }
            final long before = Garbage.of(Thread.currentThread());
            while (!source.isFinished()) {
                taken += source.poll(checker);
            }
            final long allocated = Garbage.of(Thread.currentThread()) - before;
            assertThat(taken).isEqualTo(FRAMES);
            assertThat(allocated).isLessThan(FRAMES / 50);
        }
    }
}
