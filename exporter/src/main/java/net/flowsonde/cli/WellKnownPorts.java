package net.flowsonde.cli;

import java.util.Map;

/** What a port is known for, to help a reader; nothing is decided by it. */
final class WellKnownPorts {
    private static final Map<Integer, String> SERVICES = Map.ofEntries(
        Map.entry(21, "ftp"), Map.entry(22, "ssh"), Map.entry(25, "smtp"), Map.entry(53, "dns"), Map.entry(67, "dhcp"),
        Map.entry(80, "http"), Map.entry(88, "kerberos"), Map.entry(110, "pop3"), Map.entry(111, "rpcbind"), Map.entry(123, "ntp"),
        Map.entry(137, "netbios"), Map.entry(139, "smb"), Map.entry(143, "imap"), Map.entry(161, "snmp"), Map.entry(389, "ldap"),
        Map.entry(443, "https"), Map.entry(445, "smb"), Map.entry(514, "syslog"), Map.entry(587, "smtp"), Map.entry(636, "ldaps"),
        Map.entry(853, "dns/tls"), Map.entry(993, "imaps"), Map.entry(1433, "mssql"), Map.entry(2049, "nfs"), Map.entry(3306, "mysql"),
        Map.entry(3389, "rdp"), Map.entry(4739, "ipfix"), Map.entry(5353, "mdns"), Map.entry(5432, "postgres"), Map.entry(8080, "http"));

    private WellKnownPorts() {
    }

    /** The service, or an empty string. */
    static String service(final int port) {
        return SERVICES.getOrDefault(port, "");
    }
}
