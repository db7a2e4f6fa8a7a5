package net.flowsonde.collector;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the packaged exporter has sent with a profile over UDP: templates, records and lists as they came, for rules about the octets. */
final class Wire implements RecordListener {
    private static final int HEADER_LENGTH = 16;
    private static final int SET_HEADER_LENGTH = 4;
    private static final int OPTIONS_TEMPLATE_SET = 3;
    private static final int OPTIONS_TEMPLATE_HEADER_LENGTH = 6;

    final List<ByteBuffer> messages;
    final int sources;
    final List<Template> templates = new ArrayList<>();
    /** Templates that a record came in the message of, or before. */
    final Set<Integer> late = new HashSet<>();
    /** Octets of each value of structured data (RFC 6313). */
    final List<Integer> lists = new ArrayList<>();
    long records;
    private final Breaches breaches = new Breaches(breach -> { });
    private final Map<Integer, Integer> announcedIn = new HashMap<>();
    private int message;

    private Wire(final List<ByteBuffer> messages, final int sources) {
        this.messages = messages;
        this.sources = sources;
        final MessageDecoder decoder = new MessageDecoder(breaches, this, 1_472);
        final Session session = new Session("wire", Transport.UDP);
        for (; message < messages.size(); message++) {
            decoder.onMessage(session, messages.get(message));
        }
    }

    /** Replays captures to a collector that keeps the datagrams. */
    static Wire of(final Path directory, final String profile, final Path... captures) throws Exception {
        try (DatagramCapture capture = new DatagramCapture()) {
            final List<Object> arguments = new ArrayList<>(List.of("replay"));
            arguments.addAll(List.of(captures));
            arguments.addAll(List.of("--collector", capture.address(), "--profile", profile));
            try (Exporter exporter = Exporter.run(directory, arguments.toArray())) {
                exporter.assertSuccess();
            }
            return new Wire(capture.messages(), capture.sources());
        }
    }

    @Override
    public void onTemplate(final Session session, final Template template) {
        templates.add(template);
        announcedIn.putIfAbsent(template.id(), message);
    }

    @Override
    public void onRecord(final DataRecord dataRecord) {
        records++;
        final Template template = dataRecord.template();
        if (announcedIn.getOrDefault(template.id(), message) >= message) {
            late.add(template.id());
        }
        for (int i = 0; i < template.fieldCount(); i++) {
            if (isList(template, i)) {
                lists.add(dataRecord.length(i));
            }
        }
    }

    /** What is wrong in the eyes of RFC 7011, but for elements of others that nothing describes. */
    List<Breach> breaches() {
        return breaches.kept().stream().filter(breach -> breach.rule() != Rule.UNKNOWN_ELEMENT).toList();
    }

    Stream<Template> data() {
        return templates.stream().filter(template -> !template.isOptions());
    }

    Stream<Field> fields() {
        return templates.stream().flatMap(template -> template.fields().stream());
    }

    /** Unsigned numbers, by what IANA or the session itself says of the element. */
    Stream<Field> numbers() {
        return fieldsWhere((template, index) -> isOfType(template, index, "UNSIGNED\\d+"));
    }

    /** Structured data (RFC 6313), by its number or by what the session says of the element. */
    Stream<Field> lists() {
        return fieldsWhere(Wire::isList);
    }

    private Stream<Field> fieldsWhere(final BiPredicate<Template, Integer> isWanted) {
        return templates.stream().flatMap(template -> IntStream.range(0, template.fieldCount())
            .filter(index -> isWanted.test(template, index)).mapToObj(template::field));
    }

    private static boolean isList(final Template template, final int index) {
        final Field field = template.field(index);
        return field.enterprise() == 0 && field.id() >= 291 && field.id() <= 293 || isOfType(template, index, ".*_LIST");
    }

    private static boolean isOfType(final Template template, final int index, final String types) {
        return template.element(index) != null && template.element(index).type().name().matches(types);
    }

    /** Most options templates in one Set. */
    int mostOptionsTemplatesOfASet() {
        return messages.stream().mapToInt(Wire::mostOptionsTemplatesOfASet).max().orElse(0);
    }

    private static int mostOptionsTemplatesOfASet(final ByteBuffer message) {
        int most = 0;
        for (int set = HEADER_LENGTH; set < message.limit(); set += unsigned(message, set + 2)) {
            if (unsigned(message, set) == OPTIONS_TEMPLATE_SET) {
                most = Math.max(most, optionsTemplates(message, set + SET_HEADER_LENGTH, set + unsigned(message, set + 2)));
            }
        }
        return most;
    }

    private static int optionsTemplates(final ByteBuffer message, final int start, final int limit) {
        int count = 0;
        for (int at = start; limit - at >= OPTIONS_TEMPLATE_HEADER_LENGTH; count++) {
            final int fields = unsigned(message, at + 2);
            at += OPTIONS_TEMPLATE_HEADER_LENGTH;
            for (int i = 0; i < fields; i++) {
                at += unsigned(message, at) > 0x7FFF ? 8 : 4;
            }
        }
        return count;
    }

    private static int unsigned(final ByteBuffer message, final int offset) {
        return message.getShort(offset) & 0xFFFF;
    }
}
