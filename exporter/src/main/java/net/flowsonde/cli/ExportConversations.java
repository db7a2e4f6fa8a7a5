package net.flowsonde.cli;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import net.flowsonde.capture.OwnTraffic.Conversation;
import net.flowsonde.config.FlowsondeConfig;
import net.flowsonde.config.ListenAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which packets our export to a collector makes, so that live captures leave them out. */
final class ExportConversations {
    private static final Logger LOGGER = LoggerFactory.getLogger(ExportConversations.class);

    static final int TCP = 6;
    static final int UDP = 17;

    private ExportConversations() {
    }

    /**
     * One for each address of the collector; none for files, and none while its name has no address.
     *
     * @param isComplaining  whether the operator is told of such a name
     */
    static List<Conversation> of(final URI collector, final boolean isComplaining) {
        final int protocol = switch (collector.getScheme()) {
            case "udp" -> UDP;
            case "tcp", "tls" -> TCP;
            default -> 0;
        };
        final List<Conversation> conversations = new ArrayList<>();
        if (protocol != 0) {
            try {
                for (final InetAddress address : InetAddress.getAllByName(collector.getHost())) {
                    final InetSocketAddress remote = new InetSocketAddress(address, collector.getPort());
                    conversations.add(Conversation.withCollector(protocol, localAddressTowards(remote), remote));
                }
            } catch (final IOException unresolved) {
                if (isComplaining) {
                    LOGGER.warn("{} cannot be resolved, so that our own traffic to it is not left out yet: {}", collector,
                        unresolved.getMessage());
                }
            }
        }
        return conversations;
    }

    /** Requests for our counters and the answers, as far as they are not to be metered. */
    static List<Conversation> management(final FlowsondeConfig config) {
        final List<Conversation> all = new ArrayList<>();
        if (config.capture().excludeOwn() && config.prometheus().enabled()) {
            all.add(listening(TCP, config.prometheus().listen()));
        }
        if (config.capture().excludeOwn() && config.snmp().isEnabled()) {
            all.add(listening(UDP, config.snmp().listen()));
        }
        return all;
    }

    private static Conversation listening(final int protocol, final ListenAddress listen) {
        return Conversation.listening(protocol, listen.address().isAnyLocalAddress() ? null : listen.address(), listen.port());
    }

    /** Our address on the way there, from the routing table (a connected UDP socket sends nothing); null when there is no way yet. */
    private static InetAddress localAddressTowards(final InetSocketAddress remote) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(remote);
            final InetAddress local = socket.getLocalAddress();
            return local.isAnyLocalAddress() ? null : local;
        } catch (final IOException | RuntimeException noRoute) {
            LOGGER.debug("no route to {} yet", remote, noRoute);
            return null;
        }
    }
}
