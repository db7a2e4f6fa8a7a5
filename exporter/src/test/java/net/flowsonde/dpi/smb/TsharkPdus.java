package net.flowsonde.dpi.smb;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every message of SMB in a capture with what tshark shows of it, compounds taken apart: field name to values, in their order. */
final class TsharkPdus {
    private static final Pattern ELEMENT = Pattern.compile("( *<(?:proto|field)) name=\"([^\"]*)\"");
    private static final Pattern SHOW = Pattern.compile(" show=\"([^\"]*)\"");
    private static final String NAME_OF_HANDLE = "GUID handle File: ";

    /** One message. Lines of tshark that are no field have the name "". */
    record Pdu(boolean isSmb1, String stream, Map<String, List<String>> fields) {
        boolean has(final String name) {
            return fields.containsKey(name);
        }

        String first(final String name) {
            return has(name) ? fields.get(name).get(0) : "";
        }

        List<String> all(final String name) {
            return fields.getOrDefault(name, List.of());
        }

        long number(final String name) {
            return has(name) ? Long.decode(first(name)) : 0;
        }

        boolean isResponse() {
            return number(isSmb1 ? "smb.flags.response" : "smb2.flags.response") == 1;
        }

        /** The file whose handle the message names, where tshark saw it opened; else null. */
        String fileOfHandle() {
            return all("").stream().filter(text -> text.startsWith(NAME_OF_HANDLE)).map(text -> text.substring(NAME_OF_HANDLE.length()))
                .findFirst().orElse(null);
        }
    }

    private TsharkPdus() {
    }

    static void read(final Path file, final Consumer<Pdu> consumer) throws IOException, InterruptedException {
        final Process tshark = new ProcessBuilder("tshark", "-r", file.toString(), "-d", "tcp.port==4445,nbss", "-Y", "smb || smb2", "-T", "pdml")
            .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(tshark.getInputStream(), StandardCharsets.UTF_8))) {
            read(output.lines().iterator(), consumer);
        }
        tshark.waitFor();
    }

    /** Line by line, an element each: no parser of XML takes the control characters that names in captures may have. */
    private static void read(final Iterator<String> lines, final Consumer<Pdu> consumer) {
        String stream = "";
        Pdu pdu = null;
        while (lines.hasNext()) {
            final String line = lines.next();
            final Matcher element = ELEMENT.matcher(line);
            if (pdu != null && line.startsWith("  </proto>")) {
                consumer.accept(pdu);
                pdu = null;
            } else if (element.lookingAt()) {
                final String name = element.group(2);
                final Matcher show = SHOW.matcher(line);
                final String text = show.find() ? unescaped(show.group(1)) : null;
                if (name.equals("tcp.stream")) {
                    stream = text;
                } else if (element.group(1).equals("  <proto") && name.matches("smb2?")) {
                    pdu = new Pdu(name.equals("smb"), stream, new HashMap<>());
                } else if (pdu != null && text != null) {
                    pdu.fields.computeIfAbsent(name, any -> new ArrayList<>()).add(text);
                }
            }
        }
    }

    private static String unescaped(final String text) {
        return text.replace("&quot;", "\"").replace("&#x27;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }
}
