package net.flowsonde.ipfix;

import java.util.List;
import java.util.stream.Collectors;

/** A file of elements of libfds, which ipfixcol2 and its tools read. */
final class LibfdsElements {
    private LibfdsElements() {
    }

    static String text(final long enterpriseNumber, final List<Element> own) {
        return """
            <?xml version="1.0" encoding="utf-8"?>
            <!-- Flowsonde's elements for ipfixcol2: copy to /etc/libfds/user/elements/ and start it again. -->
            <ipfix-elements>
              <scope>
                <pen>%d</pen>
                <name>flowsonde</name>
                <biflow mode="split">14</biflow>
              </scope>
            """.formatted(enterpriseNumber)
            + own.stream().filter(element -> !element.isReverse()).map(LibfdsElements::entry).collect(Collectors.joining())
            + "</ipfix-elements>\n";
    }

    private static String entry(final Element element) {
        return """
              <element>
                <id>%d</id>
                <name>%s</name>
                <dataType>%s</dataType>
                <dataSemantics>%s</dataSemantics>
                <units>%s</units>
              </element>
            """.formatted(element.id(), element.name(), element.type().label(), element.semantics().label(),
                element.units() == Units.NONE ? "none" : element.units().label());
    }
}
