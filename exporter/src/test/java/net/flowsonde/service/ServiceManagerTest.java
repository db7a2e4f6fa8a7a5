package net.flowsonde.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jnr.ffi.LibraryLoader;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;
import net.flowsonde.telemetry.Health;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a datagram socket such as systemd's. */
class ServiceManagerTest {
    private static final long PID = 4_711;
    private static final int DONT_WAIT = 0x40;

    private static final Receiving LIBC = LibraryLoader.create(Receiving.class).failImmediately().load("c");

    @TempDir
    private Path directory;

    private int descriptor = -1;
    private final List<String> complaints = new ArrayList<>();

    /** What the service manager calls. */
    public interface Receiving {
        int socket(int domain, int type, int protocol);

        int bind(int descriptor, @In byte[] address, int length);

        @ssize_t long recv(int descriptor, @Out byte[] octets, @size_t long length, int flags);

        int close(int descriptor);
    }

    private final Health health = new Health() {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public List<String> complaints() {
            return complaints;
        }
    };

    @AfterEach
    void close() {
        LIBC.close(descriptor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"path", "@abstract"})
    void shouldSayThatItIsReadyReloadingAndStopping(final String kind) {
        final String address = kind.startsWith("@") ? "@flowsonde-test-" + ProcessHandle.current().pid() : directory + "/notify";
        bind(address);
        final ServiceManager manager = new ServiceManager(Map.of("NOTIFY_SOCKET", address), PID);
        manager.ready("capturing on eth0");
        manager.reloading();
        manager.stopping();
        assertThat(received()).isEqualTo("READY=1\nSTATUS=capturing on eth0");
        assertThat(received()).matches("RELOADING=1\nMONOTONIC_USEC=\\d+");
        assertThat(received()).startsWith("STOPPING=1\n");
    }

    @Test
    void shouldKeepTheWatchdogQuietTwiceAnIntervalAsLongAsAllIsWell() {
        final ServiceManager manager = withWatchdog(PID);
        final long nowNs = System.nanoTime();
        manager.keepAlive(health, nowNs);
        assertThat(received()).isEqualTo("WATCHDOG=1");
        manager.keepAlive(health, nowNs + TimeUnit.SECONDS.toNanos(1));
        assertThat(received()).isEmpty();
        manager.keepAlive(health, nowNs + TimeUnit.SECONDS.toNanos(5));
        assertThat(received()).isEqualTo("WATCHDOG=1");
    }

    @Test
    void shouldLetTheWatchdogBiteWhenAThreadIsStuck() {
        final ServiceManager manager = withWatchdog(PID);
        complaints.add("eth0/0: its thread has ended");
        final long nowNs = System.nanoTime();
        manager.keepAlive(health, nowNs);
        assertThat(received()).isEqualTo("STATUS=eth0/0: its thread has ended");
        manager.keepAlive(health, nowNs + TimeUnit.SECONDS.toNanos(6));
        assertThat(received()).isEmpty();
    }

    @Test
    void shouldKeepOutOfAWatchdogForAnotherProcess() {
        withWatchdog(PID + 1).keepAlive(health, System.nanoTime());
        assertThat(received()).isEmpty();
    }

    @Test
    void shouldDoNothingWithoutAServiceManager() {
        bind(directory + "/notify");
        new ServiceManager(Map.of(), PID).ready("x");
        assertThat(received()).isEmpty();
    }

    private ServiceManager withWatchdog(final long pid) {
        bind(directory + "/notify");
        return new ServiceManager(Map.of("NOTIFY_SOCKET", directory + "/notify", "WATCHDOG_USEC", "10000000", "WATCHDOG_PID",
            Long.toString(pid)), PID);
    }

    private void bind(final String address) {
        final byte[] path = address.getBytes(StandardCharsets.UTF_8);
        final byte[] name = new byte[2 + path.length];
        name[ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 0 : 1] = 1;
        System.arraycopy(path, 0, name, 2, path.length);
        name[2] = path[0] == '@' ? 0 : path[0];
        descriptor = LIBC.socket(1, 2, 0);
        assertThat(LIBC.bind(descriptor, name, name.length)).isZero();
    }

    private String received() {
        final byte[] octets = new byte[1_000];
        final long length = LIBC.recv(descriptor, octets, octets.length, DONT_WAIT);
        return length < 0 ? "" : new String(octets, 0, (int) length, StandardCharsets.UTF_8);
    }
}
