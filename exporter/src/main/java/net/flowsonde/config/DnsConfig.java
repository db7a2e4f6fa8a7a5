package net.flowsonde.config;

import java.time.Duration;
import java.util.List;

/**
 * What is learned from DNS, and what is worth an alert.
 *
 * @param allowedServers     who may answer; empty to let everybody
 * @param internalDomains    domains whose names may have private addresses
 * @param tunnelExempt       domains that are never taken for a tunnel
 * @param namesLimit         most names and clients that are remembered
 * @param namesPerClient     most names of one client that are remembered
 * @param staleNames         longest that a name is used after its answer has expired
 * @param notDnsOctets       octets on port 53 that are not DNS, between one client and one server in a minute, for an alert
 * @param trailingOctets     octets after the last records of messages, between one client and one server in a minute, for an alert
 * @param nxdomainNames      different names that do not exist, asked for by one client in a minute, for an alert
 * @param spoofedNames       different names that one host answers for over LLMNR and NetBIOS in ten minutes, for an alert
 * @param tunnelScore        score of a client and a domain, of 100, for an alert
 */
public record DnsConfig(
    List<NetworkPrefix> allowedServers,
    List<String> internalDomains,
    List<String> tunnelExempt,
    int namesLimit,
    int namesPerClient,
    Duration staleNames,
    int notDnsOctets,
    int trailingOctets,
    int nxdomainNames,
    int spoofedNames,
    int tunnelScore) {

    public static final DnsConfig DEFAULT =
        new DnsConfig(List.of(), List.of(), List.of(), 1_000_000, 4_096, Duration.ofDays(1), 256, 64, 100, 6, 70);

    public DnsConfig {
        allowedServers = List.copyOf(allowedServers);
        internalDomains = List.copyOf(internalDomains);
        tunnelExempt = List.copyOf(tunnelExempt);
    }

    /** The same with other servers that may answer, and other domains whose names may have private addresses. */
    public DnsConfig with(final List<NetworkPrefix> otherServers, final List<String> otherDomains) {
        return new DnsConfig(otherServers, otherDomains, tunnelExempt, namesLimit, namesPerClient, staleNames, notDnsOctets, trailingOctets,
            nxdomainNames, spoofedNames, tunnelScore);
    }
}
