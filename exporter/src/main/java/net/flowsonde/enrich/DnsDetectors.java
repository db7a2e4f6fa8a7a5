package net.flowsonde.enrich;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.flowsonde.config.DnsConfig;
import net.flowsonde.dpi.dhcp.ServerHint;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertKind;
import net.flowsonde.telemetry.Counters;

/** Every detector of trouble with DNS whose alerts are wanted. Owned by the export thread. */
final class DnsDetectors {
    /** Reverse look-ups, block lists and reputation services: names that carry data, or mostly do not exist, by design. */
    private static final List<String> DATA_IN_NAMES = List.of(
        "arpa", "spamhaus.org", "spamhaus.net", "spamcop.net", "surbl.org", "uribl.com", "dnswl.org", "barracudacentral.org", "sorbs.net",
        "senderbase.org", "cymru.com", "mcafee.com", "sophosxl.net", "sophosxl.com", "e5.sk", "trendmicro.com", "ivmuri.com", "abuse.ch");
    /** Names of the public DNS that stand for addresses inside of a network by design: of devices, of the address in the name, of clouds. */
    private static final List<String> LOCAL_BY_DESIGN = List.of(
        "home.arpa", "fritz.box", "plex.direct", "ui.direct", "direct.quickconnect.to", "myfritz.net", "nip.io", "sslip.io", "traefik.me", "local-ip.co",
        "local-ip.sh", "amazonaws.com", "windows.net", "azure.net", "azurewebsites.net", "azurecr.io", "azmk8s.io");

    private final List<DnsDetector> detectors = new ArrayList<>();
    /** Every kind of alert that there is a detector for, and whether it is wanted. */
    private final Map<AlertKind, Boolean> kinds = new EnumMap<>(AlertKind.class);
    private final DnsConfig config;
    private final RogueServerDetector rogues;
    private final HintedServersDetector hinted;

    DnsDetectors(final DnsConfig config, final DnsServers servers, final AlertBus alerts, final Counters counters) {
        this.config = config;
        rogues = new RogueServerDetector(servers, alerts, counters);
        hinted = new HintedServersDetector(servers, alerts, counters);
        final DomainSet internal = new DomainSet(join(config.internalDomains(), LOCAL_BY_DESIGN));
        final DomainSet data = new DomainSet(join(config.tunnelExempt(), DATA_IN_NAMES));
        add(alerts, AlertKind.ROGUE_DNS_SERVER, rogues);
        add(alerts, AlertKind.DNS_SERVER_NOT_FROM_DHCP, hinted);
        add(alerts, AlertKind.NOT_DNS_ON_PORT_53, OctetsDetector.notDns(config.notDnsOctets(), alerts, counters));
        add(alerts, AlertKind.DNS_TRAILING_OCTETS, OctetsDetector.afterLastRecord(config.trailingOctets(), alerts, counters));
        add(alerts, AlertKind.DNS_TUNNEL, new TunnelDetector(config.tunnelScore(), data, servers, alerts, counters));
        add(alerts, AlertKind.NXDOMAIN_BURST, new NxdomainDetector(config.nxdomainNames(), data, servers, alerts, counters));
        add(alerts, AlertKind.PRIVATE_ADDRESS_FOR_PUBLIC_NAME, new PrivateAddressDetector(internal, alerts, counters));
        add(alerts, AlertKind.LOCAL_NAME_SPOOFING, new NameSpoofingDetector(config.spoofedNames(), alerts, counters));
    }

    private void add(final AlertBus alerts, final AlertKind kind, final DnsDetector detector) {
        kinds.put(kind, alerts.isEnabled(kind));
        if (alerts.isEnabled(kind)) {
            detectors.add(detector);
        }
    }

    /** Whether others that are made from these settings would do the same. */
    boolean areFor(final DnsConfig settings, final AlertBus alerts) {
        return config.equals(settings) && kinds.entrySet().stream().allMatch(kind -> kind.getValue() == alerts.isEnabled(kind.getKey()));
    }

    private static List<String> join(final List<String> configured, final List<String> known) {
        final List<String> all = new ArrayList<>(configured);
        all.addAll(known);
        return all;
    }

    void onExchange(final DnsExchange exchange) {
        for (int i = 0; i < detectors.size(); i++) {
            detectors.get(i).onExchange(exchange);
        }
    }

    /** DNS servers were handed out. */
    void onHint(final ServerHint hint) {
        rogues.onHint(hint);
        hinted.onHint(hint);
    }
}
