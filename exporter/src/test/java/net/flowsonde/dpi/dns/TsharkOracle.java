package net.flowsonde.dpi.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What tshark reads in a capture file: each message of DNS and its kin in one line. */
final class TsharkOracle {
    private static final List<Path> PLACES = List.of(Path.of("/usr/bin/tshark"), Path.of("/usr/local/bin/tshark"));
    private static final int KINDS = 0;
    private static final int NAMES = 1;
    private static final int TYPES = 2;
    private static final int RESPONSE_CODES = 3;
    private static final int QUESTIONS = 4;
    private static final int FIELDS = 5;

    private TsharkOracle() {
    }

    static Optional<Path> program() {
        return PLACES.stream().filter(Files::isExecutable).findFirst();
    }

    /** What is quoted in ICMP errors, or carried in HTTP, is no message of its own. */
    static List<String> messages(final Path file) throws IOException, InterruptedException {
        final List<String> messages = new ArrayList<>();
        fields(file, "(dns or mdns or llmnr or nbns) and !http and !http2 and !icmp and !icmpv6", "dns.flags.response", "dns.qry.name",
            "dns.qry.type", "dns.flags.rcode", "dns.count.queries", "nbns.flags.response", "nbns.name", "nbns.type", "nbns.flags.rcode",
            "nbns.count.queries").lines().map(line -> List.of(line.split("\t", -1))).forEach(fields -> {
                add(fields.subList(0, FIELDS), messages);
                addNetbios(fields.subList(FIELDS, 2 * FIELDS), messages);
            });
        return messages;
    }

    /** The fields of each frame, with tabs between fields and lines feeds between frames; several values of a field with bars. */
    private static String fields(final Path file, final String filter, final String... fields) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(
            program().orElseThrow().toString(), "-r", file.toString(), "-Y", filter, "-T", "fields", "-E", "aggregator=|"));
        for (final String field : fields) {
            command.addAll(List.of("-e", field));
        }
        final Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }

    /** One message a frame; behind a name tshark says what its kind is for. */
    private static void addNetbios(final List<String> fields, final List<String> messages) {
        if (fields.get(KINDS).isEmpty()) {
            return;
        }
        final boolean isWithoutQuestion = fields.get(QUESTIONS).equals("0");
        final String question = isWithoutQuestion ? "- 0"
            : values(fields.get(NAMES)).getFirst().replaceFirst(" \\(.*", "") + " " + values(fields.get(TYPES)).getFirst();
        messages.add(fields.get(KINDS).matches("1|True") ? "answer " + question + " rcode " + fields.get(RESPONSE_CODES) : "query " + question);
    }

    /** A frame's messages; of each, the first question. */
    private static void add(final List<String> fields, final List<String> messages) {
        final Deque<String> names = values(fields.get(NAMES));
        final Deque<String> types = values(fields.get(TYPES));
        final Deque<String> codes = values(fields.get(RESPONSE_CODES));
        final Deque<String> questions = values(fields.get(QUESTIONS));
        for (final String kind : values(fields.get(KINDS))) {
            final int count = questions.isEmpty() ? 1 : Integer.parseInt(questions.remove());
            final String name = count == 0 || names.isEmpty() ? "-" : names.remove();
            final String type = count == 0 || types.isEmpty() ? "0" : types.remove();
            for (int i = 1; i < count && !names.isEmpty(); i++) {
                names.remove();
                types.poll();
            }
            final String question = ("<Root>".equals(name) ? "." : name) + " " + type;
            final boolean isAnswer = kind.equals("1") || kind.equals("True");
            messages.add(isAnswer ? "answer " + question + " rcode " + (codes.isEmpty() ? "-" : codes.remove()) : "query " + question);
        }
    }

    private static Deque<String> values(final String field) {
        return new ArrayDeque<>(field.isEmpty() ? List.of() : List.of(field.split("\\|")));
    }
}
