package net.flowsonde.snmp;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Function;
import net.flowsonde.telemetry.DnsServerRow;
import net.flowsonde.telemetry.Telemetry;
import org.snmp4j.smi.OID;

/** Every DNS server that answered, up to the bound of the snapshot. */
final class DnsServerMib {
    private static final long NS_PER_MS = 1_000_000;
    private static final long NS_PER_US = 1_000;

    private DnsServerMib() {
    }

    static MibTable<DnsServerRow> of(final Oids oids, final Telemetry telemetry) {
        return new MibTable<>("flowsondeDnsServer",
            "One row a DNS server that answered, at most 1024, those with most answers; kept up to date once a second",
            oids.entry(Oids.DNS_SERVER_TABLE), index("flowsondeDnsServer", DnsServerRow::address), columns(),
            () -> telemetry.dnsServers().rows());
    }

    /** Servers are told apart by their address. */
    static <R> RowIndex<R> index(final String table, final Function<R, InetAddress> address) {
        final String type = table + "AddressType";
        return new RowIndex<>(
            List.of(
                new RowIndex.Part(1, type, "InetAddressType", "type of the server's address"),
                new RowIndex.Part(2, table + "Address", "InetAddress (SIZE (4|16))", "address of the server")),
            "INDEX { " + type + ", " + table + "Address }", (position, row) -> new OID(RowIndex.address(address.apply(row))));
    }

    private static List<Column<DnsServerRow>> columns() {
        return List.of(
            new Column<>(3, "FirstSeen", Syntax.DATE_AND_TIME, "its first answer", row -> row.firstSeenNs() / NS_PER_MS),
            new Column<>(4, "LastSeen", Syntax.DATE_AND_TIME, "its last answer", row -> row.lastSeenNs() / NS_PER_MS),
            new Column<>(5, "Clients", Syntax.GAUGE32, "how many clients it answered; an estimate above a few dozen",
                DnsServerRow::clients),
            new Column<>(6, "Queries", Syntax.COUNTER64, "queries to it", DnsServerRow::queries),
            new Column<>(7, "Answers", Syntax.COUNTER64, "answers of it", DnsServerRow::answers),
            new Column<>(8, "NoErrors", Syntax.COUNTER64, "answers with RCODE 0", DnsServerRow::noErrors),
            new Column<>(9, "NxDomains", Syntax.COUNTER64, "answers with RCODE 3: there is no such name", DnsServerRow::nxDomains),
            new Column<>(10, "Failures", Syntax.COUNTER64, "answers with RCODE 2: server failure", DnsServerRow::serverFailures),
            new Column<>(11, "Refused", Syntax.COUNTER64, "answers with RCODE 5: refused", DnsServerRow::refused),
            new Column<>(12, "OtherErrors", Syntax.COUNTER64, "answers with any other RCODE", DnsServerRow::otherErrors),
            new Column<>(13, "ResponseTime", Syntax.GAUGE32, "mean microseconds from query to answer, 0 when never measured",
                row -> row.meanResponseTimeNs() / NS_PER_US),
            new Column<>(14, "Recursion", Syntax.TRUTH, "whether an answer said that recursion is available",
                DnsServerRow::hasRecursion),
            new Column<>(15, "Authoritative", Syntax.TRUTH, "whether an answer said that it is authoritative",
                DnsServerRow::isAuthoritative),
            new Column<>(16, "Transports", Syntax.UNSIGNED,
                "sum of 1 UDP, 2 TCP, 4 multicast DNS, 8 LLMNR, 16 NetBIOS names, 32 DNS over TLS, 64 DNS over QUIC, 128 DNS over HTTPS",
                row -> (long) row.transports()),
            new Column<>(17, "Allowed", Syntax.TRUTH, "whether it is one of dns.allowed-servers, or that list is empty",
                DnsServerRow::isAllowed));
    }
}
