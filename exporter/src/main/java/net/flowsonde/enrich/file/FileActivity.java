package net.flowsonde.enrich.file;

import java.net.InetAddress;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What one user of one client did on one share within an interval: the features of the ransomware signals and the totals, among them what
 * was not exported one by one.
 *
 * @param addresses          that of the client at {@link #CLIENT_OFFSET}, that of the server at {@link #SERVER_OFFSET}
 * @param ipVersion          4 or 6
 * @param signals            at the end of the interval, in the order of {@link FileSignal}, which says over which time
 * @param destructionPercent  {@link FileSignal#DESTRUCTION} in percent of what is usual for this user ({@link UsualRate})
 * @param denialPercent       {@link FileSignal#DENIED} in the same way
 * @param suppressedRecords  accesses of which no record of their own was exported, because there were too many
 */
public record FileActivity(
    long startNs, long endNs, DirectBuffer addresses, int ipVersion, String user, String domain, String share, long accesses, long reads,
    long writes, long creations, long deletions, long renames, long failures, long readOctets, long writeOctets, long suppressedRecords,
    int[] signals, long destructionPercent, long denialPercent, int score) {

    public static final int CLIENT_OFFSET = 0;
    public static final int SERVER_OFFSET = 16;

    static DirectBuffer addresses(final InetAddress client, final InetAddress server) {
        final UnsafeBuffer addresses = new UnsafeBuffer(new byte[32]);
        addresses.putBytes(CLIENT_OFFSET, client.getAddress());
        addresses.putBytes(SERVER_OFFSET, server.getAddress());
        return addresses;
    }

    public int signal(final FileSignal signal) {
        return signals[signal.ordinal()];
    }

    FileActivity withNames(final String otherUser, final String otherDomain, final String otherShare) {
        return new FileActivity(startNs, endNs, addresses, ipVersion, otherUser, otherDomain, otherShare, accesses, reads, writes, creations,
            deletions, renames, failures, readOctets, writeOctets, suppressedRecords, signals, destructionPercent, denialPercent, score);
    }
}
