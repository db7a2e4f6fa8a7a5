package net.flowsonde.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeBindingTest {
    private static final int PAGE = 4_096;

    @TempDir
    private Path directory;

    /** The canary for jnr-ffi's sixth argument: a mapping at an offset shows the page at that offset, not another. */
    @Test
    void shouldPassTheSixthArgumentOfMmap() throws IOException {
        final byte[] pages = new byte[4 * PAGE];
        for (int page = 0; page < 4; page++) {
            Arrays.fill(pages, page * PAGE, (page + 1) * PAGE, (byte) (page + 1));
        }
        final Path file = Files.write(directory.resolve("pages"), pages);
        final LibC.Functions libc = LibC.functions();
        try (var channel = java.nio.channels.FileChannel.open(file)) {
            final int descriptor = descriptorOf(file);
            for (int page = 0; page < 4; page++) {
                final long address = libc.mmap(null, PAGE, 1, 2, descriptor, (long) page * PAGE);
                assertThat(address).as("errno %d", LibC.lastError()).isGreaterThan(0);
                final UnsafeBuffer mapped = NativeMemory.view(address, PAGE);
                assertThat(mapped.getByte(0)).isEqualTo((byte) (page + 1));
                assertThat(mapped.getByte(PAGE - 1)).isEqualTo((byte) (page + 1));
                assertThat(libc.munmap(address, PAGE)).isZero();
            }
            assertThat(channel.isOpen()).isTrue();
        }
    }

    private static int descriptorOf(final Path target) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(Files::isSymbolicLink).filter(link -> pointsTo(link, target))
                .mapToInt(link -> Integer.parseInt(link.getFileName().toString())).findFirst().orElseThrow();
        }
    }

    private static boolean pointsTo(final Path link, final Path target) {
        try {
            return Files.readSymbolicLink(link).equals(target.toRealPath());
        } catch (final IOException gone) {
            return false;
        }
    }

    /** Six integers are the count that jnr-ffi gets wrong: such a function must have an object among them. */
    @Test
    void shouldBindNoFunctionWithSixIntegers() {
        final List<Method> wrong = Stream.of(LibC.Functions.class, LibPcap.Functions.class)
            .flatMap(functions -> Arrays.stream(functions.getMethods()))
            .filter(method -> method.getParameterCount() == 6)
            .filter(method -> Arrays.stream(method.getParameterTypes()).allMatch(Class::isPrimitive)).toList();
        assertThat(wrong).isEmpty();
    }

    @Test
    void shouldSayHowToInstallLibpcapWhereItIsMissing() {
        assertThatThrownBy(() -> LibPcap.load(List.of("libpcap-that-is-not-there.so.9"))).isInstanceOf(CaptureException.class)
            .hasMessageStartingWith("libpcap is not installed: install it").hasMessageContaining("apt-get install libpcap0.8")
            .hasMessageNotContaining("\n");
    }

    @Test
    void shouldLoadLibpcap() {
        assertThat(LibPcap.functions().pcap_lib_version()).startsWith("libpcap version");
        assertThat(LibPcap.functions()).isSameAs(LibPcap.functions());
    }

    @Test
    void shouldKeepErrnoOfTheLastCall() {
        assertThat(LibC.functions().close(-1)).isEqualTo(-1);
        assertThat(LibC.functions().strerror(LibC.lastError())).isEqualTo("Bad file descriptor");
    }
}
