package net.flowsonde.dpi.nfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import net.flowsonde.dpi.Text;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class HandleNamesTest {
    private final Counters counters = new Telemetry().register(Counter.Scope.QUEUE, "test");
    private final HandleNames names = new HandleNames(1_024);
    private final Handles handles = new Handles(names, counters);
    private final PathFinder paths = new PathFinder(handles);
    private final Text share = new Text(255);
    private final Text path = new Text(4_096);

    private static FileHandle handle(final int number) {
        return new FileHandle().set(number * 0x9E37_79B9_7F4A_7C15L | 1, number * 0xC2B2_AE3D_27D4_EB4FL, number);
    }

    private static NameBuffer name(final String text) {
        final byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return new NameBuffer().set(new UnsafeBuffer(octets), 0, octets.length);
    }

    private String path(final FileHandle handle) {
        paths.find(handle, share, path);
        return share + ":" + path;
    }

    @Test
    void shouldJoinNamesUpToTheExport() {
        handles.learnExport(handle(1), name("/export"));
        handles.learn(handle(2), handle(1), name("a"));
        handles.learn(handle(3), handle(2), name("b"));
        assertThat(path(handle(3))).isEqualTo("/export:/a/b");
        assertThat(path(handle(1))).isEqualTo("/export:/");
    }

    @Test
    void shouldKeepNamesOfAnyLength() {
        handles.learnExport(handle(1), name("/" + "e".repeat(200)));
        handles.learn(handle(2), handle(1), name("x".repeat(255)));
        handles.learn(handle(3), handle(2), name("y".repeat(77)));
        assertThat(path(handle(3))).isEqualTo("/" + "e".repeat(200) + ":/" + "x".repeat(255) + "/" + "y".repeat(77));
    }

    @Test
    void shouldMakeTextOfNamesThatAreNone() {
        final NameBuffer broken = new NameBuffer().set(new UnsafeBuffer(new byte[] {'a', (byte) 0xFF, 0, 'b'}), 0, 4);
        handles.learnExport(handle(1), name("/export"));
        handles.learn(handle(2), handle(1), broken);
        assertThat(path(handle(2))).isEqualTo("/export:/a\uFFFD\uFFFDb");
    }

    @Test
    void shouldNotGoRoundInCircles() {
        handles.learn(handle(2), handle(3), name("a"));
        handles.learn(handle(3), handle(2), name("b"));
        assertThat(path(handle(2))).startsWith(":<fh:").hasSizeLessThan(4_096);
    }

    @Test
    void shouldNeverTakeDotsForNames() {
        handles.learnExport(handle(1), name("/export"));
        handles.learn(handle(2), handle(1), name("a"));
        handles.learn(handle(2), handle(2), name("."));
        handles.learn(handle(1), handle(2), name(".."));
        assertThat(path(handle(2))).isEqualTo("/export:/a");
        final FileHandle found = new FileHandle();
        handles.child(handle(2), name(".."), found);
        assertThat(found.is(handle(1))).isTrue();
    }

    @Test
    void shouldStayWithinItsSizeAndForgetWhatWasNotUsed() {
        handles.learnExport(handle(1), name("/export"));
        for (int i = 2; i < 50_000; i++) {
            handles.onTime((long) i << 30);
            handles.learn(handle(i), handle(1), name("file" + i));
            assertThat(path(handle(i))).isEqualTo("/export:/file" + i);
        }
        assertThat(counters.value(Counter.NFS_HANDLES_EVICTED)).isGreaterThan(40_000);
        assertThat(path(handle(2))).startsWith(":<fh:");
    }

    @Test
    void shouldShowOneThreadOnlyWhatAnotherHasWrittenWhole() throws Exception {
        final AtomicBoolean isStopped = new AtomicBoolean();
        final Thread writer = new Thread(() -> {
            final Handles other = new Handles(names, new Telemetry().register(Counter.Scope.QUEUE, "other"));
            final NameBuffer[] choices = {name("a".repeat(70)), name("b".repeat(50)), name("c".repeat(60))};
            for (int i = 0; !isStopped.get(); i++) {
                other.learn(handle(2), handle(1), choices[i % choices.length]);
            }
        });
        handles.learnExport(handle(1), name("/export"));
        writer.start();
        int seen = 0;
        for (int i = 0; i < 50_000; i++) {
            final String found = path(handle(2));
            if (found.startsWith("/export:")) {
                seen++;
                assertThat(found).matches("/export:/(a{70}|b{50}|c{60})");
            }
        }
        isStopped.set(true);
        writer.join();
        assertThat(seen).isPositive();
    }
}
