package net.flowsonde.ipfix;

import static net.flowsonde.flow.FlowRecord.FORWARD;
import static net.flowsonde.flow.FlowRecord.NO_VLAN;
import static net.flowsonde.flow.FlowRecord.REVERSE;

import java.util.List;
import net.flowsonde.enrich.FlowMetadata;
import net.flowsonde.flow.FlowRecord;

/**
 * What applies to a flow record and hence which template carries it, as a number of eleven bits. The template id
 * follows from this number, so that a template has one id for ever, over restarts too.
 * <pre>
 *   10   9   8   7   6   5   4   3   2   1   0
 *  +---+---+---+---+---+---+---+---+---+---+---+   D          DNS messages
 *  | D | F | N | tunnel| L | V | R | proto | 6 |   F          files or a user
 *  +---+---+---+---+---+---+---+---+---+---+---+   N          a name of an end
 *                                                  tunnel     0 none, 1 outer IPv4, 2 outer IPv6
 *                                                  L          MPLS or fragments
 *                                                  V          VLANs
 *                                                  R          packets of the server
 *                                                  proto      0 other, 1 ports, 2 TCP, 3 ICMP
 *                                                  6          IPv6
 * </pre>
 */
final class FlowShape {
    /** Exclusive end of the shapes. */
    static final int LIMIT = 0x7C0;

    /** Shapes from here on have their template ids behind those of all other kinds of records. */
    private static final int PLAIN_LIMIT = 0x100;
    private static final int FIRST_LATER_TEMPLATE_ID = 1_024;
    private static final int IPV6 = 1;
    private static final int PROTO_MASK = 3 << 1;
    private static final int PORTS = 1 << 1;
    private static final int TCP = 2 << 1;
    private static final int ICMP = 3 << 1;
    private static final int REVERSED = 1 << 3;
    private static final int VLANS = 1 << 4;
    private static final int RARE_LABELS = 1 << 5;
    private static final int TUNNEL_MASK = 3 << 6;
    private static final int TUNNEL_IPV4 = 1 << 6;
    private static final int TUNNEL_IPV6 = 2 << 6;
    private static final int NAMED = 1 << 8;
    private static final int USED = 1 << 9;
    private static final int DNS = 1 << 10;

    private FlowShape() {
    }

    static int of(final FlowRecord flow, final FlowMetadata metadata) {
        final boolean isIpv6 = flow.ipVersion() == 6;
        return (isIpv6 ? IPV6 : 0) | transport(flow.protocol(), isIpv6) | (hasReverse(flow) ? REVERSED : 0)
            | (hasVlans(flow) ? VLANS : 0) | (hasRareLabels(flow) ? RARE_LABELS : 0) | tunnel(flow.tunnelIpVersion())
            | (metadata.hasNames() ? NAMED : 0) | (metadata.hasUse() ? USED : 0) | (metadata.hasDns() ? DNS : 0);
    }

    /** The bits that matter where a record has one direction only, and where none of its fields comes with a name, a use or DNS. */
    static int mask(final boolean isUniflow, final List<? extends Field<?>> rows) {
        return ~((isUniflow ? REVERSED : 0) | unless(NAMED, rows) | unless(USED, rows) | unless(DNS, rows));
    }

    /** The bit, unless a row comes with it. */
    private static int unless(final int bit, final List<? extends Field<?>> rows) {
        return rows.stream().anyMatch(row -> row.appliesTo(bit) && !row.appliesTo(0)) ? 0 : bit;
    }

    static int templateId(final int shape) {
        return shape < PLAIN_LIMIT ? RecordKind.FLOW.firstTemplateId() + shape : FIRST_LATER_TEMPLATE_ID + shape - PLAIN_LIMIT;
    }

    static boolean isIpv4(final int shape) {
        return (shape & IPV6) == 0;
    }

    static boolean isIpv6(final int shape) {
        return !isIpv4(shape);
    }

    static boolean hasPorts(final int shape) {
        return isTcp(shape) || (shape & PROTO_MASK) == PORTS;
    }

    static boolean isTcp(final int shape) {
        return (shape & PROTO_MASK) == TCP;
    }

    static boolean isIcmpv4(final int shape) {
        return (shape & PROTO_MASK) == ICMP && isIpv4(shape);
    }

    static boolean isIcmpv6(final int shape) {
        return (shape & PROTO_MASK) == ICMP && isIpv6(shape);
    }

    static boolean isReversed(final int shape) {
        return (shape & REVERSED) != 0;
    }

    static boolean hasVlans(final int shape) {
        return (shape & VLANS) != 0;
    }

    static boolean hasRareLabels(final int shape) {
        return (shape & RARE_LABELS) != 0;
    }

    /** An end has a name. */
    static boolean isNamed(final int shape) {
        return (shape & NAMED) != 0;
    }

    /** It is known who used the flow, or for which files. */
    static boolean isUsed(final int shape) {
        return (shape & USED) != 0;
    }

    /** There are DNS messages to be told of. */
    static boolean hasDns(final int shape) {
        return (shape & DNS) != 0;
    }

    static boolean hasTunnel(final int shape) {
        return (shape & TUNNEL_MASK) != 0;
    }

    static boolean hasNoTunnel(final int shape) {
        return !hasTunnel(shape);
    }

    static boolean isTunnelIpv4(final int shape) {
        return (shape & TUNNEL_MASK) == TUNNEL_IPV4;
    }

    static boolean isTunnelIpv6(final int shape) {
        return (shape & TUNNEL_MASK) == TUNNEL_IPV6;
    }

    /** The sixteen shapes of ordinary traffic, whose templates are announced before any record needs them. */
    static boolean isOrdinary(final int shape) {
        return isPlainLink(shape) && !isNamed(shape) && !isUsed(shape) && !hasDns(shape);
    }

    static boolean isPlainLink(final int shape) {
        return !hasTunnel(shape) && !hasVlans(shape) && !hasRareLabels(shape);
    }

    private static int transport(final int protocol, final boolean isIpv6) {
        return switch (protocol) {
            case 6 -> TCP;
            case 17, 33, 132, 136 -> PORTS;
            case 1 -> isIpv6 ? 0 : ICMP;
            case 58 -> isIpv6 ? ICMP : 0;
            default -> 0;
        };
    }

    /** The server has sent something in this record, or something about its direction is to be told although it did not. */
    private static boolean hasReverse(final FlowRecord flow) {
        return flow.packets(REVERSE) != 0 || flow.frames(REVERSE) != 0 || flow.tcpUnackedOctets(REVERSE) != 0;
    }

    private static boolean hasVlans(final FlowRecord flow) {
        return hasVlans(flow, FORWARD) || hasVlans(flow, REVERSE);
    }

    private static boolean hasVlans(final FlowRecord flow, final int direction) {
        return flow.frames(direction) != 0 && (flow.vlanId(direction) != NO_VLAN || flow.customerVlanId(direction) != NO_VLAN);
    }

    private static boolean hasRareLabels(final FlowRecord flow) {
        return hasRareLabels(flow, FORWARD) || hasRareLabels(flow, REVERSE);
    }

    private static boolean hasRareLabels(final FlowRecord flow, final int direction) {
        return flow.frames(direction) != 0 && (flow.mplsTopLabelStackSection(direction) != -1 || flow.fragments(direction) != 0);
    }

    private static int tunnel(final int ipVersion) {
        return switch (ipVersion) {
            case 4 -> TUNNEL_IPV4;
            case 6 -> TUNNEL_IPV6;
            default -> 0;
        };
    }
}
