package net.flowsonde.enrich.file;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.flowsonde.dpi.FileProtocol;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.FileServerRow;

/** Every file server that was used, of bounded number; the one that was silent for longest is forgotten. Owned by the export thread. */
final class FileServers {
    private static final int MOST = 4_096;
    /** Clients, users and shares of a server that are told apart; more are not counted. */
    private static final int MOST_DISTINCT = 65_536;

    private final Counters counters;
    private final Map<InetAddress, Server> servers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<InetAddress, Server> eldest) {
            if (size() <= MOST) {
                return false;
            }
            counters.increment(Counter.FILE_SERVERS_EVICTED);
            return true;
        }
    };

    private static final class Server {
        private final Set<InetAddress> clients = new HashSet<>();
        private final Set<String> users = new HashSet<>();
        private final Set<String> shares = new HashSet<>();
        private FileProtocol protocol = FileProtocol.UNKNOWN;
        private long firstSeenNs = Long.MAX_VALUE;
        private long lastSeenNs;
        private long operations;
        private long failures;
        private long readOctets;
        private long writeOctets;

        void onEvent(final FileEvent event) {
            addBounded(clients, event.client());
            if (!event.user().isEmpty()) {
                addBounded(users, event.domain() + '\\' + event.user());
            }
            if (!event.share().isEmpty()) {
                addBounded(shares, event.share());
            }
            protocol = event.protocol().code() > protocol.code() ? event.protocol() : protocol;
            firstSeenNs = Math.min(firstSeenNs, event.startNs());
            lastSeenNs = Math.max(lastSeenNs, event.endNs());
            operations++;
            failures += event.isOk() ? 0 : 1;
            readOctets += event.readOctets();
            writeOctets += event.writeOctets();
        }

        private static <T> void addBounded(final Set<T> set, final T value) {
            if (set.size() < MOST_DISTINCT) {
                set.add(value);
            }
        }

        FileServerRow row(final InetAddress address) {
            return new FileServerRow(address, protocol.text(), firstSeenNs, lastSeenNs, clients.size(), users.size(), shares.size(),
                operations, failures, readOctets, writeOctets);
        }
    }

    FileServers(final Counters counters) {
        this.counters = counters;
    }

    void onEvent(final FileEvent event) {
        servers.computeIfAbsent(event.server(), address -> new Server()).onEvent(event);
    }

    /** The busiest first. */
    List<FileServerRow> rows() {
        final List<FileServerRow> rows = new ArrayList<>();
        servers.forEach((address, server) -> rows.add(server.row(address)));
        rows.sort(Comparator.comparingLong(FileServerRow::operations).reversed());
        return rows;
    }
}
