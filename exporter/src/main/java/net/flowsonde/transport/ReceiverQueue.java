package net.flowsonde.transport;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * How much waits, unread, at the UDP socket of a receiver on this very host, from {@code /proc/net/udp} of Linux:
 * <pre>
 *    sl  local_address rem_address   st tx_queue rx_queue ...
 *   161: 0100007F:1283 00000000:0000 07 00000000:00012C00 ...
 * </pre>
 */
final class ReceiverQueue {
    /** Not on this host, not Linux, in another network namespace, or nobody listens. */
    static final int UNKNOWN = -1;

    private static final List<Path> TABLES = List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));
    private static final int LOCAL_ADDRESS = 1;
    private static final int REMOTE_ADDRESS = 2;
    private static final int QUEUES = 4;

    private final List<Path> tables;
    private ByteBuffer text = ByteBuffer.allocate(64 << 10);
    private String port = "";

    ReceiverQueue() {
        this(TABLES);
    }

    ReceiverQueue(final List<Path> tables) {
        this.tables = tables;
    }

    /** Looks for receivers at this address from now on; false when it is not an address of this host. */
    boolean locate(final InetSocketAddress receiver) {
        port = String.format(":%04X", receiver.getPort());
        return isOurs(receiver.getAddress());
    }

    /** The most that waits at one of the sockets of that port, in octets of kernel memory; or {@link #UNKNOWN}. */
    int waitingOctets() {
        int most = UNKNOWN;
        for (final Path table : tables) {
            most = Math.max(most, waitingOctets(table));
        }
        return most;
    }

    private int waitingOctets(final Path table) {
        final String sockets;
        try {
            sockets = read(table);
        } catch (final IOException unreadable) {
            return UNKNOWN;
        }
        int most = UNKNOWN;
        int at = sockets.indexOf(port);
        while (at >= 0) {
            most = Math.max(most, queueOfLine(sockets.substring(sockets.lastIndexOf('\n', at) + 1, endOfLine(sockets, at))));
            at = sockets.indexOf(port, endOfLine(sockets, at));
        }
        return most;
    }

    /** A socket that is connected elsewhere, such as our own, is not a receiver. */
    private int queueOfLine(final String line) {
        final String[] columns = line.strip().split(" +");
        final boolean isReceiver = columns.length > QUEUES && columns[LOCAL_ADDRESS].endsWith(port)
            && columns[REMOTE_ADDRESS].endsWith(":0000");
        if (!isReceiver) {
            return UNKNOWN;
        }
        return Integer.parseUnsignedInt(columns[QUEUES].substring(columns[QUEUES].indexOf(':') + 1), 16);
    }

    private String read(final Path table) throws IOException {
        try (FileChannel file = FileChannel.open(table)) {
            text.clear();
            while (file.read(text) >= 0) {
                if (!text.hasRemaining()) {
                    text = ByteBuffer.allocate(2 * text.capacity()).put(text.flip());
                }
            }
            return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
        }
    }

    private static int endOfLine(final String text, final int from) {
        final int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private static boolean isOurs(final InetAddress address) {
        try {
            return address instanceof Inet4Address && address.isLoopbackAddress()
                || NetworkInterface.getByInetAddress(address) != null;
        } catch (final IOException unknown) {
            return false;
        }
    }
}
