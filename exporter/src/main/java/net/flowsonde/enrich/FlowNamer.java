package net.flowsonde.enrich;

import static net.flowsonde.flow.FlowRecord.FORWARD;

import net.flowsonde.flow.FlowRecord;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;

/**
 * Names the ends of flows: the server by what the client asked DNS for, and the client by what the server did, which is rare. Owned by
 * the export thread.
 */
final class FlowNamer {
    private final NameTable names;
    private final DnsServers servers;
    private final Counters counters;
    private final AddressKey client = new AddressKey();
    private final AddressKey server = new AddressKey();
    private final NameMatch match = new NameMatch();

    FlowNamer(final NameTable names, final DnsServers servers, final Counters counters) {
        this.names = names;
        this.servers = servers;
        this.counters = counters;
    }

    /** Adds the names of a flow's ends to {@code metadata}, which must have none. */
    void name(final FlowRecord flow, final FlowMetadata metadata) {
        client.set(flow.buffer(), flow.sourceAddressOffset(), flow.ipVersion());
        server.set(flow.buffer(), flow.destinationAddressOffset(), flow.ipVersion());
        final long startNs = flow.flowStartNs();
        final ClientNames known = find(client, server, startNs, flow.calledNameHash());
        final boolean isAddressKnown = match.isKnown();
        if (match.isFound()) {
            metadata.serverName(match);
        }
        find(server, client, startNs, 0);
        if (match.isFound()) {
            metadata.clientName(match.name());
        }
        if (metadata.hasNames()) {
            counters.increment(Counter.RECORDS_NAMED);
        }
        if (known != null && !isAddressKnown && isWithoutDns(known, flow, startNs)) {
            metadata.markWithoutDns();
            counters.increment(Counter.RECORDS_WITHOUT_DNS);
        }
    }

    /** Looks for the name by which {@code asker} knows an address, and answers what is known of the asker. */
    private ClientNames find(final AddressKey asker, final AddressKey address, final long timeNs, final int calledHash) {
        final ClientNames known = names.find(asker);
        match.reset(calledHash);
        if (known != null) {
            names.find(known, address, timeNs, match);
        }
        return known;
    }

    /**
     * No answer ever gave the client this address, although its DNS is seen and nothing of it was forgotten. Groups and name servers are
     * not asked for by name.
     */
    private boolean isWithoutDns(final ClientNames known, final FlowRecord flow, final long startNs) {
        return known.dnsSinceNs() <= startNs && !known.hasForgotten() && flow.packets(FORWARD) != 0 && !server.isNoHost()
            && !servers.isServer(server);
    }
}
