package net.flowsonde.ipfix;

import java.util.Arrays;
import java.util.stream.Collectors;
import net.flowsonde.flow.TcpResetEvidence;
import net.flowsonde.flow.TcpTeardownImpact;
import net.flowsonde.flow.TcpTeardownInitiator;
import net.flowsonde.flow.TcpTeardownPhase;
import net.flowsonde.flow.TcpTeardownReason;
import net.flowsonde.flow.TunnelNames;

/** Names of the codes and bits in flow records, for readers of JSON lines; null where a value has no name. */
final class CodeNames {
    private static final String[] FLOW_END_REASONS = {null, "IDLE_TIMEOUT", "ACTIVE_TIMEOUT", "END_DETECTED", "FORCED", "LACK_OF_RESOURCES"};
    private static final String[] TCP_FLAGS = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "NS"};
    private static final String[] FILE_MARKS = {
        "DIRECTORY", "ENCRYPTED", "COMPRESSED", "GUESSED", "MIDSTREAM", "DELETE_ON_CLOSE", "OVERWRITTEN", "CREATED", "DUPLICATE", "SIGNED",
        "PATH_CUT", "USER_INFERRED", "UNFINISHED", "GAP", "SNAPSHOT", "RECONNECTED", "SILLY_RENAME", "REPLACED"};
    private static final String[] TCP_FLAG_SETS = new String[1 << TCP_FLAGS.length];

    static {
        for (int bits = 1; bits < TCP_FLAG_SETS.length; bits++) {
            final StringBuilder names = new StringBuilder();
            for (int bit = 0; bit < TCP_FLAGS.length; bit++) {
                if ((bits & 1 << bit) != 0) {
                    names.append(names.isEmpty() ? "" : " ").append(TCP_FLAGS[bit]);
                }
            }
            TCP_FLAG_SETS[bits] = names.toString();
        }
    }

    private CodeNames() {
    }

    static String protocol(final int protocol) {
        return switch (protocol) {
            case 1 -> "ICMP";
            case 2 -> "IGMP";
            case 4 -> "IPIP";
            case 6 -> "TCP";
            case 17 -> "UDP";
            case 33 -> "DCCP";
            case 41 -> "IPv6";
            case 47 -> "GRE";
            case 50 -> "ESP";
            case 51 -> "AH";
            case 58 -> "ICMPv6";
            case 89 -> "OSPF";
            case 103 -> "PIM";
            case 112 -> "VRRP";
            case 132 -> "SCTP";
            case 136 -> "UDPLite";
            default -> null;
        };
    }

    static String biflowDirection(final int code) {
        return code == 1 ? "INITIATOR" : "ARBITRARY";
    }

    static String flowEndReason(final int code) {
        return code < FLOW_END_REASONS.length ? FLOW_END_REASONS[code] : null;
    }

    /** Bits of {@code FileAccess.flags}. */
    static String fileMarks(final int bits) {
        if (bits == 0) {
            return null;
        }
        final StringBuilder names = new StringBuilder();
        for (int bit = 0; bit < FILE_MARKS.length; bit++) {
            if ((bits & 1 << bit) != 0) {
                names.append(names.isEmpty() ? "" : " ").append(FILE_MARKS[bit]);
            }
        }
        return names.toString();
    }

    static String tcpFlags(final int bits) {
        return TCP_FLAG_SETS[bits & TCP_FLAG_SETS.length - 1];
    }

    static String tcpTeardownReason(final int code) {
        return TcpTeardownReason.of(code).name();
    }

    static String tcpTeardownInitiator(final int code) {
        return TcpTeardownInitiator.of(code).name();
    }

    static String tcpTeardownPhase(final int code) {
        return TcpTeardownPhase.of(code).name();
    }

    static String tcpTeardownImpact(final int code) {
        return TcpTeardownImpact.of(code).name();
    }

    static String tcpResetEvidence(final int bits) {
        return bits == 0 ? null : Arrays.stream(TcpResetEvidence.values()).filter(evidence -> evidence.isIn(bits)).map(Enum::name)
            .collect(Collectors.joining(" "));
    }

    static String tunnelType(final int code) {
        return TunnelNames.of(code);
    }

    static boolean isVxlan(final int tunnelType) {
        return TunnelNames.isVxlan(tunnelType);
    }
}
