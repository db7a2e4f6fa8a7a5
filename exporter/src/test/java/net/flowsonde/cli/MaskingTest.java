package net.flowsonde.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With masking on, nothing that leaves has an octet string of a user, a path or a share of files: not the records of any kind, in JSON lines
 * or IPFIX, not the alerts, not the report. Alerts are made from one text, which the log, the notification and the SNMP table have too.
 */
class MaskingTest {
    /** Canaries and thresholds so low that there is an alert of each kind, about every actor. */
    private static final String EAGER = "files:\n  canaries: [\"*plans*\", draft.txt, minutes.txt]\n  overwrites: 1\n  replacements: 1\n  renames: 1\n"
        + "  new-extensions: 1\n  same-file: 1\n  walk: 1\n  destructions: 1\n  denials: 1\n  score: 1\n";
    private static final Pattern NAME = Pattern.compile(
        "\"(userName|userDomain|fileWorkstation|fileShare|filePath|fileSecondPath)\":\"((?:[^\"\\\\]|\\\\.)*)\"");
    /** A shorter text may be there by chance. */
    private static final int SHORTEST = 4;

    @TempDir
    private Path directory;

    private Path key;

    @BeforeEach
    void writeKey() throws IOException {
        key = Files.writeString(directory.resolve("key"), "0123456789abcdef");
    }

    @Test
    void shouldLetNoNameOutOfWhatUsersDoToFiles() throws Exception {
        final Set<String> secrets = secrets(replay(EAGER));
        assertThat(secrets).contains("anna", "bruno", "projects", "report.docx", "draft.txt", "minutes.txt");
        final Outputs masked = replay(EAGER + "  mask-key-file: " + key + "\n");
        assertThat(masked.json).contains("canary-touched", "ransomware-score", "\"recordType\":\"fileActivity\"", "\"recordType\":\"file\"");
        assertThat(masked.report).contains("delete", "rename");
        for (final String secret : secrets) {
            assertThat(masked.json).as(secret).doesNotContainIgnoringCase(secret);
            assertThat(masked.report).as(secret).doesNotContainIgnoringCase(secret);
            assertThat(masked.ipfix).as(secret).doesNotContainIgnoringCase(secret);
        }
        assertThat(masked.json).doesNotContain("\"1101\"", " 1101 ");
    }

    @Test
    void shouldLeaveSharesReadableWhereTheyAreToBe() throws Exception {
        final Outputs masked = replay(EAGER + "  mask-key-file: " + key + "\n  unmasked: [shares]\n");
        assertThat(masked.json).contains("\"fileShare\":\"\\\\\\\\files.example.com\\\\projects\"", "\"fileShare\":\"/srv/archive\"",
            "\"filePath\":\"\\\\\\\\files.example.com\\\\projects\\\\").doesNotContain("anna", "report.docx", "minutes.txt");
    }

    /** The names of everything that users did to files, but those that other traffic tells too. */
    private Set<String> secrets(final Outputs readable) throws IOException {
        final String others = replay("dpi:\n  smb: false\n  nfs: false\n").json;
        final Set<String> secrets = new TreeSet<>();
        final Matcher name = NAME.matcher(readable.json);
        while (name.find()) {
            for (final String part : name.group(2).split("[/\\\\]+")) {
                if (part.length() >= SHORTEST && !part.startsWith("<") && !part.matches("\\d+") && !others.contains(part)) {
                    secrets.add(part);
                }
            }
        }
        return secrets;
    }

    private record Outputs(String json, String ipfix, String report) {
    }

    private Outputs replay(final String settings) throws IOException {
        final Path config = Files.writeString(directory.resolve("flowsonde.yaml"), settings);
        final Path json = directory.resolve("records.json");
        final Path ipfix = directory.resolve("records.ipfix");
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int code = Flowsonde.execute(new PrintWriter(out), new PrintWriter(err), "replay", "demo/demo.pcap", "--config", config.toString(),
            "--collector", "json://" + json, "--collector", "file://" + ipfix, "--report", "files");
        assertThat(code).as(err.toString()).isZero();
        return new Outputs(Files.readString(json), Files.readString(ipfix, StandardCharsets.ISO_8859_1), out + err.toString());
    }
}
