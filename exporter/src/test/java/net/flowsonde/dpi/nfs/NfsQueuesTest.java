package net.flowsonde.dpi.nfs;

import static org.assertj.core.api.Assertions.assertThat;

import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;

/** Connections of one client that different queues see (session trunking, nconnect, a reconnect): a file is told once, with all of it. */
class NfsQueuesTest {
    private static final String USER = " user=1000@desk AUTH_SYS";
    private static final int READ_3 = 6;
    private static final int WRITE_3 = 7;
    private static final int CREATE_3 = 8;
    private static final int READDIR = 26;
    private static final int REMOVE = 28;

    private final HandleNames names = new HandleNames(1 << 10);
    private final NfsPeers peers = new NfsPeers(2);
    private final Nfs4Talk one = new Nfs4Talk(new NfsLab(names, peers, 700));
    private final Nfs4Talk two = new Nfs4Talk(new NfsLab(names, peers, 701));

    /** Both queues see a connection of the client. */
    private NfsQueuesTest connected() {
        one.file(1).send(1);
        two.file(1).send(1);
        return this;
    }

    private static void readdir(final Nfs4Talk queue, final boolean isEnd) {
        queue.file(30).op(READDIR, call -> call.zeros(16).integer(100).integer(100).noAttributes4(),
            reply -> reply.zeros(8).integer(0).integer(isEnd ? 1 : 0)).send(1);
    }

    @Test
    void shouldTellOfAFileOnceThatTwoQueuesReadFrom() {
        connected();
        one.root().open("big", 5, false, 1, 1).handle(40).send(1);
        one.file(40).read(5, 1_000).send(1);
        two.file(40).read(5, 500).send(1);
        two.file(40).write(5, 20).send(1);
        two.file(40).close(5).send(1);
        assertThat(one.lab.pass(100).lines()).isEmpty();
        assertThat(one.lab.pass(3_000).lines()).containsExactly(
            "NFSv4.1 write :/big status=0 ok" + USER + " read=1500/2 written=20/1");
        assertThat(two.lab.pass(30_000).close()).isEmpty();
        assertThat(two.lab.count(Counter.NFS_USES_PASSED)).isEqualTo(3);
        assertThat(one.lab.count(Counter.NFS_FILES_OPEN)).isZero();
    }

    /** The queue that saw the opening is behind the one that saw the reading and the closing. */
    @Test
    void shouldTellOfAFileOnceWhoseOpeningComesLast() {
        connected();
        two.file(40).read(5, 1_000).send(1);
        two.file(40).close(5).send(1);
        one.root().open("late", 5, true, 1, 2).handle(40).send(1);
        assertThat(one.lab.pass(3_000).lines()).isEmpty();
        assertThat(two.lab.pass(3_000).lines()).singleElement().asString()
            .startsWith("NFSv4.1 create ").contains(USER + " read=1000/1 ").endsWith("flags=created");
        assertThat(one.lab.pass(100_000).close()).isEmpty();
    }

    /** The queue that saw the reading is behind the one that saw the rest. */
    @Test
    void shouldTellOfAFileOnceWhoseReadingComesAfterItsClosing() {
        connected();
        one.root().open("quick", 5, false, 1, 1).handle(40).send(1);
        one.file(40).close(5).send(1);
        two.file(40).read(5, 1_000).send(1);
        assertThat(one.lab.pass(3_000).lines()).containsExactly("NFSv4.1 read :/quick status=0 ok" + USER + " read=1000/1 written=0/0");
        assertThat(two.lab.pass(100_000).close()).isEmpty();
    }

    @Test
    void shouldGoOnWithAnOpenWhoseConnectionWasMadeAnewOnAnotherQueue() {
        one.root().open("kept", 5, false, 1, 1).handle(40).send(0);
        one.file(40).read(5, 10).send(0);
        one.lab.reset().pass(20_000);
        two.file(40).read(5, 5).send(0);
        two.file(40).close(5).send(0);
        assertThat(one.lab.pass(3_000).lines()).containsExactly(
            "NFSv4.0 read :/kept status=0 ok" + USER + " read=15/2 written=0/0 flags=reconnected");
        assertThat(two.lab.pass(30_000).close()).isEmpty();
    }

    @Test
    void shouldKnowAnOpenByItsDelegationOnAnotherQueue() {
        one.root().op(18, call -> call.integer(0).integer(1).integer(0).hyper(1).text("o").integer(0).integer(0).text("lent"),
            reply -> reply.state(1, 5).change(1, 1).integer(0).integer(0).integer(1).state(1, 77).integer(0).integer(0).integer(0).integer(0)
                .text("EVERYONE@")).handle(40).send(1);
        two.file(40).read(77, 60).send(1);
        one.file(40).close(5).send(1);
        assertThat(one.lab.pass(3_000).lines()).containsExactly("NFSv4.1 read :/lent status=0 ok" + USER + " read=60/1 written=0/0");
        assertThat(two.lab.close()).isEmpty();
    }

    /** The state identifier of a lock is none that an open was given. */
    @Test
    void shouldKnowAnOpenByItsHandleOnAnotherQueue() {
        connected();
        one.root().open("locked", 5, false, 1, 1).handle(40).send(1);
        two.file(40).read(99, 60).send(1);
        one.file(40).close(5).send(1);
        assertThat(one.lab.pass(3_000).lines()).containsExactly("NFSv4.1 read :/locked status=0 ok" + USER + " read=60/1 written=0/0");
        assertThat(two.lab.pass(30_000).close()).isEmpty();
    }

    @Test
    void shouldTellOfAListingOnceWhosePartsTwoQueuesSee() {
        connected();
        readdir(one, false);
        readdir(two, false);
        readdir(two, true);
        assertThat(one.lab.pass(1).lines()).singleElement().asString().startsWith("NFSv4.1 list ").contains("read=0/3");
        assertThat(two.lab.pass(30_000).close()).isEmpty();
    }

    @Test
    void shouldTellOfAFileOfVersion3OnceThatTwoQueuesWriteTo() {
        connected();
        one.lab.exchange(3, CREATE_3, call -> call.handleOf(30).text("new").integer(0).noSettings3(),
            reply -> reply.integer(0).integer(1).handleOf(40).integer(0).noChange3());
        two.lab.exchange(3, WRITE_3, call -> call.handleOf(40).hyper(0).integer(70).integer(2).opaque(new byte[70]),
            reply -> reply.integer(0).integer(0).attributes3(70).integer(70).integer(2).hyper(0));
        two.lab.exchange(3, READ_3, call -> call.handleOf(40).hyper(0).integer(70),
            reply -> reply.integer(0).attributes3(70).integer(70).integer(1).opaque(new byte[70]));
        final var access = one.lab.pass(20_000).records();
        assertThat(access.stream().map(AccessText::of)).singleElement().asString().startsWith("NFSv3 create ")
            .contains("/new status=0 ok" + USER + " read=70/1 written=70/1").endsWith("flags=midstream+created");
        assertThat(access.get(0).sizeAtClose()).isEqualTo(70);
        assertThat(two.lab.pass(30_000).close()).isEmpty();
    }

    /** Another user's reads of the same file are his own. */
    @Test
    void shouldKeepApartWhatDifferentUsersDo() {
        connected();
        one.root().open("mine", 5, false, 1, 1).handle(40).send(1);
        two.lab.exchangeAs(1_001, 3, READ_3, call -> call.handleOf(40).hyper(0).integer(70),
            reply -> reply.integer(0).attributes3(70).integer(70).integer(1).opaque(new byte[70]));
        one.file(40).close(5).send(1);
        assertThat(one.lab.pass(3_000).lines()).containsExactly("NFSv4.1 open :/mine status=0 ok" + USER);
        assertThat(two.lab.pass(30_000).close()).containsExactly(
            "NFSv3 read :/mine status=0 ok user=1001@desk AUTH_SYS read=70/1 written=0/0");
    }

    @Test
    void shouldCountAnExecutionOnceThatIsAskedForAgainOverAConnectionOfAnotherQueue() {
        one.sequence(9).root().op(REMOVE, call -> call.text("once"), reply -> reply.change(1, 2)).send(1);
        two.sequence(9).root().op(REMOVE, call -> call.text("once"), reply -> reply.change(1, 2)).send(1);
        assertThat(one.lab.close()).containsExactly("NFSv4.1 delete :/once status=0 ok" + USER);
        assertThat(two.lab.close()).isEmpty();
        assertThat(two.lab.count(Counter.NFS_CALLS_REPEATED)).isEqualTo(1);
    }

    /** A client with one connection waits for nobody. */
    @Test
    void shouldTellAtOnceWhatOnlyOneQueueSees() {
        one.root().open("f", 5, false, 1, 1).handle(40).send(1);
        one.file(40).close(5).send(1);
        assertThat(one.lab.lines()).containsExactly("NFSv4.1 open :/f status=0 ok" + USER);
    }

    /** What the keeper of a file has not taken in because it stands still is counted. */
    @Test
    void shouldCountWhatAnotherQueueHasNoRoomFor() {
        connected();
        one.root().open("big", 5, false, 1, 1).handle(40).send(1);
        for (int i = 0; i < 10_000; i++) {
            two.file(40).read(5, 4).send(1);
        }
        final long passed = two.lab.count(Counter.NFS_USES_PASSED);
        assertThat(passed).isPositive();
        assertThat(two.lab.count(Counter.NFS_USES_PASSED_DROPPED)).isEqualTo(10_000 - passed).isPositive();
        one.file(40).close(5).send(1);
        assertThat(one.lab.pass(3_000).close()).containsExactly(
            "NFSv4.1 read :/big status=0 ok" + USER + " read=" + 4 * passed + "/" + passed + " written=0/0");
    }
}
