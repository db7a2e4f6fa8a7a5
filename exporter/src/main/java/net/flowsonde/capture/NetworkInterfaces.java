package net.flowsonde.capture;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The network interfaces of this machine and the settings that distort captures. Reads only, changes nothing. On Linux the kernel's own
 * list is read, because Java's leaves out interfaces without an address, which mirror ports are.
 */
public final class NetworkInterfaces {
    private static final Path KERNEL_LIST = Path.of("/proc/net/dev");
    private static final Path SYSTEM_DIRECTORY = Path.of("/sys/class/net");
    private static final int KERNEL_LIST_HEADER_LINES = 2;

    private NetworkInterfaces() {
    }

    /** All interfaces by index. */
    public static List<CaptureInterface> all() {
        final List<CaptureInterface> all = new ArrayList<>();
        for (final String name : names()) {
            describe(name).ifPresent(all::add);
        }
        all.sort(Comparator.comparingInt(CaptureInterface::index));
        return all;
    }

    /** The interface of that name, if there is one. */
    public static Optional<CaptureInterface> find(final String name) {
        return names().contains(name) ? describe(name) : Optional.empty();
    }

    /** What distorts a capture on the interface, one line for each effect; empty when nothing does or the system does not say. */
    public static List<String> warnings(final CaptureInterface captured) {
        final List<String> warnings = new ArrayList<>();
        for (final Offload offload : Offload.values()) {
            if (captured.offloads().isPresent() && captured.offloads().get().contains(offload)) {
                warnings.add(captured.name() + ": " + offload.label() + " is on: " + offload.effect());
            }
        }
        return warnings;
    }

    static List<String> names() {
        try {
            if (Files.isReadable(KERNEL_LIST)) {
                return Files.readAllLines(KERNEL_LIST).stream().skip(KERNEL_LIST_HEADER_LINES)
                    .filter(line -> line.lastIndexOf(':') > 0) // an alias such as eth0:1 has a colon of its own
                    .map(line -> line.substring(0, line.lastIndexOf(':')).trim()).toList();
            }
            return Collections.list(NetworkInterface.getNetworkInterfaces()).stream().map(NetworkInterface::getName).toList();
        } catch (final IOException exception) {
            throw new CaptureException("the network interfaces cannot be listed: " + exception.getMessage(), exception);
        }
    }

    /** Nothing when the interface has gone since it was listed. */
    private static Optional<CaptureInterface> describe(final String name) {
        if (!Files.isReadable(KERNEL_LIST)) {
            return describeWithJava(name);
        }
        try (InterfaceControl control = new InterfaceControl(name)) {
            final int index = control.index();
            final int flags = control.flags();
            return index == InterfaceControl.UNKNOWN ? Optional.empty() : Optional.of(new CaptureInterface(
                index, name, addresses(name), (flags & InterfaceControl.IFF_UP) != 0, (flags & InterfaceControl.IFF_LOOPBACK) != 0,
                control.mtu(), receiveQueues(name), EthernetTool.offloads(control)));
        }
    }

    private static Optional<CaptureInterface> describeWithJava(final String name) {
        try {
            final NetworkInterface found = NetworkInterface.getByName(name);
            return found == null ? Optional.empty() : Optional.of(new CaptureInterface(
                found.getIndex(), name, addresses(name), found.isUp(), found.isLoopback(), found.getMTU(), 0, Optional.empty()));
        } catch (final SocketException exception) {
            return Optional.empty();
        }
    }

    private static List<InetAddress> addresses(final String name) {
        try {
            final NetworkInterface found = NetworkInterface.getByName(name);
            return found == null ? List.of() : Collections.list(found.getInetAddresses());
        } catch (final SocketException exception) {
            return List.of();
        }
    }

    private static int receiveQueues(final String name) {
        try (Stream<Path> queues = Files.list(SYSTEM_DIRECTORY.resolve(name).resolve("queues"))) {
            return (int) queues.filter(queue -> queue.getFileName().toString().startsWith("rx-")).count();
        } catch (final IOException exception) {
            return 0;
        }
    }
}
