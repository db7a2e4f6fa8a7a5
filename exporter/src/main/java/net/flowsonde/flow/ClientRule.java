package net.flowsonde.flow;

import net.flowsonde.decode.PacketLayout;

/**
 * Who is the client of a flow, decided once at its first packet: the sender of a SYN; the receiver of a SYN-ACK; the one who asks, for
 * queries of ICMP; the reporter, for its errors. Else it is inferred: the port of a likelier service is the server's; between equals
 * the lower port is for TCP (its connection began before we looked, so the first packet says nothing), and the first packet comes from
 * the client for everything else.
 */
final class ClientRule {
    private static final int SYN = 0x02;
    private static final int ACK = 0x10;

    private ClientRule() {
    }

    /** FLAG_CLIENT_IS_HIGH and FLAG_DIRECTION_INFERRED as they apply to the flow that this packet opens. */
    static int flags(final PacketLayout layout, final boolean isSourceHigh) {
        final int protocol = layout.protocol();
        if (protocol == FlowRecord.PROTOCOL_TCP && layout.hasTransport() && (layout.tcpFlags() & SYN) != 0) {
            return client(isSourceHigh ^ (layout.tcpFlags() & ACK) != 0);
        }
        if (layout.icmpType() != PacketLayout.NONE) {
            return client(isSourceHigh ^ IcmpQuery.isAnswer(protocol, layout.icmpType()));
        }
        return client(isSourceHigh ^ isFromServer(layout)) | FlowRecord.FLAG_DIRECTION_INFERRED;
    }

    /** The same for a packet of which nothing but the addresses is known. */
    static int sender(final boolean isSourceHigh) {
        return client(isSourceHigh) | FlowRecord.FLAG_DIRECTION_INFERRED;
    }

    private static int client(final boolean isHigh) {
        return isHigh ? FlowRecord.FLAG_CLIENT_IS_HIGH : 0;
    }

    private static boolean isFromServer(final PacketLayout layout) {
        final int source = ServicePorts.rank(layout.sourcePort());
        final int destination = ServicePorts.rank(layout.destinationPort());
        if (source != destination) {
            return source < destination;
        }
        return layout.protocol() == FlowRecord.PROTOCOL_TCP && layout.sourcePort() < layout.destinationPort();
    }
}
