package net.flowsonde.telemetry;

import java.net.InetAddress;

/**
 * A file server that was used at least once.
 *
 * @param protocol     the newest that it was seen to speak: {@code SMB 3.1.1}, {@code NFS 4.1}
 * @param firstSeenNs  first access, nanoseconds since 1970
 * @param lastSeenNs   last access
 * @param clients      how many clients it served; an estimate above a few dozen
 * @param users        how many users it served; an estimate above a few dozen
 * @param shares       how many shares or exports were used; an estimate above a few dozen
 * @param operations   file operations
 * @param failures     those of them that failed
 * @param readOctets   octets read from files
 * @param writeOctets  octets written to files
 */
public record FileServerRow(
    InetAddress address, String protocol, long firstSeenNs, long lastSeenNs, long clients, long users, long shares, long operations,
    long failures, long readOctets, long writeOctets) {
}
