package net.flowsonde.ipfix;

import java.util.List;
import java.util.Set;
import net.flowsonde.ipfix.CollectorFiles.Sent;

/** The mapping file of goflow2: which of its own protobuf fields our elements become. */
final class GoflowMapping {
    /** IANA's elements that goflow2 reads by itself. */
    private static final Set<Integer> NATIVE = Set.of(
        1, 2, 4, 5, 6, 7, 8, 10, 11, 12, 14, 27, 28, 31, 32, 52, 56, 58, 70, 80, 139, 152, 153);
    /** Below are goflow2's own fields. */
    private static final int FIRST_INDEX = 3_000;

    private GoflowMapping() {
    }

    static String text(final List<Sent> sent) {
        final List<Element> mapped = sent.stream().map(Sent::element)
            .filter(element -> !(element.isOf(Element.IANA) && NATIVE.contains(element.id()))).toList();
        final StringBuilder yaml = new StringBuilder("""
            # Elements of Flowsonde's profile "goflow2". Start goflow2 with
            #   goflow2 -mapping goflow2-mapping.yaml -format json -listen netflow://:2055
            formatter:
              fields: [type, time_received_ns, sampler_address, time_flow_start_ns, time_flow_end_ns, bytes, packets, src_addr, dst_addr,
                etype, proto, src_port, dst_port, in_if, out_if, src_mac, dst_mac, src_vlan, tcp_flags, ip_tos, ip_ttl, ipv6_flow_label,
                icmp_type, icmp_code, %s]
              protobuf:
            """.formatted(String.join(", ", mapped.stream().map(Element::name).toList())));
        int index = FIRST_INDEX;
        for (final Element element : mapped) {
            yaml.append("    - {name: ").append(element.name()).append(", index: ").append(index++).append(", type: ")
                .append(type(element.type())).append("}\n");
        }
        yaml.append("ipfix:\n  mapping:\n");
        mapped.forEach(element -> yaml.append("    - {field: ").append(element.id())
            .append(element.isOf(Element.IANA) ? "" : ", penprovided: true, pen: " + element.enterpriseNumber())
            .append(", destination: ").append(element.name()).append("}\n"));
        return yaml.toString();
    }

    private static String type(final DataType type) {
        return type == DataType.STRING ? "string" : type.isUnsigned() || type.isTime() ? "varint" : "bytes";
    }
}
