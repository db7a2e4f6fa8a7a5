package net.flowsonde.dpi.smb;

import static net.flowsonde.dpi.smb.Smb2Messages.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Octets that IOCTL moves through open pipes (MS-SMB2 2.2.31, 2.2.32). */
class Smb2PipeTest {
    private static final int TRANSCEIVE = 0x0011_C017;
    private static final int PEEK = 0x0011_400C;
    private static final int BUFFER_OVERFLOW = 0x8000_0005;
    private static final int PIPE_DISCONNECTED = 0xC000_00B0;
    private static final int OPEN = 1;
    private static final int OPENED = 1;
    private static final int PIPE = 2;
    private static final String WHO = " LAB\\anna@PC7(NTLM) share=[\\\\srv\\IPC$] ";

    private final SmbTalk talk = new SmbTalk();
    private final Smb2Messages smb = new Smb2Messages().session(SESSION);
    private SmbTalk.Connection connection;

    @BeforeEach
    void connect() {
        connection = talk.connection(1).response(smb.message(0).negotiated(0x0311));
    }

    private void open() {
        connection.exchange(smb.message(2).setup(SmbBytes.ntlm("LAB", "anna", "PC7")), smb.isSetUp(0));
        connection.exchange(smb.message(3).connect("\\\\srv\\IPC$"), smb.connected(PIPE));
        talk.discard();
        connection.exchange(smb.message(4).create("srvsvc", OPEN, 0), smb.created(OPENED, 0, false, 7, 8));
    }

    private List<String> told() {
        connection.exchange(smb.message(99).close(7, 8), smb.closed(0));
        assertThat(talk.count(Counter.SMB_FRAMES_MALFORMED)).isZero();
        return talk.end().lines();
    }

    private SmbTalk.Connection transceive(final int message, final int octets, final int answered) {
        return connection.exchange(smb.message(message).ioctl(TRANSCEIVE, new byte[octets], 7, 8), smb.ioctlDone(TRANSCEIVE, new byte[answered]));
    }

    @Test
    void shouldCountWhatGoesThroughAPipe() {
        open();
        transceive(5, 116, 92);
        transceive(6, 20, 0);
        connection.exchange(smb.message(7).ioctl(PEEK, new byte[0], 7, 8), smb.ioctlDone(PEEK, new byte[24]));
        connection.exchange(smb.message(8).write(30, 7, 8), smb.written(30)).exchange(smb.message(9).read(900, 7, 8), smb.isRead(40));
        assertThat(told()).containsExactly("SMB3.1.1 pipe ok" + WHO + "path=[srvsvc] read=132/3 written=166/3 size=0/0");
    }

    /** Octet by octet, as the specification has the two messages, not as the other tests write them. */
    @Test
    void shouldFindTheCountsWhereTheSpecificationHasThem() {
        open();
        connection.exchange(
            octets("fe534d42 4000 0100 00000000 0b00 0100 00000000 00000000 0500000000000000 fffe0000 05000000 3100000000440000"
                + "00000000000000000000000000000000"
                + "3900 0000 17c01100 0700000000000000 0800000000000000 78000000 03000000 00000000 00000000 00000000 00040000 01000000 00000000"
                + "050003"),
            octets("fe534d42 4000 0100 00000000 0b00 0100 01000000 00000000 0500000000000000 fffe0000 05000000 3100000000440000"
                + "00000000000000000000000000000000"
                + "3100 0000 17c01100 0700000000000000 0800000000000000 70000000 00000000 70000000 05000000 00000000 00000000 0500020310"));
        assertThat(told()).containsExactly("SMB3.1.1 pipe ok" + WHO + "path=[srvsvc] read=5/1 written=3/1 size=0/0");
    }

    private static byte[] octets(final String hexadecimal) {
        return HexFormat.of().parseHex(hexadecimal.replace(" ", ""));
    }

    /** What did not fit is read afterwards. */
    @Test
    void shouldCountAnAnswerThatIsTooLongOnce() {
        open();
        smb.status(BUFFER_OVERFLOW);
        transceive(5, 100, 60);
        smb.status(0);
        connection.exchange(smb.message(6).read(900, 7, 8), smb.isRead(40));
        assertThat(told()).containsExactly("SMB3.1.1 pipe ok" + WHO + "path=[srvsvc] read=100/2 written=100/1 size=0/0");
    }

    @Test
    void shouldCountOnceWhatIsAnsweredLater() {
        open();
        connection.request(smb.message(5).ioctl(TRANSCEIVE, new byte[100], 7, 8));
        connection.response(smb.flags(2).failure(Smb2Header.IOCTL, SmbStatus.PENDING));
        connection.response(smb.ioctlDone(TRANSCEIVE, new byte[60]));
        smb.flags(0);
        assertThat(told()).containsExactly("SMB3.1.1 pipe ok" + WHO + "path=[srvsvc] read=60/1 written=100/1 size=0/0");
    }

    @Test
    void shouldNotCountWhatFailed() {
        open();
        connection.exchange(smb.message(5).ioctl(TRANSCEIVE, new byte[100], 7, 8), smb.failure(Smb2Header.IOCTL, PIPE_DISCONNECTED));
        assertThat(told()).containsExactly("SMB3.1.1 pipe ok" + WHO + "path=[srvsvc] size=0/0");
    }

    @Test
    void shouldNotMakeARecordOfAPipeWhoseOpeningWasNotSeen() {
        transceive(5, 100, 60);
        assertThat(talk.end().lines()).isEmpty();
    }

    /** That the messages of this test are what they are meant to be. */
    @Test
    void shouldSendWhatTsharkUnderstands(@TempDir final Path directory) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")), "no tshark");
        talk.hold();
        transceive(5, 116, 92);
        final Path capture = directory.resolve("talk.pcap");
        talk.writeHeld(capture);
        final List<String> shown = new ArrayList<>();
        TsharkPdus.read(capture, pdu -> shown.add(
            pdu.first("smb2.cmd") + ' ' + pdu.first("smb2.ioctl.function") + ' ' + pdu.all("smb2.olb.length")));
        assertThat(shown).containsExactly("11 0x0011c017 [0, 116]", "11 0x0011c017 [0, 92]");
    }
}
