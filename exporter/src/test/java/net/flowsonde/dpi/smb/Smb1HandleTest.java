package net.flowsonde.dpi.smb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handles whose opening was not seen, some of which the server does not know either. */
class Smb1HandleTest {
    private static final int INVALID_HANDLE = 0xC000_0008;
    private static final int OPENED = 1;
    private static final String WHO = " \\@(unknown) share=[<unknown tree 7>] ";

    private final SmbTalk talk = new SmbTalk();
    private final Smb1Messages smb = new Smb1Messages();
    private SmbTalk.Connection connection;

    @BeforeEach
    void connect() {
        connection = talk.connection(1);
        smb.multiplex(2);
    }

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
}
