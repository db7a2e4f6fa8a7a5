package net.flowsonde.ipfix;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A registry of elements as libfixbuf's tools read it: IANA's form with CERT's additions. */
final class LibfixbufElements {
    private LibfixbufElements() {
    }

    static String text(final long enterpriseNumber, final List<Element> own) {
        final Set<Integer> reversed = own.stream().filter(Element::isReverse).map(element -> element.id() & ~Element.REVERSE_BIT)
            .collect(Collectors.toSet());
        return """
            <?xml version="1.0" encoding="utf-8"?>
            <!-- Flowsonde's elements for libfixbuf: ipfixDump -e libfixbuf-elements.xml, super_mediator's element file. -->
            <registry xmlns="http://www.iana.org/assignments" xmlns:cert="http://www.cert.org/ipfix" id="flowsonde">
              <registry id="flowsonde-information-elements">
            """ + own.stream().filter(element -> !element.isReverse())
                .map(element -> entry(enterpriseNumber, element, reversed.contains(element.id()))).collect(Collectors.joining())
            + "  </registry>\n</registry>\n";
    }

    private static String entry(final long enterpriseNumber, final Element element, final boolean isReversible) {
        final String units = element.units() == Units.NONE ? "" : "      <units>" + element.units().label() + "</units>\n";
        final String range = element.rangeEnd() == 0
            ? "" : "      <range>" + element.rangeBegin() + "-" + element.rangeEnd() + "</range>\n";
        return """
                <record>
                  <cert:enterpriseId>%d</cert:enterpriseId>
                  <cert:reversible>%s</cert:reversible>
                  <elementId>%d</elementId>
                  <name>%s</name>
                  <dataType>%s</dataType>
                  <dataTypeSemantics>%s</dataTypeSemantics>
            %s%s      <description><paragraph>%s</paragraph></description>
                </record>
            """.formatted(enterpriseNumber, isReversible, element.id(), element.name(),
                element.type().label(), element.semantics().label(), units, range, escaped(element.description()));
    }

    private static String escaped(final String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
