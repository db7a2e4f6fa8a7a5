package net.flowsonde.cli;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import net.flowsonde.flow.TcpTeardownImpact;
import net.flowsonde.flow.TcpTeardownInitiator;
import net.flowsonde.flow.TcpTeardownReason;

/** One flow of the table: what all its records say together. */
final class FlowRow {
    static final int ICMP = 1;
    static final int TCP = 6;
    static final int UDP = 17;
    static final int ICMPV6 = 58;

    final int protocol;
    final Instant start;
    long packets;
    long reversePackets;
    long octets;
    long reverseOctets;
    private final InetAddress client;
    private final InetAddress server;
    private final int serverPort;
    private final int icmpTypeCode;
    private String name = "";
    private Instant end;
    private TcpTeardownReason reason = TcpTeardownReason.NOT_ENDED;
    private TcpTeardownInitiator initiator = TcpTeardownInitiator.UNKNOWN;
    private TcpTeardownImpact impact = TcpTeardownImpact.UNKNOWN;

    FlowRow(final DecodedRecord record) {
        protocol = (int) record.number("protocolIdentifier");
        client = record.address("sourceIPv4Address", "sourceIPv6Address");
        server = record.address("destinationIPv4Address", "destinationIPv6Address");
        serverPort = (int) record.number("destinationTransportPort");
        icmpTypeCode = (int) (record.number("icmpTypeCodeIPv4") + record.number("icmpTypeCodeIPv6"));
        start = record.time("flowStartNanoseconds");
        end = start;
    }

    /** Counts are deltas; the last record says how the flow ended. */
    FlowRow add(final DecodedRecord record) {
        packets += record.number("packetDeltaCount");
        reversePackets += record.number("reversePacketDeltaCount");
        octets += record.number("octetDeltaCount");
        reverseOctets += record.number("reverseOctetDeltaCount");
        end = record.time("flowEndNanoseconds");
        name = name.isEmpty() ? record.text("serverName") : name;
        if (protocol == TCP) {
            reason = TcpTeardownReason.of((int) record.number("tcpTeardownReason"));
            initiator = TcpTeardownInitiator.of((int) record.number("tcpTeardownInitiator"));
            impact = TcpTeardownImpact.of((int) record.number("tcpTeardownImpact"));
        }
        return this;
    }

    TcpTeardownReason reason() {
        return reason;
    }

    TcpTeardownImpact impact() {
        return impact;
    }

    Duration duration() {
        return Duration.between(start, end);
    }

    String clientText() {
        return AddressText.of(client);
    }

    /** Name or address and port as in a URI, with the service that the port is known for. */
    String serverText() {
        final String address = name.isEmpty() ? addressText() : name;
        return switch (protocol) {
            case TCP -> address + ":" + serverPort + suffix(WellKnownPorts.service(serverPort));
            case UDP -> address + ":" + serverPort + "/udp" + suffix(WellKnownPorts.service(serverPort));
            case ICMP, ICMPV6 -> address + " icmp" + suffix(icmpText());
            default -> address + " protocol " + protocol;
        };
    }

    private String addressText() {
        return server instanceof Inet4Address || serverPort == 0 ? AddressText.of(server) : "[" + AddressText.of(server) + "]";
    }

    /** How it ended in a few words; a dash where a protocol has no end. */
    String reasonText() {
        return protocol == TCP ? words(reason) : "-";
    }

    /** The reason without who, which has a column of its own. */
    static String words(final TcpTeardownReason reason) {
        return reason.name().replaceFirst("_BY_(CLIENT|SERVER)$", "").replace("SYNACK", "SYN-ACK").replace('_', ' ')
            .toLowerCase(Locale.ROOT);
    }

    String initiatorText() {
        return protocol != TCP ? "-" : switch (initiator) {
            case UNKNOWN -> "?";
            case THIRD_PARTY_SUSPECTED -> "forged?";
            default -> initiator.name().toLowerCase(Locale.ROOT);
        };
    }

    String impactText() {
        return protocol != TCP ? "-" : switch (impact) {
            case UNKNOWN -> "?";
            case NONE -> "no user";
            case REQUEST_UNANSWERED -> "unanswered";
            default -> impact.name().toLowerCase(Locale.ROOT);
        };
    }

    private String icmpText() {
        final int type = icmpTypeCode >>> Byte.SIZE;
        final boolean isEcho = protocol == ICMP ? type == 8 || type == 0 : type == 128 || type == 129;
        return isEcho ? "echo" : type + "/" + (icmpTypeCode & 0xFF);
    }

    private static String suffix(final String text) {
        return text.isEmpty() ? "" : " " + text;
    }
}
