package net.flowsonde.ipfix;

import java.util.List;
import java.util.stream.Collectors;

/** A file of {@code ipfix_definitions} of logstash-codec-netflow. It has our enterprise only, as it would replace the table of another. */
final class LogstashDefinitions {
    private LogstashDefinitions() {
    }

    static String text(final long enterpriseNumber, final List<Element> own) {
        return """
            # Flowsonde's elements, for profiles that add some to "logstash". In the pipeline of Logstash:
            #   input { udp { port => 4739 codec => netflow { versions => [10] ipfix_definitions => "/etc/logstash/logstash-definitions.yaml" } } }
            ---
            %d:
            """.formatted(enterpriseNumber) + own.stream().map(LogstashDefinitions::entry).collect(Collectors.joining());
    }

    private static String entry(final Element element) {
        return "  " + element.id() + ":\n  - " + type(element.type()) + "\n  - :" + element.name() + "\n";
    }

    private static String type(final DataType type) {
        return switch (type) {
            case UNSIGNED8 -> ":uint8";
            case UNSIGNED16 -> ":uint16";
            case UNSIGNED32, DATE_TIME_SECONDS -> ":uint32";
            case UNSIGNED64, DATE_TIME_MILLISECONDS, DATE_TIME_MICROSECONDS, DATE_TIME_NANOSECONDS -> ":uint64";
            case STRING -> ":string";
            case IPV4_ADDRESS -> ":ip4_addr";
            case IPV6_ADDRESS -> ":ip6_addr";
            case MAC_ADDRESS -> ":mac_addr";
            case OCTET_ARRAY, BASIC_LIST, SUB_TEMPLATE_LIST -> ":octetarray";
        };
    }
}
