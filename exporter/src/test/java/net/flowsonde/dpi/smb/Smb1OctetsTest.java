package net.flowsonde.dpi.smb;

import static net.flowsonde.dpi.smb.Smb1Messages.part;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Octets that neither READ nor WRITE nor their like move: multiplexed ones (MS-CIFS 2.2.4.23, 2.2.4.26), and those of pipes (2.2.5). */
class Smb1OctetsTest extends Smb1Talk {
    private static final List<String> FIELDS = List.of(
        "smb.fid", "smb.offset", "smb.count", "smb.data_len", "smb.tdc", "smb.dc", "smb.request.mask", "smb.response.mask");
    private static final int INVALID_HANDLE = 0xC000_0008;
    private static final int BUFFER_OVERFLOW = 0x8000_0005;
    private static final int TRANSACT = 0x26;
    private static final int RAW_READ = 0x11;
    private static final int RAW_WRITE = 0x31;
    private static final int READ = 0x36;
    private static final int WRITE = 0x37;
    private static final int PEEK = 0x23;

    private void open() {
        connection.exchange(smb.ntCreate("\\f", 1, 0), smb.ntCreated(5, OPENED, 9_000, false));
    }

    private List<String> told() {
        connection.exchange(smb.close(5), smb.done(Smb1Commands.CLOSE));
        assertThat(talk.count(Counter.SMB_FRAMES_MALFORMED)).isZero();
        return talk.end().lines();
    }

    private byte[] readMultiplexed() {
        return smb.request(Smb1Commands.READ_MPX, new SmbBytes().number16(5).number32(0).number16(9_000).number16(0).number32(0).number16(0)
            .toBytes(), NONE);
    }

    /** @param count  octets of all answers, as far as the server knows */
    private byte[] isReadInPart(final int offset, final int count, final int here) {
        return smb.response(Smb1Commands.READ_MPX, new SmbBytes().number32(offset).number16(count).number16(0).number16(0).number16(0)
            .number16(here).number16(51).toBytes(), new byte[here]);
    }

    private byte[] writeMultiplexed(final int total, final int offset, final int here) {
        return smb.request(Smb1Commands.WRITE_MPX, new SmbBytes().number16(5).number16(total).number16(0).number32(offset).number32(0)
            .number16(0x80).number32(1).number16(here).number16(59).toBytes(), new byte[here]);
    }

    private byte[] areWritten() {
        return smb.response(Smb1Commands.WRITE_MPX, new SmbBytes().number32(7).toBytes(), NONE);
    }

    /** The lowest count holds, whichever answer has it. */
    @Test
    void shouldCountWhatIsReadInSeveralAnswers() {
        open();
        connection.exchange(readMultiplexed(), isReadInPart(0, 9_000, 4_000));
        connection.response(isReadInPart(6_000, 7_000, 1_000)).response(isReadInPart(4_000, 9_000, 2_000));
        connection.exchange(readMultiplexed(), isReadInPart(0, 300, 300));
        connection.exchange(readMultiplexed(), isReadInPart(0, 0, 0));
        connection.exchange(readMultiplexed(), isReadInPart(500, 500, 0)).response(isReadInPart(0, 9_000, 500));
        assertThat(told()).containsExactly("SMB1 read ok" + WHO + "path=[f] read=7800/4 size=9000/-1 guessed");
    }

    /** One answer to several requests; what is sent again is no more than was to be written. */
    @Test
    void shouldCountWhatIsWrittenBySeveralRequests() {
        open();
        connection.request(writeMultiplexed(3_000, 0, 1_000)).request(writeMultiplexed(3_000, 1_000, 1_000));
        connection.exchange(writeMultiplexed(3_000, 2_000, 1_000), areWritten());
        connection.request(writeMultiplexed(2_000, 0, 1_500)).request(writeMultiplexed(2_000, 1_500, 500));
        connection.exchange(writeMultiplexed(2_000, 1_500, 500), areWritten());
        connection.exchange(writeMultiplexed(70, 0, 70), smb.status(INVALID_HANDLE).done(Smb1Commands.WRITE_MPX));
        smb.status(0);
        assertThat(told()).containsExactly("SMB1 write ok" + WHO + "path=[f] written=5000/2 size=9000/-1 guessed");
    }

    private byte[] pipe(final int function, final int octets) {
        return pipe(function, octets, octets);
    }

    private byte[] pipe(final int function, final int octets, final int here) {
        final int at = 32 + 1 + 32 + 2;
        return smb.request(Smb1Commands.TRANSACTION, new SmbBytes().number16(0).number16(octets).number16(0).number16(4_000).number16(0)
            .number16(0).number32(0).number16(0).number16(0).number16(at).number16(here).number16(at).octet(2, 0).number16(function).number16(5)
            .toBytes(), new byte[here]);
    }

    private byte[] pipeDone(final int octets) {
        final int at = 32 + 1 + 20 + 2;
        return smb.response(Smb1Commands.TRANSACTION, new SmbBytes().number16(0).number16(octets).number16(0).number16(0).number16(at)
            .number16(0).number16(octets).number16(at).number16(0).octet(0, 0).toBytes(), new byte[octets]);
    }

    @Test
    void shouldCountWhatGoesThroughAPipe() {
        open();
        connection.exchange(pipe(TRANSACT, 100), pipeDone(60));
        connection.exchange(pipe(WRITE, 20), pipeDone(0));
        connection.exchange(pipe(RAW_WRITE, 7), pipeDone(0));
        connection.exchange(pipe(READ, 0), pipeDone(300));
        connection.exchange(pipe(RAW_READ, 0), pipeDone(4));
        connection.exchange(pipe(PEEK, 0), pipeDone(1_000));
        assertThat(told()).containsExactly("SMB1 write ok" + WHO + "path=[f] read=364/3 written=127/3 size=9000/-1 guessed");
    }

    /** What did not fit is read afterwards. */
    @Test
    void shouldCountAnAnswerThatIsTooLongOnce() {
        open();
        connection.exchange(pipe(TRANSACT, 100), pipeOverflows(60));
        smb.status(0);
        connection.exchange(smb.read(5, 900), smb.isRead(40));
        assertThat(told()).containsExactly("SMB1 write ok" + WHO + "path=[f] read=100/2 written=100/1 size=9000/-1 guessed");
    }

    private byte[] pipeOverflows(final int octets) {
        smb.status(BUFFER_OVERFLOW);
        return pipeDone(octets);
    }

    @Test
    void shouldCountARequestThatComesInPartsOnce() {
        open();
        connection.request(pipe(TRANSACT, 5_000, 3_000));
        connection.response(smb.done(Smb1Commands.TRANSACTION));
        final byte[] octets = new byte[5_000];
        connection.request(smb.next(Smb1Commands.TRANSACTION_SECONDARY, part(NONE, 0, 0, octets, 3_000, 5_000)));
        connection.response(pipeDone(60));
        assertThat(told()).containsExactly("SMB1 write ok" + WHO + "path=[f] read=60/1 written=5000/1 size=9000/-1 guessed");
    }

    @Test
    void shouldNotMakeARecordOfAPipeWhoseOpeningWasNotSeen() {
        connection.exchange(pipe(TRANSACT, 100), pipeDone(60));
        assertThat(talk.end().lines()).isEmpty();
    }

    /** That the messages of this test are what they are meant to be. */
    @Test
    void shouldSendWhatTsharkUnderstands(@TempDir final Path directory) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")), "no tshark");
        talk.hold();
        connection.exchange(readMultiplexed(), isReadInPart(6_000, 7_000, 1_000));
        connection.exchange(writeMultiplexed(3_000, 2_000, 1_000), areWritten());
        connection.exchange(pipe(TRANSACT, 100), pipeDone(60));
        final Path capture = directory.resolve("talk.pcap");
        talk.writeHeld(capture);
        final List<String> shown = new ArrayList<>();
        TsharkPdus.read(capture, pdu -> shown.add(pdu.first("smb.cmd") + FIELDS.stream().filter(pdu::has).map(
            field -> ' ' + field + '=' + Long.decode(pdu.first(field))).collect(Collectors.joining())));
        assertThat(shown).containsExactly(
            "0x1b smb.fid=5 smb.offset=0",
            "0x1b smb.offset=6000 smb.count=7000 smb.data_len=1000",
            "0x1e smb.fid=5 smb.offset=2000 smb.data_len=1000 smb.request.mask=1",
            "0x1e smb.response.mask=7",
            "0x25 smb.tdc=100 smb.dc=100",
            "0x25 smb.tdc=60 smb.dc=60");
    }

    @Test
    void shouldNotCountWhatFailed() {
        open();
        connection.exchange(pipe(TRANSACT, 100), smb.status(0xC000_00B0).done(Smb1Commands.TRANSACTION));
        connection.exchange(readMultiplexed(), smb.status(0xC000_00BB).done(Smb1Commands.READ_MPX));
        smb.status(0);
        assertThat(told()).containsExactly("SMB1 open ok" + WHO + "path=[f] size=9000/-1 guessed");
    }
}
