package net.flowsonde.ipfix;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.flowsonde.ipfix.CollectorFiles.Sent;

/** The {@code aggregate_primitives} file of nfacctd, which names what it has no name for. */
final class PmacctPrimitives {
    /** IANA's elements that nfacctd names by itself. */
    private static final Set<Integer> NATIVE = Set.of(
        1, 2, 4, 5, 6, 7, 8, 10, 11, 12, 14, 27, 28, 31, 56, 70, 80, 152, 153, 243, 245, 351);
    private static final long PMACCT = 43_874;

    private PmacctPrimitives() {
    }

    static String text(final List<Sent> sent) {
        final List<Sent> named = sent.stream().filter(PmacctPrimitives::isNamed).toList();
        return """
            ! Elements of Flowsonde's profile "pmacct" that nfacctd has no name for. In nfacctd.conf:
            !   aggregate_primitives: /etc/pmacct/pmacct-primitives.lst
            !   aggregate: src_host, dst_host, src_port, dst_port, proto, tcpflags, label, %s
            ! label is a line for a person about each flow and needs no primitive.
            """.formatted(named.stream().filter(field -> field.element().name().startsWith("tcpTeardown"))
                .map(field -> field.element().name()).collect(Collectors.joining(", ")))
            + named.stream().map(PmacctPrimitives::line).collect(Collectors.joining());
    }

    private static boolean isNamed(final Sent field) {
        final Element element = field.element();
        return !element.isOf(PMACCT) && !(element.isOf(Element.IANA) && NATIVE.contains(element.id()));
    }

    private static String line(final Sent field) {
        final Element element = field.element();
        final String id = (element.isOf(Element.IANA) ? "" : element.enterpriseNumber() + ":") + element.id();
        return "name=" + element.name() + " field_type=" + id + " len=" + (field.isVariable() ? "vlen" : field.length()) + " semantics="
            + semantics(element.type()) + "\n";
    }

    private static String semantics(final DataType type) {
        return switch (type) {
            case STRING -> "str";
            case IPV4_ADDRESS, IPV6_ADDRESS -> "ip";
            case MAC_ADDRESS -> "mac";
            case OCTET_ARRAY, BASIC_LIST, SUB_TEMPLATE_LIST -> "raw";
            default -> "u_int";
        };
    }
}
