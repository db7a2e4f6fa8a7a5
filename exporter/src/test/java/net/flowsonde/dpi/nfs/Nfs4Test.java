package net.flowsonde.dpi.nfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.flowsonde.dpi.DpiFixture;
import org.junit.jupiter.api.Test;

class Nfs4Test extends Nfs4Talk {
    private static final int BULK = 8 << 20;
    private static final String USER = " user=1000@desk AUTH_SYS";

    Nfs4Test() {
        super(new NfsLab());
    }

    @Test
    void shouldMakeOneRecordFromOpenToClose() {
        root().lookup("share").lookup("docs").open("plan.txt", 5, false, 1, 1).handle(40).send(0);
        file(40).read(5, 1_001).send(0);
        file(40).read(5, 99).op(GETATTR, call -> call.integer(1).integer(16), reply -> reply.integer(1).integer(16)
            .opaque(new RpcWriter().hyper(1_100).octets())).send(0);
        file(40).close(5).send(0);
        final var access = lab.records();
        assertThat(access.stream().map(AccessText::of)).containsExactly(
            "NFSv4.0 read :/share/docs/plan.txt status=0 ok" + USER + " read=1100/2 written=0/0");
        assertThat(access.get(0).sizeAtClose()).isEqualTo(1_100);
        assertThat(lab.close()).isEmpty();
    }

    @Test
    void shouldDoEverythingInOneCompoundWithTheStateThatItMade() {
        sequence(1).root().open("x", 5, true, 1, 2).handle(40).write(0, 50).read(0, 20)
            .op(CLOSE, call -> call.integer(0).integer(1).zeros(12), reply -> reply.state(2, 5)).send(1);
        assertThat(lab.lines()).containsExactly(
            "NFSv4.1 create :/x status=0 ok" + USER + " read=20/1 written=50/1 flags=created");
    }

    @Test
    void shouldTellAnOpenThatMadeNothingNewFromOneThatDid() {
        root().open("old", 5, true, 7, 7).handle(40).send(0);
        file(40).close(5).send(0);
        assertThat(lab.lines()).containsExactly("NFSv4.0 open :/old status=0 ok" + USER);
    }

    /** What is not there at once is the head of a message that segments have cut, in the smallest block. */
    @Test
    void shouldKeepNothingOfABulkTransfer() {
        root().open("iso", 5, true, 1, 2).handle(40).send(1);
        lab.hold();
        file(40).write(5, BULK).send(1);
        file(40).read(5, BULK).send(1);
        lab.deliver();
        lab.hold();
        file(40).write(5, BULK).send(1);
        file(40).read(5, BULK).send(1);
        final DpiFixture.Cost cost = lab.deliver();
        assertThat(cost.allocatedOctets()).isZero();
        assertThat(cost.mostHeldOctets()).isLessThanOrEqualTo(2_048);
        file(40).close(5).send(1);
        assertThat(lab.lines()).containsExactly(
            "NFSv4.1 create :/iso status=0 ok" + USER + " read=" + 2 * BULK + "/2 written=" + 2 * BULK + "/2 flags=created");
    }

    @Test
    void shouldStopWhereTheReplyStops() {
        root().lookup("share").fails(OPEN, 13, call -> call.integer(0).integer(1).integer(0).hyper(1).text("o").integer(0).integer(0)
            .text("secret")).never(GETFH, call -> { }).never(READ, call -> call.state(0, 0).hyper(0).integer(10)).send(0);
        assertThat(lab.close()).containsExactly("NFSv4.0 open :/share/secret status=13 denied" + USER);
    }

    @Test
    void shouldTellEveryChangeOfTheTree() {
        sequence(1).root().op(CREATE, call -> call.integer(2).text("d").noAttributes4(), reply -> reply.change(1, 2).integer(0))
            .handle(41).send(2);
        sequence(2).file(41).op(CREATE, call -> call.integer(5).text("../t").text("s").noAttributes4(),
            reply -> reply.change(1, 2).integer(0)).send(2);
        sequence(3).file(41).op(SAVEFH, call -> { }, reply -> { }).root()
            .op(RENAME, call -> call.text("s").text("z"), reply -> reply.change(1, 2).change(1, 2)).send(2);
        sequence(4).root().op(REMOVE, call -> call.text("z"), reply -> reply.change(1, 2)).send(2);
        sequence(5).file(41).op(SAVEFH, call -> { }, reply -> { }).root().op(LINK, call -> call.text("hard"),
            reply -> reply.change(1, 2)).send(2);
        sequence(6).file(41).op(SETATTR, call -> call.state(0, 0).integer(1).integer(16).opaque(new byte[8]),
            reply -> reply.integer(0)).send(2);
        assertThat(lab.close()).containsExactly("NFSv4.2 mkdir :/d status=0 ok" + USER + " flags=directory",
            "NFSv4.2 symlink :/d/s -> ../t status=0 ok" + USER, "NFSv4.2 rename :/d/s -> /z status=0 ok" + USER,
            "NFSv4.2 delete :/z status=0 ok" + USER, "NFSv4.2 link :/d -> /hard status=0 ok" + USER,
            "NFSv4.2 truncate :/d status=0 ok" + USER);
    }

    @Test
    void shouldTellTheRemovalOfADirectoryAsSuchWhereAttributesToldThatItIsOne() {
        root().lookup("d").handle(41).op(GETATTR, call -> call.integer(1).integer(2),
            reply -> reply.integer(1).integer(2).opaque(new RpcWriter().integer(2).octets())).send(0);
        root().op(REMOVE, call -> call.text("d"), reply -> reply.change(1, 2)).send(0);
        assertThat(lab.close()).containsExactly("NFSv4.0 rmdir :/d status=0 ok" + USER + " flags=directory");
    }

    @Test
    void shouldTakeAChangeOfFileSystemForTheEndOfTheExport() {
        root().op(GETATTR, call -> call.integer(1).integer(FILE_SYSTEM), reply -> fileSystem(reply, 1)).lookup("vol1").handle(50)
            .op(GETATTR, call -> call.integer(1).integer(FILE_SYSTEM), reply -> fileSystem(reply, 2)).lookup("dir").handle(51)
            .op(GETATTR, call -> call.integer(1).integer(FILE_SYSTEM), reply -> fileSystem(reply, 2)).send(0);
        file(51).op(REMOVE, call -> call.text("f"), reply -> reply.change(1, 2)).send(0);
        assertThat(lab.close()).containsExactly("NFSv4.0 delete /vol1:/dir/f status=0 ok" + USER);
    }

    private static void fileSystem(final RpcWriter reply, final int number) {
        reply.integer(1).integer(FILE_SYSTEM).opaque(new RpcWriter().hyper(number).hyper(0).octets());
    }

    @Test
    void shouldCountReadsUnderADelegationOnTheOpenThatCameWithIt() {
        root().op(OPEN, call -> call.integer(0).integer(1).integer(0).hyper(1).text("o").integer(0).integer(0).text("f"),
            reply -> reply.state(1, 5).change(1, 1).integer(0).integer(0).integer(1).state(1, 77).integer(0).integer(0).integer(0).integer(0)
                .text("EVERYONE@")).handle(40).send(0);
        file(90).read(77, 60).send(0);
        file(40).close(5).send(0);
        assertThat(lab.lines()).containsExactly("NFSv4.0 read :/f status=0 ok" + USER + " read=60/1 written=0/0");
    }

    @Test
    void shouldTellTheServersCopyAndReadsWithHoles() {
        root().lookup("a").op(SAVEFH, call -> { }, reply -> { }).root().lookup("b").op(COPY,
            call -> call.state(0, 5).state(0, 6).zeros(24).integer(1).integer(1).integer(0),
            reply -> reply.integer(0).hyper(5_000).integer(2).hyper(0).integer(1).integer(1)).send(2);
        root().lookup("a").op(READ_PLUS, call -> call.state(0, 5).hyper(0).integer(100), reply -> reply.integer(1).integer(3).integer(0)
            .hyper(0).opaque(new byte[33]).integer(1).hyper(33).hyper(40).integer(0).hyper(73).opaque(new byte[2]))
            .op(ACCESS, call -> call.integer(1), reply -> reply.integer(1).integer(0)).send(2);
        assertThat(lab.close()).containsExactlyInAnyOrder("NFSv4.2 copy :/a -> /b status=0 ok" + USER + " read=0/0 written=5000/1",
            "NFSv4.2 access :/a status=0 denied" + USER, "NFSv4.2 read :/a status=0 ok" + USER + " read=35/1 written=0/0");
    }

    /** That it is one was told when it was made, before its handle was, or by its being listed. */
    @Test
    void shouldKnowADirectoryWhenItIsRemoved() {
        root().op(CREATE, call -> call.integer(2).text("made").noAttributes4(), reply -> reply.change(1, 2).integer(0)).handle(50).send(1);
        root().lookup("listed").op(26, call -> call.zeros(16).integer(100).integer(100).noAttributes4(),
            reply -> reply.zeros(8).integer(0).integer(1)).send(1);
        for (final String name : List.of("made", "listed", "file")) {
            root().op(REMOVE, call -> call.text(name), reply -> reply.change(1, 2)).send(1);
        }
        assertThat(lab.lines().stream().filter(line -> line.matches(".* (rmdir|delete) .*"))).containsExactly(
            "NFSv4.1 rmdir :/made status=0 ok" + USER + " flags=directory", "NFSv4.1 rmdir :/listed status=0 ok" + USER + " flags=directory",
            "NFSv4.1 delete :/file status=0 ok" + USER);
    }

    @Test
    void shouldTellWhereASymbolicLinkLeads() {
        root().lookup("s").op(READLINK, call -> { }, reply -> reply.text("b")).send(1);
        assertThat(lab.close()).containsExactly("NFSv4.1 readlink :/s -> b status=0 ok" + USER);
    }

    @Test
    void shouldCountAnExecutionOnceThatIsAskedForAgainUnderAnotherXid() {
        for (int i = 0; i < 2; i++) {
            sequence(9).root().op(REMOVE, call -> call.text("once"), reply -> reply.change(1, 2)).send(1);
        }
        assertThat(lab.close()).containsExactly("NFSv4.1 delete :/once status=0 ok" + USER);
    }

    /** Of an open whose connection was lost, a client that comes back within 90 seconds still has the use (RFC 8881, 2.10 and 8.3). */
    @Test
    void shouldGiveUpAnOpenWhoseClientDoesNotComeBack() {
        root().open("f", 5, false, 1, 1).handle(40).send(0);
        lab.reset().pass(60_000);
        assertThat(lab.lines()).isEmpty();
        lab.pass(31_000);
        assertThat(lab.lines()).containsExactly("NFSv4.0 open :/f status=0 ok" + USER + " flags=unfinished");
    }

    /** A state identifier of zeros stands for no open, and must not be kept as if it did. */
    @Test
    void shouldNotTakeZerosForTheStateOfAnOpen() {
        for (int i = 0; i < 3; i++) {
            root().open("f", 0, false, 1, 1).handle(40).send(0);
            lab.pass(11_000);
        }
        lab.reset().pass(60_000);
        assertThat(lab.lines()).hasSize(3).allMatch(line -> line.equals("NFSv4.0 open :/f status=0 ok" + USER));
    }

    @Test
    void shouldNotDropACloseWhoseOpenWasNotSeen() {
        file(40).close(5).send(0);
        assertThat(lab.lines()).singleElement().asString().startsWith("NFSv4.0 open :<fh:").endsWith("flags=midstream");
    }
}
