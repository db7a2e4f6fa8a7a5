package net.flowsonde.dpi.smb;

import static net.flowsonde.dpi.smb.Smb2Messages.SESSION;
import static net.flowsonde.dpi.smb.Smb2Messages.context;
import static org.assertj.core.api.Assertions.assertThat;

import net.flowsonde.dpi.smb.SmbTalk.Connection;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;

/** Connections of one user that different queues see: what was done is told once, with all that is known of it. */
class SmbQueuesTest {
    private static final String WHO = " LAB\\anna@PC7(NTLM) share=[\\\\srv\\data] ";
    private static final byte[] TOKEN = SmbBytes.ntlm("LAB", "anna", "PC7");
    private static final int OPENED = 1;

    private final SmbPeers peers = new SmbPeers(2);
    private final SmbTalk one = new SmbTalk(peers);
    private final SmbTalk two = new SmbTalk(peers);
    private final Smb2Messages smb = new Smb2Messages().session(SESSION);

    private Connection anna(final SmbTalk queue, final int port) {
        final Connection connection = queue.connection(port);
        connection.response(smb.negotiated(0x0311));
        connection.exchange(smb.message(1).setup(TOKEN), smb.isSetUp(0));
        connection.exchange(smb.message(2).connect("\\\\srv\\data"), smb.connected(1));
        queue.lines();
        return connection;
    }

    private Connection bound(final SmbTalk queue, final int port) {
        final Connection connection = queue.connection(port);
        connection.response(smb.negotiated(0x0311));
        connection.exchange(smb.message(1).binding(TOKEN), smb.isSetUp(0));
        return connection;
    }

    @Test
    void shouldTellOfAFileOnceThatTwoQueuesReadFrom() {
        final Connection first = anna(one, 1);
        final Connection second = bound(two, 2);
        first.exchange(smb.message(4).create("big", OPENED, 0), smb.created(OPENED, 2_000, false, 7, 8));
        first.exchange(smb.message(5).read(1_000, 7, 8), smb.isRead(1_000));
        second.exchange(smb.message(2).read(1_000, 7, 8), smb.isRead(1_000));
        second.exchange(smb.message(3).close(7, 8), smb.closed(2_000));
        assertThat(one.pass(100).lines()).isEmpty();
        assertThat(one.pass(3_000).lines()).containsExactly("SMB3.1.1 read ok" + WHO + "path=[big] read=2000/2 size=2000/2000");
        assertThat(two.pass(3_000).end().lines()).isEmpty();
        assertThat(two.count(Counter.SMB_MESSAGES_PASSED)).isEqualTo(6);
        assertThat(one.count(Counter.SMB_FILES_OPEN)).isZero();
    }

    /** The queue that saw the opening is behind the one that saw the reading and the closing. */
    @Test
    void shouldTellOfAFileOnceWhoseOpeningComesLast() {
        final Connection first = anna(one, 1);
        final Connection second = bound(two, 2);
        second.exchange(smb.message(4).read(1_000, 7, 8), smb.isRead(1_000));
        second.exchange(smb.message(5).close(7, 8), smb.closed(1_000));
        one.pass(1);
        first.exchange(smb.message(4).create("late", OPENED, 0), smb.created(OPENED, 1_000, false, 7, 8));
        assertThat(one.pass(3_000).lines()).containsExactly("SMB3.1.1 read ok" + WHO + "path=[late] read=1000/1 size=1000/1000");
    }

    @Test
    void shouldTellOfAFileOnceThatWasOpenedOnTheOtherQueue() {
        final Connection first = anna(one, 1);
        final Connection second = bound(two, 2);
        second.exchange(smb.message(4).create("far", OPENED, 0), smb.created(OPENED, 500, false, 7, 8));
        first.exchange(smb.message(4).write(500, 7, 8), smb.written(500));
        first.exchange(smb.message(5).close(7, 8), smb.closed(500));
        assertThat(one.pass(3_000).lines()).containsExactly("SMB3.1.1 write ok" + WHO + "path=[far] written=500/1 size=500/500");
        assertThat(two.end().lines()).isEmpty();
    }

    @Test
    void shouldKnowUserAndShareWhenTheUserLogsOffBeforeAllIsTold() {
        final Connection first = anna(one, 1);
        final Connection second = bound(two, 2);
        first.exchange(smb.message(4).create("a", OPENED, 0), smb.created(OPENED, 9, false, 7, 8));
        first.exchange(smb.message(5).close(7, 8), smb.closed(9));
        first.exchange(smb.message(6).request(Smb2Header.TREE_DISCONNECT, new byte[4]), smb.response(Smb2Header.TREE_DISCONNECT, new byte[4]));
        first.exchange(smb.message(7).request(Smb2Header.LOGOFF, new byte[4]), smb.response(Smb2Header.LOGOFF, new byte[4]));
        second.reset();
        assertThat(one.pass(3_000).lines()).contains("SMB3.1.1 open ok" + WHO + "path=[a] size=9/9");
        one.pass(5_000);
        assertThat(one.count(Counter.SMB_SESSIONS)).isZero();
    }

    @Test
    void shouldTellEncryptedTrafficOfASecondQueueWithItsUser() {
        anna(one, 1);
        final Connection second = bound(two, 2);
        final byte[] hidden = new SmbBytes().octet(0xFD).ascii("SMB").zeros(32).number32(100).number32(0x1_0000).number64(SESSION)
            .zeros(100).toBytes();
        second.exchange(hidden, hidden);
        second.reset();
        two.pass(20_000);
        assertThat(one.pass(1).lines()).containsExactly(
            "SMB3.1.1 encrypted unknown LAB\\anna@PC7(NTLM) share=[] path=[] read=152/1 written=152/1 encrypted");
    }

    @Test
    void shouldGoOnWithADurableHandleThatIsTakenUpOnAnotherQueue() {
        final Connection first = anna(one, 1);
        first.exchange(smb.message(4).create("doc", OPENED, 0, context("DHnQ", new byte[16])), smb.createdDurable(OPENED, 10, 7, 8));
        first.exchange(smb.message(5).write(10, 7, 8), smb.written(10));
        first.reset();
        one.pass(20_000);
        final Connection second = two.connection(2);
        second.response(smb.negotiated(0x0311));
        final byte[] logon = new Smb2Messages().message(1).setupAfter(SESSION, TOKEN);
        smb.session(SESSION + 1);
        second.exchange(logon, smb.message(1).isSetUp(0));
        second.exchange(smb.message(2).connect("\\\\srv\\data"), smb.connected(1));
        second.exchange(smb.message(4).create("doc", OPENED, 0, context("DHnC", new SmbBytes().number64(7).number64(8).toBytes())),
            smb.created(OPENED, 10, false, 7, 9));
        second.exchange(smb.message(5).write(5, 7, 9), smb.written(5));
        second.exchange(smb.message(6).close(7, 9), smb.closed(15));
        assertThat(one.pass(3_000).lines()).contains("SMB3.1.1 write ok" + WHO + "path=[doc] written=15/2 size=10/15 reconnected");
        assertThat(two.pass(3_000).end().lines()).isEmpty();
    }

    @Test
    void shouldKeepApartWhatDifferentUsersDo() {
        final Connection first = anna(one, 1);
        smb.session(SESSION + 1);
        final Connection second = anna(two, 2);
        second.exchange(smb.message(4).create("b", OPENED, 0), smb.created(OPENED, 9, false, 7, 8));
        second.exchange(smb.message(5).close(7, 8), smb.closed(9));
        smb.session(SESSION);
        first.exchange(smb.message(4).create("a", OPENED, 0), smb.created(OPENED, 9, false, 7, 8));
        first.exchange(smb.message(5).close(7, 8), smb.closed(9));
        assertThat(one.lines()).containsExactly("SMB3.1.1 open ok" + WHO + "path=[a] size=9/9");
        assertThat(two.lines()).containsExactly("SMB3.1.1 open ok" + WHO + "path=[b] size=9/9");
        assertThat(one.count(Counter.SMB_MESSAGES_PASSED) + two.count(Counter.SMB_MESSAGES_PASSED)).isZero();
    }

    /** What several network cards are for: each channel has addresses of its own. */
    @Test
    void shouldTellOfAFileOnceThatWasReadAtTwoAddressesOfTheServer() {
        final Connection first = anna(one, 1);
        two.server(77);
        final Connection second = bound(two, 2);
        first.exchange(smb.message(4).create("big", OPENED, 0), smb.created(OPENED, 2_000, false, 7, 8));
        first.exchange(smb.message(5).read(1_000, 7, 8), smb.isRead(1_000));
        second.exchange(smb.message(2).read(1_000, 7, 8), smb.isRead(1_000));
        first.exchange(smb.message(6).close(7, 8), smb.closed(2_000));
        assertThat(one.pass(3_000).lines()).containsExactly("SMB3.1.1 read ok" + WHO + "path=[big] read=2000/2 size=2000/2000");
        assertThat(two.pass(3_000).end().lines()).isEmpty();
    }

    @Test
    void shouldTellOfAFileOnceThatOneQueueSeesReadAtTwoAddressesOfTheServer() {
        final Connection first = anna(one, 1);
        one.server(77);
        final Connection second = bound(one, 2);
        second.exchange(smb.message(4).create("big", OPENED, 0), smb.created(OPENED, 2_000, false, 7, 8));
        second.exchange(smb.message(2).read(1_000, 7, 8), smb.isRead(1_000));
        one.server(2);
        first.exchange(smb.message(6).close(7, 8), smb.closed(2_000));
        assertThat(one.pass(3_000).lines()).containsExactly("SMB3.1.1 read ok" + WHO + "path=[big] read=1000/1 size=2000/2000");
    }

    /** The session ends on all channels, and with it what was opened on any (MS-SMB2 3.3.5.6). */
    @Test
    void shouldEndASessionOnAllItsChannels() {
        final Connection first = anna(one, 1);
        final Connection second = bound(one, 2);
        first.exchange(smb.message(4).create("a", OPENED, 0), smb.created(OPENED, 9, false, 7, 8));
        second.exchange(smb.message(4).create("b", OPENED, 0), smb.created(OPENED, 9, false, 9, 10));
        second.exchange(smb.message(5).read(9, 9, 10), smb.isRead(9));
        first.exchange(smb.message(7).request(Smb2Header.LOGOFF, new byte[4]), smb.response(Smb2Header.LOGOFF, new byte[4]));
        assertThat(one.lines()).containsExactlyInAnyOrder(
            "SMB3.1.1 open ok" + WHO + "path=[a] size=9/-1 unfinished",
            "SMB3.1.1 read ok" + WHO + "path=[b] read=9/1 size=9/-1 unfinished",
            "SMB3.1.1 logoff ok LAB\\anna@PC7(NTLM) share=[] path=[]");
        second.reset();
        one.pass(3_600_000);
        assertThat(one.lines()).isEmpty();
        assertThat(one.count(Counter.SMB_FILES_OPEN)).isZero();
        assertThat(one.count(Counter.SMB_SESSIONS)).isZero();
    }

    @Test
    void shouldTellOfTheFilesOfAShareThatIsLeftOnAnotherChannel() {
        final Connection first = anna(one, 1);
        final Connection second = bound(one, 2);
        second.exchange(smb.message(4).create("b", OPENED, 0), smb.created(OPENED, 9, false, 9, 10));
        first.exchange(smb.message(6).request(Smb2Header.TREE_DISCONNECT, new byte[4]), smb.response(Smb2Header.TREE_DISCONNECT, new byte[4]));
        assertThat(one.lines()).containsExactly(
            "SMB3.1.1 open ok" + WHO + "path=[b] size=9/-1 unfinished",
            "SMB3.1.1 unmount ok" + WHO + "path=[]");
    }

    /** What is open under a number belongs to the session that had it before when the server gives it out again. */
    @Test
    void shouldNotEndTheFilesOfASessionWhoseNumberIsUsedAgain() {
        final Connection first = anna(one, 1);
        first.exchange(smb.message(4).create("a", OPENED, 0), smb.created(OPENED, 9, false, 7, 8));
        final Connection second = anna(one, 2);
        second.exchange(smb.message(7).request(Smb2Header.LOGOFF, new byte[4]), smb.response(Smb2Header.LOGOFF, new byte[4]));
        assertThat(one.lines()).containsExactly("SMB3.1.1 logoff ok LAB\\anna@PC7(NTLM) share=[] path=[]");
    }

    /** The queue that keeps a session need not have seen the negotiation, which told the server's identifier. */
    @Test
    void shouldFindASessionAtAnotherAddressThatAnotherQueueHasSetUp() {
        anna(one, 1);
        final Connection second = two.connection(2);
        second.response(smb.negotiated(0x0311));
        final byte[] logon = new Smb2Messages().message(1).setupAfter(SESSION, TOKEN);
        smb.session(SESSION + 1);
        second.exchange(logon, smb.message(1).isSetUp(0));
        second.exchange(smb.message(2).connect("\\\\srv\\data"), smb.connected(1));
        second.exchange(smb.message(4).create("big", OPENED, 0), smb.created(OPENED, 2_000, false, 7, 8));
        one.pass(1).lines();
        two.server(77);
        final Connection third = bound(two, 3);
        third.exchange(smb.message(2).read(1_000, 7, 8), smb.isRead(1_000));
        two.server(2);
        second.exchange(smb.message(6).close(7, 8), smb.closed(2_000));
        one.pass(1);
        assertThat(one.pass(3_000).lines()).containsExactly("SMB3.1.1 read ok" + WHO + "path=[big] read=1000/1 size=2000/2000");
        assertThat(two.pass(3_000).end().lines()).isEmpty();
    }
}
