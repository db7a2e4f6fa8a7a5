package net.flowsonde.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the section {@code files} of the configuration does to the records of a real capture: user 1000 puts, gets, renames and deletes
 * twelve files on an NFS server, then one that is larger, by version 3 and again by version 4.
 */
class FilesConfigurationTest {
    private static final int FILE_HEADER = 24;
    private static final int FRAME_HEADER = 16;
    private static final int SECONDS = 0;
    private static final int CAPTURED_LENGTH = 8;
    private static final int LAST_OF_DESTINATION = 14 + 19;
    private static final int DESTINATION_PORT = 14 + 20 + 2;
    private static final int SERVER = 1;
    private static final int STRANGER = 9;

    @TempDir
    private Path directory;

    @Test
    void shouldTellOnFlowsWhoUsedThemForWhichFiles() throws Exception {
        final List<String> flows = of("flow", replay("", lab()));
        assertThat(flows).filteredOn(flow -> field(flow, "destinationTransportPort").equals("2049")).hasSize(2).allSatisfy(flow -> {
            assertThat(field(flow, "userName")).isEqualTo("1000");
            assertThat(field(flow, "userSourceName")).isEqualTo("FLOW");
            assertThat(field(flow, "fileOperationName")).isEqualTo("DELETE");
            assertThat(field(flow, "filePath")).matches("(/tmp/.*/export/d3|/share/d4)/new1");
            assertThat(List.of("filesRead", "filesWritten", "filesCreated", "filesRenamed", "filesDeleted")).extracting(name -> field(flow, name))
                .containsExactly("13", "13", "13", "12", "14");
        });
    }

    @Test
    void shouldNameTheUsersWhoseNumbersAreKnown() throws Exception {
        final Path users = Files.writeString(directory.resolve("passwd"), "# users\nroot:x:0:0::/:/bin/sh\nanna:x:1000:1000::/home/anna:/bin/sh\n"
            + "other:x:1000:1::/:/bin/sh\n+::::::\n");
        final List<String> records = replay("user-numbers-file: " + users, lab());
        for (final String type : List.of("flow", "file", "fileActivity")) {
            assertThat(of(type, records)).isNotEmpty().allSatisfy(record -> assertThat(field(record, "userName")).isEqualTo("anna"));
        }
        final List<String> strange = replay("user-numbers-file: " + Files.writeString(users, "root:x:0:0::/:/bin/sh\n"), lab());
        assertThat(of("file", strange)).allSatisfy(record -> assertThat(field(record, "userName")).isEqualTo("1000"));
    }

    @Test
    void shouldMaskUsersAndPathsEverywhereByTheKey() throws Exception {
        final Path key = Files.writeString(directory.resolve("key"), "0123456789abcdef");
        final List<String> masked = replay("mask-key-file: " + key, lab());
        assertThat(of("file", masked)).hasSameSizeAs(of("file", replay("", lab())));
        assertThat(masked).noneMatch(record -> record.matches(".*(put1|new1|/d[34][/\"]|libnfs|\"userName\":\"1000\"|\"fileSessionId\":4294967297000).*"));
        final String user = field(of("file", masked).get(0), "userName");
        assertThat(user).isNotEmpty();
        for (final String type : List.of("flow", "file", "fileActivity")) {
            assertThat(of(type, masked)).allSatisfy(record -> assertThat(field(record, "userName")).isEqualTo(user));
        }
        Files.writeString(key, "another key of sixteen octets");
        assertThat(of("file", replay("mask-key-file: " + key, lab()))).noneMatch(record -> field(record, "userName").equals(user));
    }

    @Test
    void shouldTellInTheActivityWhatOfAFloodIsNotToldOneByOne() throws Exception {
        final List<String> all = replay("", lab());
        final List<String> some = replay("records-per-minute: 10", lab());
        assertThat(of("file", some)).extracting(record -> field(record, "flowStartNanoseconds"))
            .isEqualTo(of("file", all).subList(0, 10).stream().map(record -> field(record, "flowStartNanoseconds")).toList());
        assertThat(of("fileActivity", some).stream().mapToLong(record -> Long.parseLong(field(record, "fileRecordsSuppressed"))).sum())
            .isEqualTo(of("file", all).size() - 10);
        assertThat(of("fileActivity", some).stream().mapToLong(record -> Long.parseLong(field(record, "fileAccesses"))).sum())
            .isEqualTo(of("fileActivity", all).stream().mapToLong(record -> Long.parseLong(field(record, "fileAccesses"))).sum());
        assertThat(field(of("flow", some).get(1), "filesCreated")).isEqualTo("13");
    }

    @Test
    void shouldPutTheUserOnOtherFlowsOfTheClientForATimeAndSayHowItIsKnown() throws Exception {
        assertThat(userOfAnotherFlow("", SERVER, 60)).isEqualTo("1000 SESSION");
        assertThat(userOfAnotherFlow("", STRANGER, 60)).isEqualTo("1000 INFERRED");
        assertThat(userOfAnotherFlow("", STRANGER, 601)).isEqualTo(" ");
        assertThat(userOfAnotherFlow("user-inference: 30s", STRANGER, 60)).isEqualTo(" ");
        assertThat(userOfAnotherFlow("user-inference: 0s", STRANGER, 1)).isEqualTo(" ");
    }

    /** What is said of the user of a connection to port 8080 of {@code server} that the client tries some seconds after its last access. */
    private String userOfAnotherFlow(final String setting, final int server, final int afterSeconds) throws Exception {
        final byte[] capture = Files.readAllBytes(lab());
        final ByteBuffer view = ByteBuffer.wrap(capture).order(ByteOrder.LITTLE_ENDIAN);
        int last = FILE_HEADER;
        for (int at = FILE_HEADER; at < capture.length; at += FRAME_HEADER + view.getInt(at + CAPTURED_LENGTH)) {
            last = at;
        }
        final int length = FRAME_HEADER + view.getInt(FILE_HEADER + CAPTURED_LENGTH);
        final byte[] frame = Arrays.copyOfRange(capture, FILE_HEADER, FILE_HEADER + length);
        frame[FRAME_HEADER + LAST_OF_DESTINATION] = (byte) server;
        ByteBuffer.wrap(frame).putShort(FRAME_HEADER + DESTINATION_PORT, (short) 8_080).order(ByteOrder.LITTLE_ENDIAN)
            .putInt(SECONDS, view.getInt(last + SECONDS) + afterSeconds);
        final ByteBuffer longer = ByteBuffer.allocate(capture.length + length).put(capture).put(frame);
        final List<String> flows = of("flow", replay(setting, Files.write(directory.resolve("longer.pcap"), longer.array())));
        final String flow = flows.stream().filter(record -> field(record, "destinationTransportPort").equals("8080")).findFirst().orElseThrow();
        return field(flow, "userName") + ' ' + field(flow, "userSourceName");
    }

    private static Path lab() throws URISyntaxException {
        return Path.of(FilesConfigurationTest.class.getResource("/net/flowsonde/dpi/nfs/lab.pcap").toURI());
    }

    private List<String> replay(final String setting, final Path capture) throws IOException {
        final Path config = Files.writeString(directory.resolve("flowsonde.yaml"), setting.isEmpty() ? "" : "files:\n  " + setting + "\n");
        final Path json = directory.resolve("records.json");
        final StringWriter err = new StringWriter();
        final int code = Flowsonde.execute(new PrintWriter(new StringWriter()), new PrintWriter(err), "replay", capture.toString(), "--config",
            config.toString(), "--collector", "json://" + json);
        assertThat(code).as(err.toString()).isZero();
        return Files.readAllLines(json);
    }

    private static List<String> of(final String type, final List<String> records) {
        return records.stream().filter(record -> record.startsWith("{\"recordType\":\"" + type + '"')).toList();
    }

    private static String field(final String record, final String name) {
        final Matcher matcher = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(record);
        return matcher.find() ? matcher.group(1) : "";
    }
}
