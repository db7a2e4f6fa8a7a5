package net.flowsonde.ipfix;

import java.util.List;
import java.util.stream.Collectors;

/** How to read our records with Wireshark, which takes no element files. */
final class WiresharkNotes {
    private WiresharkNotes() {
    }

    static String text(final List<Element> own) {
        return """
            Wireshark decodes IPFIX on ports 2055, 4739 and 9996, another port by
              tshark -d udp.port==9995,cflow -r export.pcap -O cflow
              tshark -r export.ipfix -O cflow                       (a file that Flowsonde wrote)
            It takes no file of elements. Profile "wireshark" uses elements that it names where there are some; the others of Flowsonde
            are shown as "Enterprise Private entry" with their octets:

            """ + own.stream().map(element -> "  %d:%-5d %-36s %s%n".formatted(
                element.enterpriseNumber(), element.id(), element.name(), element.type().label())).collect(Collectors.joining());
    }
}
