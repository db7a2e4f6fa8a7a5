package net.flowsonde.enrich.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileAuthentication;
import net.flowsonde.dpi.FileOperation;
import net.flowsonde.dpi.FileProtocol;
import net.flowsonde.dpi.FileResult;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertKind;
import net.flowsonde.telemetry.AlertQueue;
import net.flowsonde.telemetry.AlertRules;
import net.flowsonde.telemetry.Telemetry;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/** What is an alert whoever does it: a canary touched, SMB1, access without a name, administrative shares. */
class FileExposureTest {
    private static final String SHARE = "\\\\server\\data";

    private final AlertBus alerts = new AlertBus(
        new AlertRules(Duration.ofMinutes(10), 1_000, EnumSet.noneOf(AlertKind.class)), new Telemetry(), NOPLogger.NOP_LOGGER);
    private final AlertQueue queue = alerts.subscribe(100);
    private final FileExposure exposure =
        new FileExposure(List.of("finance/a b.docx", "/traps/*"), alerts, new FileMask(Optional.empty(), List.of()));

    @Test
    void shouldTellACanaryTouchedWhateverIsDoneToItAndHoweverItEnds() {
        assertThat(raised(SHARE, "Finance\\A B.docx", FileProtocol.SMB3_1_1, FileAuthentication.NTLM, FileOperation.READ, FileResult.OK))
            .isEqualTo(AlertKind.CANARY_TOUCHED);
        assertThat(raised("/export", "/traps/deep/x", FileProtocol.NFS3, FileAuthentication.AUTH_SYS, FileOperation.DELETE, FileResult.DENIED))
            .isEqualTo(AlertKind.CANARY_TOUCHED);
        assertThat(raised(SHARE, "finance\\other.docx", FileProtocol.SMB3_1_1, FileAuthentication.NTLM, FileOperation.READ, FileResult.OK))
            .isNull();
    }

    @Test
    void shouldTellWhatIsPutInThePlaceOfACanary() {
        for (final FileOperation operation : List.of(FileOperation.RENAME, FileOperation.COPY, FileOperation.LINK)) {
            assertThat(raised("\\\\server\\" + operation.text(), "x", "finance\\a b.docx", FileProtocol.SMB3_1_1, FileAuthentication.NTLM, operation,
                FileResult.OK)).isEqualTo(AlertKind.CANARY_TOUCHED);
        }
        assertThat(raised("/export", "/link", "/finance/a b.docx", FileProtocol.NFS3, FileAuthentication.AUTH_SYS, FileOperation.SYMLINK,
            FileResult.OK)).as("only a text").isNull();
    }

    @Test
    void shouldNotMindOrdinaryUse() {
        for (final FileProtocol protocol : List.of(FileProtocol.SMB2_0_2, FileProtocol.SMB3_1_1, FileProtocol.NFS3, FileProtocol.NFS4_2)) {
            for (final FileAuthentication authentication : List.of(FileAuthentication.NTLM, FileAuthentication.KERBEROS, FileAuthentication.AUTH_SYS)) {
                for (final FileOperation operation : FileOperation.values()) {
                    assertThat(raised(SHARE, "docs\\plan.docx", protocol, authentication, operation, FileResult.OK)).isNull();
                }
            }
        }
    }

    /** Who was refused has reached nothing; who only logs on or off, has not touched a file; a hidden share is not an administrative one. */
    @Test
    void shouldNotMindGuestsWhoAreRefusedNorSharesThatAreOnlyHidden() {
        for (final FileAuthentication authentication : List.of(FileAuthentication.ANONYMOUS, FileAuthentication.GUEST)) {
            assertThat(raised(SHARE, "x", FileProtocol.SMB3_1_1, authentication, FileOperation.OPEN, FileResult.DENIED)).isNull();
            assertThat(raised("", "", FileProtocol.SMB3_1_1, authentication, FileOperation.LOGON, FileResult.OK)).isNull();
            assertThat(raised("\\\\server\\data", "", FileProtocol.SMB3_1_1, authentication, FileOperation.LOGOFF, FileResult.OK)).isNull();
        }
        for (final String share : List.of("alice$", "print$", "CC$", "1$", "ADMIN", "C")) {
            assertThat(raised("\\\\server\\" + share, "x", FileProtocol.SMB3_1_1, FileAuthentication.NTLM, FileOperation.READ, FileResult.OK)).isNull();
        }
    }

    @Test
    void shouldTellSmb1() {
        assertThat(raised(SHARE, "x", FileProtocol.SMB1, FileAuthentication.NTLM, FileOperation.READ, FileResult.OK))
            .isEqualTo(AlertKind.SMB1_IN_USE);
    }

    @Test
    void shouldTellAccessWithoutANameAndToAdministrativeShares() {
        assertThat(raised(SHARE, "x", FileProtocol.SMB3_1_1, FileAuthentication.ANONYMOUS, FileOperation.READ, FileResult.OK))
            .isEqualTo(AlertKind.WEAK_FILE_ACCESS);
        assertThat(raised("\\\\server\\more", "x", FileProtocol.SMB3_1_1, FileAuthentication.GUEST, FileOperation.READ, FileResult.OK))
            .isEqualTo(AlertKind.WEAK_FILE_ACCESS);
        assertThat(raised("\\\\server\\C$", "x", FileProtocol.SMB3_1_1, FileAuthentication.NTLM, FileOperation.READ, FileResult.OK))
            .isEqualTo(AlertKind.WEAK_FILE_ACCESS);
        assertThat(raised("\\\\server\\IPC$", "x", FileProtocol.SMB3_1_1, FileAuthentication.ANONYMOUS, FileOperation.OPEN, FileResult.OK))
            .isNull();
        assertThat(raised("\\\\server\\D$", "x", FileProtocol.SMB3_1_1, FileAuthentication.NTLM, FileOperation.READ, FileResult.DENIED))
            .isNull();
    }

    private AlertKind raised(
        final String share, final String path, final FileProtocol protocol, final FileAuthentication authentication,
        final FileOperation operation, final FileResult result) {
        return raised(share, path, "", protocol, authentication, operation, result);
    }

    private AlertKind raised(
        final String share, final String path, final String secondPath, final FileProtocol protocol, final FileAuthentication authentication,
        final FileOperation operation, final FileResult result) {
        exposure.onEvent(new FileEvent(1, 1, 7, FileEvents.address("10.0.0.1"), FileEvents.address("10.0.0.2"), protocol, authentication, "alice",
            "ACME", share, FilePath.of(protocol, path), FilePath.of(protocol, secondPath), operation, result, 0, 0, FileAccess.UNKNOWN_SIZE, 0, 0), path, secondPath);
        final Alert alert = queue.poll();
        assertThat(queue.poll()).isNull();
        return alert == null ? null : alert.kind();
    }
}
