package net.flowsonde.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.flowsonde.telemetry.InterfaceRow;
import net.flowsonde.telemetry.InterfaceRow.Traffic;

/** What the kernel shows of the interfaces that are captured (Linux; elsewhere nothing). Read when asked, once a second at most. */
public final class InterfaceStatistics {
    private static final Path SYSTEM_DIRECTORY = Path.of("/sys/class/net");
    private static final long FRESH_NS = TimeUnit.SECONDS.toNanos(1);
    /** Hardware types of Linux, and what IANA calls them. */
    private static final int LINUX_ETHERNET = 1;
    private static final int LINUX_LOOPBACK = 772;
    private static final int IANA_OTHER = 1;
    private static final int IANA_ETHERNET = 6;
    private static final int IANA_LOOPBACK = 24;
    /** Bits of the flags that the kernel shows. */
    private static final int FLAG_UP = 0x1;
    private static final int FLAG_PROMISCUOUS = 0x100;

    private final List<String> names;
    private List<InterfaceRow> rows = List.of();
    private long readNs;

    public InterfaceStatistics(final List<String> names) {
        this.names = List.copyOf(names);
    }

    /** Those of the interfaces that are there. */
    public synchronized List<InterfaceRow> rows() {
        if (rows.isEmpty() || System.nanoTime() - readNs > FRESH_NS) {
            rows = names.stream().flatMap(name -> read(name).stream()).toList();
            readNs = System.nanoTime();
        }
        return rows;
    }

    private static Optional<InterfaceRow> read(final String name) {
        final Path directory = SYSTEM_DIRECTORY.resolve(name);
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        final int flags = Integer.decode(text(directory, "flags").orElse("0"));
        final String address = text(directory, "address").orElse("");
        return Optional.of(new InterfaceRow(
            (int) number(directory, "ifindex"), name, text(directory, "ifalias").orElse(""), type(number(directory, "type")),
            (int) number(directory, "mtu"), Math.max(0, number(directory, "speed")), address.matches("[0:]*") ? "" : address,
            (flags & FLAG_UP) != 0, !text(directory, "operstate").orElse("").matches("down|lowerlayerdown|notpresent"),
            (flags & FLAG_PROMISCUOUS) != 0, traffic(directory.resolve("statistics"), "rx_", true),
            traffic(directory.resolve("statistics"), "tx_", false)));
    }

    private static Traffic traffic(final Path directory, final String prefix, final boolean hasMulticast) {
        return new Traffic(
            number(directory, prefix + "bytes"), number(directory, prefix + "packets"), hasMulticast ? number(directory, "multicast") : 0,
            number(directory, prefix + "dropped"), number(directory, prefix + "errors"));
    }

    private static int type(final long linuxType) {
        if (linuxType == LINUX_ETHERNET) {
            return IANA_ETHERNET;
        }
        return linuxType == LINUX_LOOPBACK ? IANA_LOOPBACK : IANA_OTHER;
    }

    private static long number(final Path directory, final String file) {
        return text(directory, file).filter(text -> text.matches("-?[0-9]{1,18}")).map(Long::parseLong).orElse(0L);
    }

    /** Some files cannot be read while the interface is down, and all are gone once it is. */
    private static Optional<String> text(final Path directory, final String file) {
        try {
            return Optional.of(Files.readString(directory.resolve(file)).strip());
        } catch (final IOException unreadable) {
            return Optional.empty();
        }
    }
}
