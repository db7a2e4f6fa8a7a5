package net.flowsonde.service;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.flowsonde.telemetry.Health;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how we are, as sd_notify(3) does: ready, reloading, stopping, and, where the unit has a watchdog, that every thread still
 * moves. Without a service manager it does nothing. One thread at a time.
 */
public final class ServiceManager {
    private static final Logger LOGGER = LoggerFactory.getLogger(ServiceManager.class);
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x8_0000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int PATH_OFFSET = 2;
    private static final int MOST_PATH = 108;

    private final String address;
    private final long watchdogNs;
    private long keptAliveNs;
    private boolean isSilent;

    ServiceManager(final Map<String, String> environment, final long pid) {
        address = environment.getOrDefault("NOTIFY_SOCKET", "");
        watchdogNs = watchdogNs(environment, pid);
    }

    public static ServiceManager ofEnvironment() {
        return new ServiceManager(System.getenv(), ProcessHandle.current().pid());
    }

    /** The interval in which the watchdog wants to hear of us; 0 without one, or when it waits for another process. */
    private static long watchdogNs(final Map<String, String> environment, final long pid) {
        final String owner = environment.get("WATCHDOG_PID");
        try {
            return owner != null && Long.parseLong(owner) != pid ? 0
                : TimeUnit.MICROSECONDS.toNanos(Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0")));
        } catch (final NumberFormatException notOurs) {
            return 0;
        }
    }

    public void ready(final String status) {
        send("READY=1\nSTATUS=" + status);
    }

    public void reloading() {
        send("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
    }

    public void stopping() {
        send("STOPPING=1\nSTATUS=exporting the flows that are held");
    }

    /** To be called at least once a second: tells the watchdog that we live, twice an interval, as long as nobody complains. */
    public void keepAlive(final Health health, final long nowNs) {
        if (watchdogNs == 0 || nowNs - keptAliveNs < watchdogNs / 2) {
            return;
        }
        keptAliveNs = nowNs;
        final String complaints = String.join("; ", health.complaints());
        if (complaints.isEmpty()) {
            isSilent = false;
            send("WATCHDOG=1");
        } else if (!isSilent) {
            isSilent = true;
            LOGGER.error("the watchdog is not told that all is well: {}", complaints);
            send("STATUS=" + complaints);
        }
    }

    private void send(final String state) {
        if (address.isEmpty()) {
            return;
        }
        final byte[] octets = state.getBytes(StandardCharsets.UTF_8);
        final SystemCalls.Functions libc = SystemCalls.functions();
        final int descriptor = libc.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        final byte[] name = socketAddress();
        if (descriptor < 0 || libc.connect(descriptor, name, name.length) != 0
            || libc.send(descriptor, octets, octets.length, MSG_NOSIGNAL) != octets.length) {
            LOGGER.warn("the service manager at {} cannot be told anything: {}", address, SystemCalls.lastError());
        }
        libc.close(descriptor);
    }

    /** struct sockaddr_un: family @0 (native order), path @2; a name that begins with @ is an abstract one, which begins with 0. */
    private byte[] socketAddress() {
        final byte[] path = address.getBytes(StandardCharsets.UTF_8);
        final int length = Math.min(path.length, MOST_PATH);
        final byte[] socketAddress = new byte[PATH_OFFSET + length];
        socketAddress[ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 0 : 1] = AF_UNIX;
        System.arraycopy(path, 0, socketAddress, PATH_OFFSET, length);
        if (path[0] == '@') {
            socketAddress[PATH_OFFSET] = 0;
        }
        return socketAddress;
    }
}
