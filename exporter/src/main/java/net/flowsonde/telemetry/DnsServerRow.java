package net.flowsonde.telemetry;

import java.net.InetAddress;

/**
 * A DNS server that answered at least once.
 *
 * @param firstSeenNs         first answer, nanoseconds since 1970
 * @param lastSeenNs          last answer
 * @param clients             how many clients it answered; an estimate above a few dozen
 * @param queries             queries to it that were seen
 * @param answers             answers of it
 * @param noErrors            answers with RCODE 0
 * @param nxDomains           answers with RCODE 3
 * @param serverFailures      answers with RCODE 2
 * @param refused             answers with RCODE 5
 * @param otherErrors         answers with any other RCODE
 * @param meanResponseTimeNs  mean time from query to answer; 0 when never measured
 * @param hasRecursion        an answer said that recursion is available
 * @param isAuthoritative     an answer said that it is authoritative
 * @param transports          bits: 1 UDP, 2 TCP, 4 multicast DNS, 8 LLMNR, 16 NetBIOS names, 32 DNS over TLS, 64 DNS over QUIC,
 *                            128 DNS over HTTPS
 * @param isAllowed           it is in {@code dns.allowed-servers}, or that list is empty
 */
public record DnsServerRow(
    InetAddress address, long firstSeenNs, long lastSeenNs, long clients, long queries, long answers, long noErrors, long nxDomains,
    long serverFailures, long refused, long otherErrors, long meanResponseTimeNs, boolean hasRecursion, boolean isAuthoritative,
    int transports, boolean isAllowed) {
}
