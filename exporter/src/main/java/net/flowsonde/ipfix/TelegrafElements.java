package net.flowsonde.ipfix;

import java.util.List;
import java.util.stream.Collectors;

/** A file of {@code private_enterprise_number_files} of Telegraf's netflow input. */
final class TelegrafElements {
    /** Named by a file that ships with Telegraf. */
    private static final long NTOP = 35_632;

    private TelegrafElements() {
    }

    /** @param elements  what the profile has, and everything else, as a profile of one's own may add that */
    static String text(final List<Element> elements) {
        return """
            # Flowsonde's elements. In the configuration of Telegraf:
            #   [[inputs.netflow]]
            #     service_address = "udp://:4739"
            #     protocol = "ipfix"
            #     private_enterprise_number_files = ["telegraf-elements.csv", "ntop-35632.csv"]
            # ntop-35632.csv comes with Telegraf (plugins/inputs/netflow/mappings_ipfix_pen).
            """ + elements.stream().filter(element -> !element.isOf(Element.IANA) && !element.isOf(NTOP)).map(TelegrafElements::line).distinct()
                .collect(Collectors.joining());
    }

    private static String line(final Element element) {
        return element.enterpriseNumber() + "." + element.id() + "," + element.name() + "," + type(element.type()) + "\n";
    }

    private static String type(final DataType type) {
        return switch (type) {
            case STRING -> "string";
            case IPV4_ADDRESS, IPV6_ADDRESS -> "ip";
            case MAC_ADDRESS -> "mac";
            case OCTET_ARRAY, BASIC_LIST, SUB_TEMPLATE_LIST -> "hex";
            default -> "uint";
        };
    }
}
