package net.flowsonde.enrich.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;
import net.flowsonde.config.FilesConfig;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileOperation;
import net.flowsonde.dpi.FileResult;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertKind;
import net.flowsonde.telemetry.AlertQueue;
import net.flowsonde.telemetry.AlertRules;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/** What looks like ransomware is told, what people and programs do in good faith is not. */
class FileActorsTest {
    private static final int FILES = 60;

    private final Telemetry telemetry = new Telemetry();
    private final Counters counters = telemetry.register(Counter.Scope.EXPORT, "test");
    private final AlertBus alerts = new AlertBus(
        new AlertRules(Duration.ofMinutes(10), 1_000, EnumSet.noneOf(AlertKind.class)), telemetry, NOPLogger.NOP_LOGGER);
    private final AlertQueue queue = alerts.subscribe(1_000);
    private final FileActors actors = new FileActors(FilesConfig.DEFAULT, alerts, new FileMask(Optional.empty(), List.of()), counters);
    private final FileEvents user = new FileEvents(actors);

    @Test
    void shouldTellFilesOverwrittenInPlace() {
        repeat((events, i) -> events.transform("docs\\report" + i + ".docx", 40_000 + i));
        assertThat(raised()).containsExactlyInAnyOrder(AlertKind.READ_THEN_OVERWRITE);
    }

    @Test
    void shouldTellFilesReadByOneOpenAndOverwrittenByAnother() {
        repeat((events, i) -> events.read("docs\\report" + i + ".docx", 40_000 + i).overwrite("docs\\report" + i + ".docx", 40_000 + i));
        assertThat(raised()).containsExactlyInAnyOrder(AlertKind.READ_THEN_OVERWRITE);
    }

    @Test
    void shouldTellCopiesThatReplaceTheirOriginals() {
        repeat((events, i) -> events.read("docs\\f" + i + ".xlsx", 10_000).create("docs\\f" + i + ".xlsx.crypt9", 10_100)
            .delete("docs\\f" + i + ".xlsx"));
        assertThat(raised()).containsExactlyInAnyOrder(
            AlertKind.WRITE_NEW_DELETE_OLD, AlertKind.NEW_EXTENSIONS, AlertKind.RANSOMWARE_SCORE);
    }

    @Test
    void shouldTellOriginalsDeletedBeforeTheirCopies() {
        repeat((events, i) -> events.delete("docs\\f" + i + ".xlsx").create("docs\\f" + i + ".crypt9", 10_100));
        assertThat(raised()).contains(AlertKind.WRITE_NEW_DELETE_OLD, AlertKind.NEW_EXTENSIONS);
    }

    /** The copy has nothing of the name of its original, but lies in the same directory. */
    @Test
    void shouldTellOriginalsReplacedByCopiesOfOtherNames() {
        repeat((events, i) -> events.read("docs\\f" + i + ".xlsx", 10_000).create("docs\\" + i * 7_919 + ".crypt9", 10_100)
            .delete("docs\\f" + i + ".xlsx"));
        assertThat(raised()).contains(AlertKind.WRITE_NEW_DELETE_OLD);
        user.pause(700);
        repeat((events, i) -> events.read("more\\f" + i + ".xlsx", 10_000).delete("more\\f" + i + ".xlsx")
            .create("more\\" + i * 7_919 + ".crypt8", 10_100));
        assertThat(raised()).contains(AlertKind.WRITE_NEW_DELETE_OLD);
    }

    /** What one directory gets and another loses, what was never read, and one new file for many old ones. */
    @Test
    void shouldNotMindNewFilesThatReplaceNothing() {
        repeat((events, i) -> events.create("in\\" + i + ".odd1", 900).delete("in\\old" + i + ".xlsx").read("a\\f" + i + ".pdf", 10_000)
            .create("b\\" + i + ".odd2", 900).delete("a\\f" + i + ".pdf"));
        user.create("log\\all.odd3", 900_000);
        repeat((events, i) -> events.read("log\\f" + i + ".log", 10_000).delete("log\\f" + i + ".log"));
        assertThat(raised()).isEmpty();
    }

    @Test
    void shouldTellFilesRenamedToOneNewEnding() {
        repeat((events, i) -> events.transform("a\\f" + i + ".pdf", 5_000).rename("a\\f" + i + ".pdf", "a\\f" + i + ".pdf.locky"));
        assertThat(raised()).containsExactlyInAnyOrder(
            AlertKind.READ_THEN_OVERWRITE, AlertKind.MASS_RENAME, AlertKind.NEW_EXTENSIONS, AlertKind.RANSOMWARE_SCORE);
    }

    @Test
    void shouldTellRandomEndings() {
        final Random random = new Random(1);
        repeat((events, i) -> events.rename("a\\f" + i + ".pdf", "a\\f" + i + ".pdf." + Integer.toHexString(random.nextInt())));
        assertThat(raised()).containsExactlyInAnyOrder(AlertKind.NEW_EXTENSIONS);
    }

    @Test
    void shouldTellNotesLeftInManyDirectories() {
        repeat((events, i) -> events.create("dir" + i + "\\HOW_TO_RESTORE.txt", 1_337));
        assertThat(raised()).isEmpty();
        for (int i = 0; i < 12; i++) {
            user.transform("dir" + i + "\\a.docx", 20_000);
        }
        assertThat(raised()).containsExactlyInAnyOrder(AlertKind.SAME_FILE_IN_MANY_DIRECTORIES);
    }

    /** The alert of S6 is off unless configured; it counts for the score anyway. */
    private void watchWalks() {
        final FilesConfig normal = FilesConfig.DEFAULT;
        actors.reconfigure(new FilesConfig(normal.recordsPerMinute(), normal.actors(), normal.userInference(), Optional.empty(), Optional.empty(),
            List.of(), List.of(), normal.overwrites(), normal.replacements(), normal.renames(), normal.newExtensions(), normal.sameFile(), 300,
            normal.destructions(), normal.denials(), normal.score()));
    }

    @Test
    void shouldTellAWalkThroughManyDirectories() {
        watchWalks();
        for (int i = 0; i < 300; i++) {
            user.list("tree\\d" + i);
        }
        assertThat(raised()).containsExactlyInAnyOrder(AlertKind.DIRECTORY_WALK);
    }

    /** A client that looks at the same directories again and again, and one that takes its time. */
    @Test
    void shouldNotMindTheSameDirectoriesNorASlowWalk() {
        watchWalks();
        for (int i = 0; i < 2_000; i++) {
            user.list("tree\\d" + i % 200);
        }
        assertThat(raised()).isEmpty();
        user.pause(60);
        for (int i = 0; i < 600; i++) {
            user.list("forest\\d" + i).pause(i % 5 == 0 ? 1 : 0);
        }
        assertThat(raised()).isEmpty();
    }

    @Test
    void shouldNotMindAFewAccessesDenied() {
        for (int i = 0; i < 49; i++) {
            user.denied("secret\\f" + i);
        }
        assertThat(raised()).isEmpty();
    }

    @Test
    void shouldTellWiping() {
        for (int i = 0; i < 400; i++) {
            user.delete("x\\f" + i + ".dat");
        }
        assertThat(raised()).isEmpty();
        for (int i = 0; i < 1_000; i++) {
            actors.onEvent(FileEvents.of(user.nowNs(), "10.0.0.1", FileOperation.DELETE, "z\\g" + i, "", 0, 0, -1, 0,
                FileResult.OK), false);
        }
        assertThat(raised()).containsExactlyInAnyOrder(AlertKind.DESTRUCTION_BURST);
    }

    /** It takes a moment to be sure that nobody writes them anew. */
    @Test
    void shouldTellFilesEmptied() {
        empty(600);
        assertThat(raised()).isEmpty();
        actors.tell(user.pause(20).nowNs(), activity -> { });
        assertThat(raised()).containsExactlyInAnyOrder(AlertKind.DESTRUCTION_BURST);
    }

    @Test
    void shouldTellFilesEmptiedJustBeforeTheEnd() {
        empty(600);
        final List<FileActivity> told = new ArrayList<>();
        actors.tellLast(user.nowNs(), told::add);
        assertThat(raised()).containsExactlyInAnyOrder(AlertKind.DESTRUCTION_BURST);
        assertThat(told.get(0).signal(FileSignal.DESTRUCTION)).isEqualTo(600);
    }

    /** Within six seconds, by what makes it shorter: a size of nothing, one of next to nothing, an open that writes nothing. */
    private void empty(final int files) {
        user.pace(10);
        for (int i = 0; i < files; i += 3) {
            user.truncate("a\\f" + i, FileAccess.UNKNOWN_SIZE, 0).truncate("a\\g" + i, 5_000, 1).empty("a\\h" + i);
        }
    }

    /** Copies over files that are there; version 3 of NFS tells what was written seconds later. */
    @Test
    void shouldNotMindFilesEmptiedAndWrittenAnew() {
        user.pace(30);
        for (int i = 0; i < 800; i++) {
            user.truncate("a\\f" + i, 5_000, 0);
            if (i >= 100) {
                user.overwrite("a\\f" + (i - 100), 6_000);
            }
        }
        for (int i = 700; i < 800; i++) {
            user.overwrite("a\\f" + i, 6_000);
        }
        actors.tellLast(user.nowNs(), activity -> { });
        assertThat(raised()).isEmpty();
    }

    @Test
    void shouldNotMindOneFileEmptiedAgainAndAgainNorWhatWasEmptyOrNew() {
        user.pace(10);
        for (int i = 0; i < 600; i++) {
            user.truncate("log\\current", 5_000, 0).truncate("a\\empty" + i, 0, 0).create("a\\new" + i, 100).truncate("a\\new" + i, 100, 0)
                .truncate("a\\shorter" + i, 5_000, 4_000).truncate("a\\~WRD" + i + ".tmp", 5_000, 0);
        }
        actors.tellLast(user.nowNs(), activity -> { });
        assertThat(raised()).isEmpty();
    }

    /** A minute of deleting or of being denied, at the end of which it is told. */
    private List<FileActivity> minute(final int number, final int deletions, final int denials) {
        final List<FileActivity> told = new ArrayList<>();
        final int events = Math.max(1, deletions + denials);
        user.pace(60_000 / events + 1);
        for (int i = 0; i < deletions; i++) {
            user.delete("x" + number + "\\f" + i);
        }
        for (int i = 0; i < denials; i++) {
            user.denied("y" + number + "\\f" + i);
        }
        actors.tell(user.nowNs(), told::add);
        return told;
    }

    @Test
    void shouldCompareWithTheMinutesBefore() {
        assertThat(minute(0, 3, 5).get(0).destructionPercent()).isEqualTo(300);
        for (int i = 1; i < 200; i++) {
            minute(i, 10, 4);
        }
        final FileActivity usual = minute(200, 10, 4).get(0);
        assertThat(usual.destructionPercent()).isBetween(99L, 101L);
        assertThat(usual.denialPercent()).isBetween(99L, 101L);
        final FileActivity unusual = minute(201, 300, 40).get(0);
        assertThat(unusual.destructionPercent()).isBetween(2_990L, 3_010L);
        assertThat(unusual.denialPercent()).isBetween(990L, 1_010L);
        assertThat(raised()).isEmpty();
        user.pause(3_600);
        assertThat(minute(202, 10, 0).get(0).destructionPercent()).isBetween(900L, 1_000L);
    }

    /** A job that clears up all day is told when it begins, and again once it does twice as much. */
    @Test
    void shouldNotMindWhatSomebodyDoesAllTheTime() {
        for (int i = 0; i < 60; i++) {
            minute(i, 600, 60);
        }
        assertThat(raised()).containsExactly(AlertKind.DESTRUCTION_BURST);
        for (int i = 60; i < 120; i++) {
            minute(i, 600, 60);
        }
        assertThat(raised()).isEmpty();
        minute(120, 1_300, 0);
        assertThat(raised()).containsExactly(AlertKind.DESTRUCTION_BURST);
    }

    /** Who gets faster so slowly that it is always usual is told once it is four times the threshold, or as much as is counted. */
    @Test
    void shouldTellAWiperThatGetsFasterSlowly() {
        for (int i = 0; i < 400; i++) {
            minute(i, 300 + 5 * i, 0);
        }
        assertThat(raised()).contains(AlertKind.DESTRUCTION_BURST);
    }

    @Test
    void shouldTellWipingByWhomeverDeletesAFewAllTheTime() {
        for (int i = 0; i < 60; i++) {
            minute(i, 30, 3);
        }
        minute(60, 510, 0);
        assertThat(raised()).containsExactly(AlertKind.DESTRUCTION_BURST);
    }

    @Test
    void shouldTellProbing() {
        repeat((events, i) -> events.denied("secret\\f" + i));
        assertThat(raised()).containsExactlyInAnyOrder(AlertKind.DESTRUCTION_BURST);
    }

    @Test
    void shouldSayWhoDidWhatWhere() {
        repeat((events, i) -> events.transform("docs\\report" + i + ".docx", 40_000));
        final List<Alert> found = taken();
        assertThat(found).hasSize(1);
        assertThat(found.get(0).text())
            .isEqualTo("alice of 10.0.0.1 on \\\\server\\data of 10.0.0.2: 20 files were read whole and then overwritten (threshold 20)");
        assertThat(found.get(0).flowId()).isEqualTo(7);
    }

    @Test
    void shouldNotMindABackup() {
        for (int i = 0; i < 250; i++) {
            user.list("dir" + i).read("dir" + i + "\\a.docx", 100_000).read("dir" + i + "\\b.weird", 1_000);
        }
        user.client("10.0.0.9");
        for (int i = 0; i < 250; i++) {
            user.create("backup\\dir" + i + "\\a.docx", 100_000).create("backup\\dir" + i + "\\desktop.ini", 282).create("backup\\dir" + i + "\\b.weird", 1_000);
        }
        assertThat(raised()).isEmpty();
    }

    @Test
    void shouldNotMindAVirusScan() {
        for (int i = 0; i < 1_000; i++) {
            user.list("dir" + i % 250).read("dir" + i % 250 + "\\f" + i + ".weird", 3_000);
        }
        assertThat(raised()).isEmpty();
    }

    @Test
    void shouldNotMindMediaConverted() {
        repeat((events, i) -> events.read("film\\scene" + i + ".avi", 9_000_000).create("film\\scene" + i + ".mp4", 4_000_000)
            .delete("film\\scene" + i + ".avi"));
        assertThat(raised()).isEmpty();
    }

    @Test
    void shouldNotMindAnArchiveUnpacked() {
        for (int i = 0; i < 100; i++) {
            user.mkdir("node\\module" + i).create("node\\module" + i + "\\LICENSE", 1_109).create("node\\module" + i + "\\index.xyzzy", 800 + i)
                .create("node\\module" + i + "\\package.json", 700);
        }
        assertThat(raised()).isEmpty();
    }

    @Test
    void shouldNotMindACheckout() {
        for (int i = 0; i < 300; i++) {
            final String path = "src\\f" + i % 60 + (i % 2 == 0 ? ".c" : ".h");
            user.delete(path).create(path, 3_000 + i);
        }
        user.create(".git\\index.lock", 90_000).rename(".git\\index.lock", ".git\\index").create(".git\\HEAD.lock", 40)
            .rename(".git\\HEAD.lock", ".git\\HEAD");
        assertThat(raised()).isEmpty();
    }

    @Test
    void shouldNotMindDocumentsSaved() {
        for (int i = 0; i < 60; i++) {
            final String document = "docs\\letter" + i + ".docx";
            user.read(document, 30_000).create("docs\\~WRD" + i + ".tmp", 31_000).rename(document, "docs\\~WRL" + i + ".tmp")
                .rename("docs\\~WRD" + i + ".tmp", document).delete("docs\\~WRL" + i + ".tmp");
        }
        assertThat(raised()).isEmpty();
    }

    @Test
    void shouldNotMindFilesCompressedOneByOne() {
        repeat((events, i) -> events.read("log\\l" + i + ".log", 90_000).create("log\\l" + i + ".log.gz", 9_000).delete("log\\l" + i + ".log"));
        assertThat(raised()).isEmpty();
    }

    @Test
    void shouldNotMindAnEndingThatTheShareHasKnownForLong() {
        user.create("a\\first.odd", 1).pause(700);
        repeat((events, i) -> events.rename("a\\f" + i + ".pdf", "a\\f" + i + ".odd"));
        assertThat(raised()).isEmpty();
    }

    @Test
    void shouldNotMindTheSameSlowly() {
        for (int i = 0; i < FILES; i++) {
            user.pause(30).transform("docs\\report" + i + ".docx", 40_000 + i);
        }
        assertThat(raised()).isEmpty();
    }

    @Test
    void shouldTellWhatEverybodyDidOnceAMinute() {
        final List<FileActivity> told = new ArrayList<>();
        actors.tellIfDue(user.nowNs(), told::add);
        user.transform("a\\b.txt", 100).create("a\\c.txt", 50).delete("a\\d.txt").denied("a\\e.txt");
        actors.tellIfDue(user.nowNs(), told::add);
        assertThat(told).isEmpty();
        actors.tellIfDue(user.pause(60).nowNs(), told::add);
        assertThat(told).hasSize(1);
        final FileActivity activity = told.get(0);
        assertThat(List.of(activity.accesses(), activity.reads(), activity.writes(), activity.creations(), activity.deletions(),
            activity.failures(), activity.readOctets(), activity.writeOctets())).containsExactly(4L, 1L, 2L, 1L, 1L, 1L, 100L, 150L);
        actors.tellIfDue(user.pause(60).nowNs(), told::add);
        assertThat(told).hasSize(1);
    }

    @Test
    void shouldWatchABoundedNumber() {
        for (int i = 0; i < FilesConfig.DEFAULT.actors() + 100; i++) {
            user.client("10.1." + i / 200 + "." + (i % 200 + 1)).read("a\\b", 1);
        }
        assertThat(counters.value(Counter.FILE_ACTORS_EVICTED)).isEqualTo(100);
    }

    private void repeat(final ObjIntConsumer<FileEvents> step) {
        for (int i = 0; i < FILES; i++) {
            step.accept(user, i);
        }
    }

    private Set<AlertKind> raised() {
        return taken().stream().map(Alert::kind).collect(Collectors.toSet());
    }

    private List<Alert> taken() {
        final List<Alert> found = new ArrayList<>();
        for (Alert alert = queue.poll(); alert != null; alert = queue.poll()) {
            found.add(alert);
        }
        return found;
    }
}
