package net.flowsonde.dpi.nfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.zip.CRC32;
import net.flowsonde.dpi.DpiFixture;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;

class Nfs3Test {
    private static final String USER = " user=1000@desk AUTH_SYS";
    private static final int SETATTR = 2;
    private static final int LOOKUP = 3;
    private static final int ACCESS = 4;
    private static final int READLINK = 5;
    private static final int READ = 6;
    private static final int WRITE = 7;
    private static final int CREATE = 8;
    private static final int MKDIR = 9;
    private static final int SYMLINK = 10;
    private static final int REMOVE = 12;
    private static final int RENAME = 14;
    private static final int LINK = 15;
    private static final int READDIRPLUS = 17;
    private static final int COMMIT = 21;
    private static final int ROOT = 1;
    private static final int FILE = 2;

    private final NfsLab lab = new NfsLab();

    private NfsLab lookup(final int directory, final String name, final int found) {
        return lab.exchange(3, LOOKUP, call -> call.handleOf(directory).text(name),
            reply -> reply.integer(0).handleOf(found).attributes3(100).integer(0));
    }

    private NfsLab read(final int user, final int octets) {
        return lab.exchangeAs(user, 3, READ, call -> call.handleOf(FILE).hyper(0).integer(4_096),
            reply -> reply.integer(0).attributes3(100).integer(octets).integer(1).opaque(new byte[octets]));
    }

    private NfsLab write(final int octets) {
        return lab.exchange(3, WRITE, call -> call.handleOf(FILE).hyper(0).integer(octets).integer(2).opaque(new byte[octets]),
            reply -> reply.integer(0).integer(0).attributes3(octets).integer(octets).integer(2).hyper(0));
    }

    private NfsLab create(final int status) {
        return lab.exchange(3, CREATE, call -> call.handleOf(ROOT).text("new").integer(0).noSettings3(), reply -> {
            reply.integer(status);
            if (status == 0) {
                reply.integer(1).handleOf(FILE).integer(0);
            }
            reply.noChange3();
        });
    }

    @Test
    void shouldTellWhatWasReadFromTheExportDown() {
        lab.mount("/export/home", ROOT);
        lookup(ROOT, "docs", 5);
        lookup(5, "plan.txt", FILE);
        read(1_000, 60);
        read(1_000, 40);
        assertThat(lab.close()).containsExactly("NFSv3 mount /export/home:/ status=0 ok" + USER,
            "NFSv3 read /export/home:/docs/plan.txt status=0 ok" + USER + " read=100/2 written=0/0");
    }

    @Test
    void shouldTellUserGroupAndSizes() {
        read(1_000, 60).reset().pass(60_000);
        final FileAccess access = lab.records().get(0);
        assertThat(access.sessionId()).isEqualTo((long) RpcWriter.GROUP << 32 | RpcWriter.USER);
        assertThat(access.sizeAtOpen()).isEqualTo(100);
        assertThat(access.sizeAtClose()).isEqualTo(100);
        assertThat(access.clientPort()).isEqualTo(700);
        assertThat(access.serverPort()).isEqualTo(2_049);
        assertThat(access.endNs()).isGreaterThan(access.startNs());
    }

    @Test
    void shouldNameAFileWithoutAWayUpByItsChecksum() {
        lookup(77, "plan.txt", FILE);
        read(1_000, 10);
        final CRC32 crc = new CRC32();
        crc.update(RpcWriter.handle(77));
        assertThat(lab.close()).containsExactly("NFSv3 read :<fh:" + String.format("%08x", crc.getValue()) + ">/plan.txt status=0 ok" + USER
            + " read=10/1 written=0/0 flags=midstream");
    }

    @Test
    void shouldPutWhatIsWrittenToANewFileIntoOneRecord() {
        lab.mount("/export", ROOT);
        create(0);
        write(70);
        write(30);
        assertThat(lab.close()).contains("NFSv3 create /export:/new status=0 ok" + USER + " read=0/0 written=100/2 flags=created");
    }

    @Test
    void shouldKeepNothingOfABulkTransfer() {
        lookup(ROOT, "iso", FILE);
        lab.hold();
        write(8 << 20);
        read(1_000, 8 << 20);
        lab.deliver();
        lab.hold();
        write(8 << 20);
        read(1_000, 8 << 20);
        final DpiFixture.Cost cost = lab.deliver();
        assertThat(cost.allocatedOctets()).isZero();
        assertThat(cost.mostHeldOctets()).isLessThanOrEqualTo(2_048);
        assertThat(lab.close()).singleElement().asString().contains(" read=16777216/2 written=16777216/2");
    }

    @Test
    void shouldEndAFileInSilenceAndSoonerAfterACommit() {
        lab.mount("/export", ROOT);
        create(0);
        write(70).lines();
        assertThat(lab.pass(9_000).lines()).isEmpty();
        assertThat(lab.pass(2_000).lines()).hasSize(1);
        write(30);
        lab.exchange(3, COMMIT, call -> call.handleOf(FILE).hyper(0).integer(0), reply -> reply.integer(0).noChange3().hyper(0));
        assertThat(lab.pass(500).lines()).isEmpty();
        assertThat(lab.pass(1_000).lines()).containsExactly(
            "NFSv3 write /export:/new status=0 ok" + USER + " read=0/0 written=30/1");
    }

    @Test
    void shouldKeepUsersApart() {
        lab.mount("/export", ROOT);
        lookup(ROOT, "file", FILE);
        read(1_000, 60);
        read(1_001, 40);
        assertThat(lab.close()).contains("NFSv3 read /export:/file status=0 ok" + USER + " read=60/1 written=0/0",
            "NFSv3 read /export:/file status=0 ok user=1001@desk AUTH_SYS read=40/1 written=0/0");
    }

    @Test
    void shouldFollowARename() {
        lab.mount("/export", ROOT);
        lookup(ROOT, "old", 5);
        lab.exchange(3, RENAME, call -> call.handleOf(ROOT).text("old").handleOf(ROOT).text("new"),
            reply -> reply.integer(0).noChange3().noChange3());
        lookup(5, "file", FILE);
        read(1_000, 10);
        assertThat(lab.close()).contains("NFSv3 rename /export:/old -> /new status=0 ok" + USER,
            "NFSv3 read /export:/new/file status=0 ok" + USER + " read=10/1 written=0/0");
    }

    @Test
    void shouldTellAFileWithTwoNamesByTheOneThatWasUsedLast() {
        lab.mount("/export", ROOT);
        lookup(ROOT, "first", FILE);
        lookup(ROOT, "second", FILE);
        lookup(ROOT, "first", FILE);
        read(1_000, 10);
        assertThat(lab.close()).contains("NFSv3 read /export:/first status=0 ok" + USER + " read=10/1 written=0/0");
    }

    @Test
    void shouldTellWhereASymbolicLinkLeads() {
        lab.mount("/export", ROOT);
        lookup(ROOT, "link", FILE);
        lab.exchange(3, READLINK, call -> call.handleOf(FILE), reply -> reply.integer(0).attributes3(4).text("../x"));
        lab.exchange(3, READLINK, call -> call.handleOf(FILE), reply -> reply.integer(13).integer(0));
        assertThat(lab.close()).contains("NFSv3 readlink /export:/link -> ../x status=0 ok" + USER,
            "NFSv3 readlink /export:/link status=13 denied" + USER);
    }

    @Test
    void shouldTellWhatWasWrittenBeforeARenameByTheOldName() {
        lab.mount("/export", ROOT);
        create(0);
        write(70);
        lab.exchange(3, RENAME, call -> call.handleOf(ROOT).text("new").handleOf(ROOT).text("final"),
            reply -> reply.integer(0).noChange3().noChange3());
        assertThat(lab.lines()).containsExactly("NFSv3 mount /export:/ status=0 ok" + USER,
            "NFSv3 create /export:/new status=0 ok" + USER + " read=0/0 written=70/1 flags=created",
            "NFSv3 rename /export:/new -> /final status=0 ok" + USER);
    }

    @Test
    void shouldTakeASillyRenameForTheRemovalThatItStandsFor() {
        lab.mount("/export", ROOT);
        lab.exchange(3, RENAME, call -> call.handleOf(ROOT).text("open").handleOf(ROOT).text(".nfs000000000041c0de00000001"),
            reply -> reply.integer(0).noChange3().noChange3());
        lab.exchange(3, REMOVE, call -> call.handleOf(ROOT).text(".nfs000000000041c0de00000001"), reply -> reply.integer(0).noChange3());
        assertThat(lab.close()).contains(
            "NFSv3 delete /export:/open -> /.nfs000000000041c0de00000001 status=0 ok" + USER + " flags=silly",
            "NFSv3 delete /export:/.nfs000000000041c0de00000001 status=0 ok" + USER + " flags=silly");
    }

    @Test
    void shouldTellEveryChangeOfTheTree() {
        lab.mount("/export", ROOT);
        lab.exchange(3, MKDIR, call -> call.handleOf(ROOT).text("d").noSettings3(),
            reply -> reply.integer(0).integer(1).handleOf(5).integer(0).noChange3());
        lab.exchange(3, SYMLINK, call -> call.handleOf(5).text("s").noSettings3().text("../target"),
            reply -> reply.integer(0).integer(0).integer(0).noChange3());
        lookup(ROOT, "file", FILE);
        lab.exchange(3, LINK, call -> call.handleOf(FILE).handleOf(5).text("hard"), reply -> reply.integer(0).integer(0).noChange3());
        lab.exchange(3, SETATTR, call -> call.handleOf(FILE).zeros(12).integer(1).hyper(5).zeros(8).integer(0),
            reply -> reply.integer(0).noChange3());
        lab.exchange(3, SETATTR, call -> call.handleOf(FILE).integer(1).integer(0644).zeros(20).integer(0),
            reply -> reply.integer(0).noChange3());
        assertThat(lab.close()).contains("NFSv3 mkdir /export:/d status=0 ok" + USER + " flags=directory",
            "NFSv3 symlink /export:/d/s -> ../target status=0 ok" + USER, "NFSv3 link /export:/file -> /d/hard status=0 ok" + USER,
            "NFSv3 truncate /export:/file status=0 ok" + USER, "NFSv3 set-attributes /export:/file status=0 ok" + USER);
    }

    @Test
    void shouldTellWhatWasRefused() {
        lab.mount("/export", ROOT);
        create(13);
        create(28);
        lookup(ROOT, "file", FILE);
        lab.exchange(3, ACCESS, call -> call.handleOf(FILE).integer(1), reply -> reply.integer(0).integer(0).integer(0));
        lab.exchange(3, READ, call -> call.handleOf(FILE).hyper(0).integer(10), reply -> reply.integer(70).integer(0));
        assertThat(lab.close()).contains("NFSv3 create /export:/new status=13 denied" + USER,
            "NFSv3 create /export:/new status=28 failed" + USER, "NFSv3 access /export:/file status=0 denied" + USER,
            "NFSv3 read /export:/file status=70 not-found" + USER);
    }

    @Test
    void shouldSayNothingOfANameThatIsNotThereOrOfAServerThatAsksToTryLater() {
        lab.exchange(3, LOOKUP, call -> call.handleOf(ROOT).text("x"), reply -> reply.integer(2).integer(0));
        create(10_008);
        assertThat(lab.close()).isEmpty();
        assertThat(lab.count(Counter.NFS_LOOKUPS_IN_VAIN)).isEqualTo(1);
    }

    @Test
    void shouldLearnNamesFromALongDirectoryAndTellOneRecord() {
        lab.mount("/export", ROOT);
        for (int part = 0; part < 2; part++) {
            final int first = 10 + part * 1_000;
            final int isLast = part;
            lab.exchange(3, READDIRPLUS, call -> call.handleOf(ROOT).hyper(0).hyper(0).integer(500).integer(500), reply -> {
                reply.integer(0).integer(0).hyper(0);
                for (int entry = first; entry < first + 1_000; entry++) {
                    reply.integer(1).hyper(entry).text("entry" + entry).hyper(entry).attributes3(9).integer(1).handleOf(entry);
                }
                reply.integer(0).integer(isLast);
            });
        }
        lab.exchange(3, READ, call -> call.handleOf(1_500).hyper(0).integer(10),
            reply -> reply.integer(0).integer(0).integer(10).integer(1).opaque(new byte[10]));
        assertThat(lab.close()).contains("NFSv3 list /export:/ status=0 ok" + USER + " read=0/2 written=0/0 flags=directory",
            "NFSv3 read /export:/entry1500 status=0 ok" + USER + " read=10/1 written=0/0");
    }

    @Test
    void shouldKeepTheNameByWhichAFileWasFoundWhenAListingTellsAnother() {
        lab.mount("/export", ROOT);
        lookup(ROOT, "first", FILE);
        lab.exchange(3, READDIRPLUS, call -> call.handleOf(ROOT).hyper(0).hyper(0).integer(500).integer(500),
            reply -> reply.integer(0).integer(0).hyper(0).integer(1).hyper(5).text("second").hyper(1).integer(0).integer(1).handleOf(FILE)
                .integer(0).integer(1));
        read(1_000, 10);
        assertThat(lab.close()).contains("NFSv3 read /export:/first status=0 ok" + USER + " read=10/1 written=0/0");
    }

    @Test
    void shouldCountACallOnceThatIsRepeatedBeforeAndAfterItsReply() {
        lab.mount("/export", ROOT);
        final int xid = lab.nextXid();
        final byte[] call = RpcWriter.call(xid, RpcWriter.NFS, 3, REMOVE, arguments -> arguments.handleOf(ROOT).text("gone"));
        final byte[] reply = RpcWriter.reply(xid, results -> results.integer(0).noChange3());
        lab.datagram(true, call).datagram(true, call).datagram(false, reply).datagram(false, reply).datagram(true, call)
            .datagram(false, reply);
        assertThat(lab.close()).filteredOn(line -> line.contains("delete"))
            .containsExactly("NFSv3 delete /export:/gone status=0 ok" + USER + " flags=duplicate");
        assertThat(lab.count(Counter.NFS_CALLS_REPEATED)).isEqualTo(2);
    }

    @Test
    void shouldTellTheRefusalOfThisUserByTheServer() {
        lab.mount("/export", ROOT);
        final int xid = lab.nextXid();
        lab.send(true, RpcWriter.record(RpcWriter.call(xid, RpcWriter.NFS, 3, MKDIR,
            call -> call.handleOf(ROOT).text("d").noSettings3())), 2_000);
        lab.send(false, RpcWriter.record(new RpcWriter().integer(xid).integer(1).integer(1).integer(1).integer(5).octets()), 2_000);
        lab.send(false, RpcWriter.record(RpcWriter.reply(1, results -> results.integer(0))), 2_000);
        assertThat(lab.close()).contains("NFSv3 mkdir /export:/d status=65541 denied" + USER + " flags=directory");
    }

    @Test
    void shouldShareNamesBetweenQueues() {
        final HandleNames names = new HandleNames(1_024);
        final NfsLab one = new NfsLab(names, 700);
        one.mount("/export", ROOT);
        final NfsLab two = new NfsLab(names, 900);
        two.exchange(3, LOOKUP, call -> call.handleOf(ROOT).text("file"), reply -> reply.integer(0).handleOf(FILE).integer(0).integer(0));
        two.exchange(3, READ, call -> call.handleOf(FILE).hyper(0).integer(10),
            reply -> reply.integer(0).integer(0).integer(10).integer(1).opaque(new byte[10]));
        assertThat(two.close()).containsExactly("NFSv3 read /export:/file status=0 ok" + USER + " read=10/1 written=0/0");
    }

    @Test
    void shouldEndTheOldestFileWhenThereAreTooMany() {
        final NfsLab small = new NfsLab(new HandleNames(1_024), 16, 2, 700);
        for (final int handle : List.of(10, 11, 12)) {
            small.exchange(3, READ, call -> call.handleOf(handle).hyper(0).integer(10),
                reply -> reply.integer(0).integer(0).integer(10).integer(1).opaque(new byte[10]));
        }
        assertThat(small.lines()).hasSize(1);
        assertThat(small.count(Counter.NFS_FILES_EVICTED)).isEqualTo(1);
        assertThat(small.close()).hasSize(2);
    }

    /** What was only to be read makes no record of its own; what was to be changed may have been. */
    @Test
    void shouldTellAChangeWhoseReplyWasNotSeen() {
        lab.mount("/export", ROOT);
        lab.send(true, RpcWriter.record(RpcWriter.call(lab.nextXid(), RpcWriter.NFS, 3, REMOVE, call -> call.handleOf(ROOT).text("f"))), 2_000);
        lab.send(true, RpcWriter.record(RpcWriter.call(lab.nextXid(), RpcWriter.NFS, 3, LOOKUP, call -> call.handleOf(ROOT).text("g"))), 2_000);
        lab.send(true, RpcWriter.record(RpcWriter.call(lab.nextXid(), RpcWriter.NFS, 3, READ,
            call -> call.handleOf(FILE).hyper(0).integer(10))), 2_000);
        lab.lines();
        assertThat(lab.pass(119_000).lines()).isEmpty();
        assertThat(lab.pass(2_000).lines()).containsExactly("NFSv3 delete /export:/f status=0 unknown" + USER + " flags=unfinished");
        assertThat(lab.count(Counter.NFS_CALLS_UNANSWERED)).isEqualTo(3);
    }

    @Test
    void shouldMarkAFileThatLivedThroughAHole() {
        lookup(ROOT, "f", FILE);
        read(1_000, 60).lose(false, 500);
        lookup(ROOT, "f", 7);
        read(1_000, 40).pass(60_000);
        lookup(ROOT, "f", 3);
        read(1_000, 30);
        assertThat(lab.close()).satisfiesExactly(line -> assertThat(line).contains("read=100/2").endsWith("flags=midstream+gap"),
            line -> assertThat(line).contains("read=30/1").endsWith("flags=midstream"));
    }

    @Test
    void shouldForgetTheOldestCallWhenTooManyWait() {
        final NfsLab small = new NfsLab(new HandleNames(1_024), 4, 16, 700);
        for (int i = 0; i < 6; i++) {
            small.send(true, RpcWriter.record(RpcWriter.call(small.nextXid(), RpcWriter.NFS, 3, READ,
                call -> call.handleOf(FILE).hyper(0).integer(10))), 2_000);
        }
        assertThat(small.pass(1).count(Counter.NFS_CALLS_PENDING)).isEqualTo(4);
        assertThat(small.count(Counter.NFS_CALLS_EVICTED)).isEqualTo(2);
        assertThat(small.pass(121_000).count(Counter.NFS_CALLS_PENDING)).isZero();
        assertThat(small.count(Counter.NFS_CALLS_UNANSWERED)).isEqualTo(4);
    }
}
