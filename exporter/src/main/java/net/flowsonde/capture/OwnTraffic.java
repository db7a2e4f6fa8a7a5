package net.flowsonde.capture;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The packets that this process makes itself (exports to collectors, management), which live captures leave out by their kernel filter.
 * Any thread may change it; the queues apply the change within a second.
 */
public final class OwnTraffic {
    private static final int TCP = 6;
    private static final int UDP = 17;

    /**
     * Packets in both directions between two endpoints.
     *
     * @param protocol    6 TCP or 17 UDP
     * @param local       our address; null when any
     * @param localPort   our port; 0 when any
     * @param remote      the other address; null when any
     * @param remotePort  the other port; 0 when any
     */
    public record Conversation(int protocol, InetAddress local, int localPort, InetAddress remote, int remotePort) {
        public Conversation {
            if (protocol != TCP && protocol != UDP) {
                throw new IllegalArgumentException("protocol " + protocol + " is neither TCP nor UDP");
            }
            if (local == null && remote == null && localPort == 0 && remotePort == 0) {
                throw new IllegalArgumentException("a conversation without any endpoint would leave out everything");
            }
        }

        /** What this machine sends to a collector from any port, and its answers; {@code local} null when unknown. */
        public static Conversation withCollector(final int protocol, final InetAddress local, final InetSocketAddress collector) {
            return new Conversation(protocol, local, 0, collector.getAddress(), collector.getPort());
        }

        /** What reaches and leaves a port that we listen on. */
        public static Conversation listening(final int protocol, final InetAddress local, final int port) {
            return new Conversation(protocol, local, port, null, 0);
        }

        String filter() {
            final StringBuilder filter = new StringBuilder(protocol == TCP ? "tcp" : "udp");
            appendHost(filter, local);
            appendPort(filter, localPort);
            appendHost(filter, remote);
            appendPort(filter, remotePort);
            return filter.toString();
        }

        private static void appendHost(final StringBuilder filter, final InetAddress address) {
            if (address != null) {
                final String text = address.getHostAddress();
                final int zone = text.indexOf('%');
                filter.append(" and host ").append(zone < 0 ? text : text.substring(0, zone));
            }
        }

        private static void appendPort(final StringBuilder filter, final int port) {
            if (port != 0) {
                filter.append(" and port ").append(port);
            }
        }
    }

    private final Set<Conversation> conversations = new LinkedHashSet<>();
    private volatile long version;

    public synchronized void add(final Conversation conversation) {
        if (conversations.add(conversation)) {
            version++;
        }
    }

    public synchronized void remove(final Conversation conversation) {
        if (conversations.remove(conversation)) {
            version++;
        }
    }

    /** Changes whenever the set does. */
    long version() {
        return version;
    }

    /**
     * The operator's filter with our own traffic left out. Ours comes first, because {@code vlan} and {@code mpls} in a libpcap filter
     * shift the meaning of all that follows them.
     */
    synchronized String appliedTo(final String filter) {
        if (conversations.isEmpty()) {
            return filter;
        }
        final String own = conversations.stream().map(conversation -> '(' + conversation.filter() + ')')
            .collect(Collectors.joining(" or ", "not (", ")"));
        return filter.isBlank() ? own : own + " and (" + filter + ')';
    }
}
