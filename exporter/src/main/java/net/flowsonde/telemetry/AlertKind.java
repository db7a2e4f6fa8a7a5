package net.flowsonde.telemetry;

import java.util.Locale;

/**
 * What an alert is about. Codes are frozen once released and are the same in alert records, notifications and metrics: 1 to 31 the health
 * of the exporter, 32 to 63 DNS, 64 to 95 files.
 */
public enum AlertKind {
    COLLECTOR_DOWN(1, AlertSeverity.CRITICAL, "a collector cannot be reached"),
    COLLECTOR_UP(2, AlertSeverity.NOTICE, "a collector that was away is back"),
    DROPS(3, AlertSeverity.WARNING, "packets or records were dropped faster than the threshold"),
    CACHE_EMERGENCY(4, AlertSeverity.WARNING, "flows had to leave a full cache"),
    SPOOL_FILLING(5, AlertSeverity.WARNING, "the spool of a collector is filled above the threshold"),
    SPOOL_FULL(6, AlertSeverity.CRITICAL, "the spool of a collector is full and records are forced out"),
    CERTIFICATE_EXPIRY(7, AlertSeverity.WARNING, "a certificate expires soon or has expired"),
    CAPTURE_STOPPED(8, AlertSeverity.CRITICAL, "an interface is no longer captured"),

    ROGUE_DNS_SERVER(32, AlertSeverity.CRITICAL, "a server outside of dns.allowed-servers answers DNS queries"),
    DNS_SERVER_NOT_FROM_DHCP(33, AlertSeverity.WARNING, "a client uses a DNS server that neither DHCP nor a router told it of"),
    NOT_DNS_ON_PORT_53(34, AlertSeverity.WARNING, "payload on port 53 is not DNS"),
    DNS_TRAILING_OCTETS(35, AlertSeverity.WARNING, "DNS messages carry octets after their last record"),
    DNS_TUNNEL(36, AlertSeverity.CRITICAL, "queries of a client for one registered domain look like a tunnel"),
    NXDOMAIN_BURST(37, AlertSeverity.WARNING, "a client asks for many names that do not exist"),
    PRIVATE_ADDRESS_FOR_PUBLIC_NAME(38, AlertSeverity.WARNING, "a public name was answered with a private address"),
    LOCAL_NAME_SPOOFING(39, AlertSeverity.CRITICAL, "a host answers for many names that its neighbours look for"),

    SMB1_IN_USE(64, AlertSeverity.WARNING, "a server and a client agreed on SMB1"),
    READ_THEN_OVERWRITE(65, AlertSeverity.CRITICAL, "many files were read whole and then overwritten (S1)"),
    WRITE_NEW_DELETE_OLD(66, AlertSeverity.CRITICAL, "many files were replaced by new ones beside them (S2)"),
    MASS_RENAME(67, AlertSeverity.CRITICAL, "many files were renamed to one new extension (S3)"),
    NEW_EXTENSIONS(68, AlertSeverity.WARNING, "many names have extensions that the share had not seen (S4)"),
    SAME_FILE_IN_MANY_DIRECTORIES(69, AlertSeverity.CRITICAL, "one new small file appeared in many directories (S5)"),
    DIRECTORY_WALK(70, AlertSeverity.WARNING, "many directories were listed in a short time (S6)"),
    DESTRUCTION_BURST(71, AlertSeverity.WARNING, "many files deleted or emptied, or accesses denied, in a short time (S8)"),
    CANARY_TOUCHED(72, AlertSeverity.CRITICAL, "a canary file was touched (S9)"),
    WEAK_FILE_ACCESS(73, AlertSeverity.WARNING, "anonymous, guest or administrative share access (S11)"),
    RANSOMWARE_SCORE(74, AlertSeverity.CRITICAL, "several signals together look like ransomware");

    private final int code;
    private final AlertSeverity severity;
    private final String description;

    AlertKind(final int code, final AlertSeverity severity, final String description) {
        this.code = code;
        this.severity = severity;
        this.description = description;
    }

    public int code() {
        return code;
    }

    public AlertSeverity severity() {
        return severity;
    }

    /** One line for documentation; no full stop. */
    public String description() {
        return description;
    }

    /** As it is spelled in the configuration: {@code rogue-dns-server}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
