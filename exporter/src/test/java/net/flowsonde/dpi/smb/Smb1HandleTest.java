package net.flowsonde.dpi.smb;

import static org.assertj.core.api.Assertions.assertThat;

import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handles whose opening was not seen, some of which the server does not know either. */
class Smb1HandleTest extends Smb1Talk {
    private static final int INVALID_HANDLE = 0xC000_0008;

    /** STATUS_INVALID_HANDLE, STATUS_FILE_CLOSED, STATUS_SMB_BAD_FID (MS-CIFS 2.2.2.4). */
    @ParameterizedTest
    @ValueSource(ints = {INVALID_HANDLE, 0xC000_0128, 0x0006_0001})
    void shouldNotTellOfAFileThatNeverWas(final int status) {
        connection.exchange(smb.close(9), smb.status(status).done(Smb1Commands.CLOSE));
        connection.exchange(smb.read(10, 100), smb.done(Smb1Commands.READ_ANDX));
        connection.exchange(smb.write(11, 100), smb.done(Smb1Commands.WRITE_ANDX));
        assertThat(talk.end().lines()).isEmpty();
    }

    /** ERRDOS and ERRbadfid. */
    @Test
    void shouldNotTellOfAFileThatNeverWasInErrorsOfOld() {
        smb.old();
        connection.exchange(smb.close(9), smb.status(6 << 16 | 1).done(Smb1Commands.CLOSE));
        assertThat(talk.end().lines()).isEmpty();
    }

    @Test
    void shouldNotTellTwiceOfAFileThatIsClosedTwice() {
        connection.exchange(smb.ntCreate("\\a", 1, 0), smb.ntCreated(5, OPENED, 10, false));
        connection.exchange(smb.close(5), smb.done(Smb1Commands.CLOSE));
        connection.exchange(smb.close(5), smb.status(INVALID_HANDLE).done(Smb1Commands.CLOSE));
        assertThat(talk.end().lines()).containsExactly("SMB1 open ok" + WHO + "path=[a] size=10/-1 guessed");
    }

    @Test
    void shouldTellWhatAFileMovedThatWasOpenedBeforeTheCapture() {
        connection.exchange(smb.read(9, 700), smb.isRead(700));
        connection.exchange(smb.write(10, 500), smb.written(500));
        connection.exchange(smb.close(9), smb.status(INVALID_HANDLE).done(Smb1Commands.CLOSE));
        connection.exchange(smb.close(10), smb.done(Smb1Commands.CLOSE));
        assertThat(talk.end().lines()).containsExactly(
            "SMB1 read ok" + WHO + "path=[<unknown file>] read=700/1 guessed midstream",
            "SMB1 write ok" + WHO + "path=[<unknown file>] written=500/1 guessed midstream");
    }

    @Test
    void shouldTellOfAFileThatWasOpenedBeforeTheCaptureWhenItsCloseSucceeds() {
        connection.exchange(smb.close(9), smb.done(Smb1Commands.CLOSE));
        assertThat(talk.end().lines()).containsExactly("SMB1 open ok" + WHO + "path=[<unknown file>] guessed midstream");
    }

    /** What was tried is told, whatever it was tried with. */
    @Test
    void shouldTellOfAChangeThatWasWantedOfAFileThatNeverWas() {
        connection.exchange(smb.transaction2(Smb1Commands.SET_FILE_INFORMATION, new SmbBytes().number16(9).number16(0x102).number16(0).toBytes(),
            new byte[] {1}), smb.status(INVALID_HANDLE).done(Smb1Commands.TRANSACTION2));
        assertThat(talk.end().lines()).containsExactly("SMB1 delete failed(c0000008)" + WHO + "path=[<unknown file>] guessed midstream");
    }

    /** Levels of SMB1, and those of MS-FSCC that are passed through; the length of the name lies at the offset. */
    @ParameterizedTest
    @CsvSource({"0x104, 0", "0x107, 68", "1009, 0", "1018, 96", "1048, 0"})
    void shouldLearnTheNameOfAFileFromAnAnswerAboutIt(final int level, final int offset) {
        final byte[] name = new SmbBytes().zeros(offset).number32(12).utf16("\\dir\\f").toBytes();
        connection.exchange(smb.transaction2(Smb1Commands.QUERY_FILE_INFORMATION, new SmbBytes().number16(9).number16(level).toBytes(), NONE),
            smb.transaction2Done(new byte[2], name));
        connection.exchange(smb.transaction2(Smb1Commands.SET_FILE_INFORMATION, new SmbBytes().number16(9).number16(1_010).number16(0).toBytes(),
            new SmbBytes().zeros(8).number32(2).utf16("g").toBytes()), smb.transaction2Done(new byte[2]));
        assertThat(talk.end().lines()).containsExactly("SMB1 rename ok" + WHO + "path=[dir\\f] to=[dir\\g] guessed midstream");
    }

    @Test
    void shouldNotLearnANameFromAnAnswerThatIsTooShort() {
        connection.exchange(smb.transaction2(Smb1Commands.QUERY_FILE_INFORMATION, new SmbBytes().number16(9).number16(0x107).toBytes(), NONE),
            smb.transaction2Done(new byte[2], new byte[70]));
        connection.exchange(smb.close(9), smb.done(Smb1Commands.CLOSE));
        assertThat(talk.end().lines()).containsExactly("SMB1 open ok" + WHO + "path=[<unknown file>] guessed midstream");
    }

    private static byte[] readRaw(final Smb1Messages smb, final int fid) {
        return smb.request(Smb1Commands.READ_RAW, new SmbBytes().number16(fid).number32(0).number16(60_000).number16(0).number32(0).number16(0)
            .toBytes(), NONE);
    }

    private static byte[] writeRaw(final Smb1Messages smb, final int fid, final int count, final int here) {
        return smb.request(Smb1Commands.WRITE_RAW, new SmbBytes().number16(fid).number16(count).number16(0).number32(0).number32(0).number16(0)
            .number32(0).number16(here).number16(59).toBytes(), new byte[here]);
    }

    /** Octets without a message around them (MS-CIFS 2.2.4.22, 2.2.4.25): frames are followed as if there were one. */
    @Test
    void shouldCountWhatIsReadAndWrittenRaw() {
        connection.exchange(smb.ntCreate("\\raw", 1, 0), smb.ntCreated(5, OPENED, 9_000, false));
        connection.exchange(readRaw(smb, 5), new byte[9_000]);
        connection.exchange(readRaw(smb, 5), NONE);
        connection.exchange(writeRaw(smb, 5, 4_000, 1_000), smb.response(Smb1Commands.WRITE_RAW, new byte[] {-1, -1}, NONE));
        connection.request(new byte[3_000]);
        connection.response(smb.response(Smb1Commands.WRITE_COMPLETE, new SmbBytes().number16(3_000).toBytes(), NONE));
        connection.exchange(writeRaw(smb, 5, 200, 200), smb.response(Smb1Commands.WRITE_COMPLETE, new SmbBytes().number16(200).toBytes(), NONE));
        connection.exchange(smb.close(5), smb.done(Smb1Commands.CLOSE));
        assertThat(talk.end().lines()).containsExactly(
            "SMB1 write ok" + WHO + "path=[raw] read=9000/1 written=4200/3 size=9000/-1 guessed");
        assertThat(talk.count(Counter.SMB_FRAMES_MALFORMED)).isZero();
    }

    @Test
    void shouldGoOnWhenAnAnswerComesInPlaceOfRawOctets() {
        connection.exchange(smb.ntCreate("\\raw", 1, 0), smb.ntCreated(5, OPENED, 9_000, false));
        connection.exchange(readRaw(smb, 5), smb.status(INVALID_HANDLE).done(Smb1Commands.READ_RAW));
        smb.status(0);
        connection.exchange(smb.close(5), smb.done(Smb1Commands.CLOSE));
        connection.response(new byte[9_000]);
        assertThat(talk.end().lines()).containsExactly("SMB1 open ok" + WHO + "path=[raw] size=9000/-1 guessed");
        assertThat(talk.count(Counter.SMB_FRAMES_MALFORMED)).isEqualTo(1);
    }

    /** Obsolete even when they were young (MS-CIFS 2.2.4.35, 2.2.4.36). */
    @Test
    void shouldTellOfCopiesAndMoves() {
        final byte[] words = new byte[6];
        connection.exchange(smb.request(Smb1Commands.COPY, words, smb.formatted(3, "\\a", "\\b")), smb.done(Smb1Commands.COPY));
        connection.exchange(smb.request(Smb1Commands.MOVE, words, smb.formatted(3, "\\b", "\\c")), smb.done(Smb1Commands.MOVE));
        assertThat(talk.lines()).containsExactly(
            "SMB1 copy ok" + WHO + "path=[a] to=[b] guessed",
            "SMB1 rename ok" + WHO + "path=[b] to=[c] guessed");
    }
}
