package net.flowsonde.ipfix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.enrich.FlowMetadata;

/** Files that tell existing collectors about our elements, made from the list that records are made from. */
public final class CollectorFiles {
    private final ExportConfig export;
    private final RecordLists lists;

    private CollectorFiles(final ExportConfig export) {
        this.export = export;
        lists = new RecordLists(new OwnElements(export.enterpriseNumber()), new FlowMetadata());
    }

    /** The text of each file by its name. */
    public static Map<String, String> all(final ExportConfig export) {
        final CollectorFiles files = new CollectorFiles(export);
        final List<Element> everything = Elements.all(export.enterpriseNumber());
        final List<Element> own = everything.stream().filter(element -> element.isOf(export.enterpriseNumber())).toList();
        final Map<String, String> texts = new LinkedHashMap<>();
        texts.put("pmacct-primitives.lst", PmacctPrimitives.text(files.sent("pmacct")));
        texts.put("goflow2-mapping.yaml", GoflowMapping.text(files.sent("goflow2")));
        texts.put("telegraf-elements.csv", TelegrafElements.text(
            Stream.concat(files.sent("telegraf").stream().map(Sent::element), everything.stream()).toList()));
        texts.put("logstash-definitions.yaml", LogstashDefinitions.text(export.enterpriseNumber(), own));
        texts.put("libfds-elements.xml", LibfdsElements.text(export.enterpriseNumber(), own));
        texts.put("libfixbuf-elements.xml", LibfixbufElements.text(export.enterpriseNumber(), own));
        texts.put("nfdump.txt", NfdumpNotes.text());
        texts.put("wireshark.txt", WiresharkNotes.text(own));
        return texts;
    }

    /** A field as a profile sends it. */
    record Sent(Element element, int length) {
        boolean isVariable() {
            return length == Field.VARIABLE_LENGTH;
        }
    }

    /** What a profile sends, each element once. */
    private List<Sent> sent(final String profile) {
        final Map<String, Sent> sent = new LinkedHashMap<>();
        new ProfiledLists(lists, new Profiles(lists).find(profile, export.profiles()), new UpTime()).all()
            .forEach(list -> collect(list, sent));
        return new ArrayList<>(sent.values());
    }

    private static <R> void collect(final RecordElements<R> list, final Map<String, Sent> sent) {
        list.allReadable().stream().filter(field -> IntStream.range(0, list.shapes()).anyMatch(field::appliesTo)).forEach(field ->
            sent.putIfAbsent(field.element().enterpriseNumber() + ":" + field.element().id(), new Sent(field.element(), field.length())));
    }
}
