package net.flowsonde.enrich;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.flowsonde.config.NetworkPrefix;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.DnsServerRow;
import net.flowsonde.telemetry.Snapshot;

/** The inventory of servers that answered DNS queries. Bounded: the one that was silent for longest makes room. */
final class DnsServers {
    static final int MOST_SERVERS = 4_096;

    private List<NetworkPrefix> allowed;
    private final Snapshot<DnsServerRow> snapshot;
    private final Counters counters;
    private final RecentAddresses<DnsServer> servers = new RecentAddresses<>();
    private boolean isChanged;

    /** @param allowed  who may answer; empty for everybody */
    DnsServers(final List<NetworkPrefix> allowed, final Snapshot<DnsServerRow> snapshot, final Counters counters) {
        this.allowed = allowed;
        this.snapshot = snapshot;
        this.counters = counters;
    }

    /** Answers true when the server turns out to be a resolver: what it asked for before were not its own questions. */
    boolean onExchange(final DnsExchange exchange) {
        DnsServer server = servers.find(exchange.server());
        if (server == null) {
            if (!exchange.transaction().hasAnswer() || exchange.server().isNoHost()) {
                return false;
            }
            server = add(exchange);
        }
        isChanged = true;
        return server.onExchange(exchange);
    }

    private DnsServer add(final DnsExchange exchange) {
        if (servers.size() == MOST_SERVERS) {
            servers.removeOldest();
            counters.increment(Counter.DNS_SERVERS_EVICTED);
        }
        final DnsServer added =
            servers.add(new DnsServer(exchange.server(), exchange.transaction().timeNs(), isAllowed(exchange.server())));
        counters.assign(Counter.DNS_SERVERS_KNOWN, servers.size());
        return added;
    }

    /** Others may answer from now on. */
    void allow(final List<NetworkPrefix> others) {
        allowed = others;
        servers.forEach(server -> server.allowed(isAllowed(server.high(), server.low())));
        isChanged = true;
    }

    /** Whether there is a list of allowed servers at all. */
    boolean hasAllowed() {
        return !allowed.isEmpty();
    }

    boolean isAllowed(final AddressKey address) {
        return isAllowed(address.high(), address.low());
    }

    private boolean isAllowed(final long high, final long low) {
        if (allowed.isEmpty()) {
            return true;
        }
        for (int i = 0; i < allowed.size(); i++) {
            if (allowed.get(i).contains(high, low)) {
                return true;
            }
        }
        return false;
    }

    /** Whether something at this address has answered queries. */
    boolean isServer(final AddressKey address) {
        return servers.find(address) != null;
    }

    /** Whether what this address asks for are the queries of a resolver, on behalf of its clients. */
    boolean isResolver(final AddressKey address) {
        final DnsServer server = servers.find(address);
        return server != null && server.isResolver();
    }

    /** Shows the servers of now to whoever asks. */
    void publish() {
        if (!isChanged) {
            return;
        }
        isChanged = false;
        final List<DnsServer> all = new ArrayList<>();
        servers.forEach(all::add);
        all.sort(Comparator.comparingLong(DnsServer::answers).reversed());
        snapshot.publish(all.stream().limit(Snapshot.MOST_ROWS).map(DnsServer::row).toList());
    }
}
