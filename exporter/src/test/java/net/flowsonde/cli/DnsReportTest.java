package net.flowsonde.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What the report of DNS tells a person of servers. */
class DnsReportTest {
    private static final long NTP_TO_UNIX_SECONDS = 2_208_988_800L;
    private static final long FIRST = 1_700_000_000L;
    private static final int NO_ANSWER = 0xFFFF;
    private static final int NO_MARK = 0;
    private static final int NOT_DNS = 1 << 8;
    private static final int ENCRYPTED = 1 << 28;

    private final StringWriter text = new StringWriter();
    private final DnsReport report = new DnsReport(new PrintWriter(text, true));

    @Test
    void shouldTellWhenAServerWasSeenAndHowOftenItGaveEachKindOfAnswer() throws UnknownHostException {
        final int[] codes = {0, 0, 3, 2, 5, 4, NO_ANSWER};
        for (int i = 0; i < codes.length; i++) {
            add("192.0.2.53", i, codes[i], 40, codes[i] == NO_ANSWER ? 0 : 80, NO_MARK);
        }
        assertThat(server("192.0.2.53")).containsExactly(clock(0), clock(6), "1", "7", "6", "-", "2", "1", "1", "1", "1", "UDP");
    }

    @Test
    void shouldNotTakeWhatIsEncryptedOrNotDnsForQueriesWithoutAnswer() throws UnknownHostException {
        add("192.0.2.54", 0, NO_ANSWER, 600, 2_400, ENCRYPTED);
        add("192.0.2.55", 0, NO_ANSWER, 10, 20, NOT_DNS);
        add("192.0.2.56", 0, NO_ANSWER, 40, 0, NO_MARK);
        assertThat(server("192.0.2.54")).startsWith(clock(0), clock(0), "1", "0", "0")
            .endsWith("UDP,", "3,000", "octets", "encrypted");
        assertThat(server("192.0.2.55")).endsWith("UDP,", "30", "octets", "that", "are", "not", "DNS");
        assertThat(server("192.0.2.56")).startsWith(clock(0), clock(0), "1", "1", "0").endsWith("UDP,", "no", "answer", "seen");
    }

    private static String clock(final int seconds) {
        return DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault()).format(Instant.ofEpochSecond(FIRST + seconds));
    }

    private void add(final String server, final int seconds, final int code, final int queryLength, final int answerLength, final int marks)
        throws UnknownHostException {
        final DecodedRecord record = new DecodedRecord();
        record.put("sourceIPv4Address", InetAddress.getByName("192.0.2.10").getAddress());
        record.put("destinationIPv4Address", InetAddress.getByName(server).getAddress());
        record.put("destinationTransportPort", new byte[] {0, 53});
        record.put("dnsQueryName", "www.example.com".getBytes(StandardCharsets.US_ASCII));
        final byte[] time = ByteBuffer.allocate(Long.BYTES).putLong(FIRST + seconds + NTP_TO_UNIX_SECONDS << Integer.SIZE).array();
        record.put("flowStartNanoseconds", time);
        record.put("flowEndNanoseconds", time);
        record.put("dnsTransport", new byte[] {1});
        record.put("dnsResponseCode", ByteBuffer.allocate(2).putShort((short) code).array());
        record.put("dnsQueryLength", ByteBuffer.allocate(4).putInt(queryLength).array());
        record.put("dnsAnswerLength", ByteBuffer.allocate(4).putInt(answerLength).array());
        record.put("dnsMarks", ByteBuffer.allocate(8).putLong(marks).array());
        report.add(record);
    }

    /** The words of a server's line after its address. */
    private List<String> server(final String address) {
        text.getBuffer().setLength(0);
        report.print();
        return text.toString().lines().filter(line -> line.startsWith(address)).findFirst()
            .map(line -> List.of(line.substring(address.length()).strip().split(" +"))).orElseThrow();
    }
}
