package net.flowsonde.dpi.smb;

import static net.flowsonde.dpi.smb.Smb2Messages.ALL_ONES;
import static net.flowsonde.dpi.smb.Smb2Messages.RELATED;
import static net.flowsonde.dpi.smb.Smb2Messages.SESSION;
import static net.flowsonde.dpi.smb.Smb2Messages.compound;
import static net.flowsonde.dpi.smb.Smb2Messages.context;
import static net.flowsonde.dpi.smb.Smb2Messages.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.flowsonde.dpi.DpiFixture;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;

class Smb2Test {
    private static final int ACCESS_DENIED = 0xC000_0022;
    private static final int FILE_CLOSED = 0xC000_0128;
    private static final int NAME_NOT_FOUND = 0xC000_0034;
    private static final int LOGON_FAILURE = 0xC000_006D;
    private static final int CREATED = 2;
    private static final int OPENED = 1;
    private static final int OPEN = 1;
    private static final int CREATE_NEW = 2;
    private static final int OVERWRITE_IF = 5;
    private static final int FILE = 1;
    private static final int SECURITY = 3;
    private static final String WHO = " LAB\\anna@PC7(NTLM) share=[\\\\srv\\data] ";

    private final SmbTalk talk = new SmbTalk();
    private final Smb2Messages smb = new Smb2Messages().session(SESSION);

    /** A connection on which anna is logged on and connected to {@code \\srv\data}; what was told of that is dropped. */
    private SmbTalk.Connection anna(final int port) {
        final SmbTalk.Connection connection = loggedOn(port);
        connection.exchange(smb.message(3).connect("\\\\srv\\data"), smb.connected(1));
        talk.discard();
        return connection;
    }

    private SmbTalk.Connection loggedOn(final int port) {
        final SmbTalk.Connection connection = talk.connection(port);
        connection.response(smb.message(0).negotiated(0x0311));
        return connection.exchange(smb.message(2).setup(SmbBytes.ntlm("LAB", "anna", "PC7")), smb.isSetUp(0));
    }

    @Test
    void shouldTellWhoLoggedOnAndWhatWasPut() {
        final SmbTalk.Connection connection = loggedOn(1);
        connection.exchange(smb.message(3).connect("\\\\srv\\data"), smb.connected(1));
        connection.exchange(smb.message(4).create("Grüße\\neu.txt", OVERWRITE_IF, 0), smb.created(CREATED, 0, false, 7, 8));
        connection.exchange(smb.message(5).write(5_000, 7, 8), smb.written(5_000));
        connection.exchange(smb.message(6).write(300, 7, 8), smb.written(300));
        connection.exchange(smb.message(7).close(7, 8), smb.closed(5_300));
        assertThat(talk.lines()).containsExactly(
            "SMB3.1.1 logon ok LAB\\anna@PC7(NTLM) share=[] path=[]",
            "SMB3.1.1 mount ok" + WHO + "path=[]",
            "SMB3.1.1 create ok" + WHO + "path=[Grüße\\neu.txt] written=5300/2 size=0/5300 created");
    }

    @Test
    void shouldTellOfAReadAndItsOctetsOnceTheFileIsClosed() {
        final SmbTalk.Connection connection = anna(1);
        connection.exchange(smb.message(4).create("a.txt", OPEN, 0), smb.created(OPENED, 70_000, false, 7, 8));
        connection.request(smb.message(5).read(65_536, 7, 8)).request(smb.message(6).read(65_536, 7, 8));
        connection.response(smb.message(6).isRead(4_464)).response(smb.message(5).isRead(65_536));
        connection.exchange(smb.message(7).close(7, 8), smb.closed(70_000));
        assertThat(talk.lines()).containsExactly("SMB3.1.1 read ok" + WHO + "path=[a.txt] read=70000/2 size=70000/70000");
        assertThat(talk.count(Counter.DPI_STREAM_OCTETS_HELD)).isZero();
    }

    @Test
    void shouldFollowARelatedCompoundByTheRequestBeforeIt() {
        final SmbTalk.Connection connection = anna(1);
        connection.request(compound(
            smb.message(4).flags(0).create("dir\\old.txt", OPEN, 0),
            smb.message(5).flags(RELATED).setInfo(FILE, 13, new byte[] {1}, ALL_ONES, ALL_ONES),
            smb.message(6).flags(RELATED).close(ALL_ONES, ALL_ONES)));
        connection.response(compound(
            smb.message(4).flags(0).created(OPENED, 9, false, 7, 8), smb.message(5).isSet(), smb.message(6).closed(0)));
        assertThat(talk.lines()).containsExactly("SMB3.1.1 delete ok" + WHO + "path=[dir\\old.txt] size=9/0 delete-on-close");
    }

    @Test
    void shouldTellOnceOfACompoundWhoseOpenFailed() {
        final SmbTalk.Connection connection = anna(1);
        connection.request(compound(
            smb.message(4).flags(0).create("gone", OPEN, 0), smb.message(5).flags(RELATED).close(ALL_ONES, ALL_ONES)));
        connection.response(compound(
            smb.message(4).flags(0).failure(Smb2Header.CREATE, NAME_NOT_FOUND), smb.message(5).failure(Smb2Header.CLOSE, NAME_NOT_FOUND)));
        assertThat(talk.end().lines()).containsExactly("SMB3.1.1 open not-found(c0000034)" + WHO + "path=[gone]");
    }

    @Test
    void shouldWaitForTheFinalAnswerOfAnAsynchronousRequest() {
        final SmbTalk.Connection connection = anna(1);
        connection.request(smb.message(4).create("b", OPEN, 0));
        connection.response(smb.flags(2).failure(Smb2Header.CREATE, SmbStatus.PENDING));
        connection.response(smb.flags(2).created(OPENED, 1, false, 7, 8));
        connection.exchange(smb.flags(0).message(5).close(7, 8), smb.closed(1));
        assertThat(talk.lines()).containsExactly("SMB3.1.1 open ok" + WHO + "path=[b] size=1/1");
    }

    @Test
    void shouldTellOfEachChangeThroughAnOpenFile() {
        final SmbTalk.Connection connection = anna(1);
        connection.exchange(smb.message(4).create("a", OPEN, 0), smb.created(OPENED, 100, false, 7, 8));
        connection.exchange(smb.message(5).setInfo(FILE, 65, target("sub\\b"), 7, 8), smb.isSet());
        connection.exchange(smb.message(6).setInfo(FILE, 11, target("c"), 7, 8), smb.isSet());
        connection.exchange(smb.message(7).setInfo(FILE, 20, new SmbBytes().number64(40).toBytes(), 7, 8), smb.isSet());
        connection.exchange(smb.message(8).setInfo(SECURITY, 0, new byte[20], 7, 8), smb.isSet());
        connection.exchange(smb.message(9).setInfo(FILE, 10, target("d"), 7, 8), smb.failure(Smb2Header.SET_INFO, ACCESS_DENIED));
        connection.exchange(smb.message(10).close(7, 8), smb.closed(40));
        assertThat(talk.lines()).containsExactly(
            "SMB3.1.1 rename ok" + WHO + "path=[a] to=[sub\\b]",
            "SMB3.1.1 link ok" + WHO + "path=[sub\\b] to=[c]",
            "SMB3.1.1 truncate ok" + WHO + "path=[sub\\b] size=100/40",
            "SMB3.1.1 set-security ok" + WHO + "path=[sub\\b]",
            "SMB3.1.1 rename denied(c0000022)" + WHO + "path=[sub\\b] to=[d]");
    }

    @Test
    void shouldTellDirectoriesFromFiles() {
        final SmbTalk.Connection connection = anna(1);
        connection.exchange(smb.message(4).create("new", CREATE_NEW, 1), smb.created(CREATED, 0, true, 1, 1));
        connection.exchange(smb.message(5).close(1, 1), smb.closed(0));
        connection.exchange(smb.message(6).create("", OPEN, 1), smb.created(OPENED, 0, true, 2, 2));
        connection.exchange(smb.message(7).list(2, 2), smb.listed(3_000));
        connection.exchange(smb.message(8).list(2, 2), smb.failure(Smb2Header.QUERY_DIRECTORY, 0x8000_0006));
        connection.exchange(smb.message(9).close(2, 2), smb.closed(0));
        connection.exchange(smb.message(10).create("new", OPEN, 0x1001), smb.created(OPENED, 0, true, 3, 3));
        connection.exchange(smb.message(11).close(3, 3), smb.closed(0));
        assertThat(talk.lines()).containsExactly(
            "SMB3.1.1 mkdir ok" + WHO + "path=[new] directory created",
            "SMB3.1.1 list ok" + WHO + "path=[\\] directory",
            "SMB3.1.1 rmdir ok" + WHO + "path=[new] directory delete-on-close");
    }

    @Test
    void shouldTellOfACopyThatTheServerMakes() {
        final SmbTalk.Connection connection = anna(1);
        final byte[] key = new SmbBytes().number64(11).number64(12).number64(13).toBytes();
        connection.exchange(smb.message(4).create("from", OPEN, 0), smb.created(OPENED, 900, false, 1, 1));
        connection.exchange(smb.message(5).create("to", OVERWRITE_IF, 0), smb.created(CREATED, 0, false, 2, 2));
        connection.exchange(smb.message(6).ioctl(0x0014_0078, new byte[0], 1, 1), smb.ioctlDone(0x0014_0078, key));
        final byte[] chunks = new SmbBytes().bytes(key).number32(1).number32(0).zeros(24).toBytes();
        connection.exchange(smb.message(7).ioctl(0x0014_80F2, chunks, 2, 2),
            smb.ioctlDone(0x0014_80F2, new SmbBytes().number32(1).number32(0).number32(900).toBytes()));
        connection.exchange(smb.message(8).close(2, 2), smb.closed(900)).exchange(smb.message(9).close(1, 1), smb.closed(900));
        assertThat(talk.lines()).containsExactly("SMB3.1.1 copy ok" + WHO + "path=[from] to=[to] written=900/1 size=0/900 created");
    }

    /** FSCTL_SET_ZERO_DATA: all of it is as good as a truncation, a part is a part of writing. */
    @Test
    void shouldTellOfZerosInPlaceOfWhatWasInAFile() {
        final SmbTalk.Connection connection = anna(1);
        connection.exchange(smb.message(4).create("all", OPEN, 0), smb.created(OPENED, 900, false, 1, 1));
        connection.exchange(smb.message(5).ioctl(0x0009_80C8, new SmbBytes().number64(0).number64(900).toBytes(), 1, 1),
            smb.ioctlDone(0x0009_80C8, new byte[0]));
        connection.exchange(smb.message(6).create("part", OPEN, 0), smb.created(OPENED, 900, false, 2, 2));
        connection.exchange(smb.message(7).ioctl(0x0009_80C8, new SmbBytes().number64(100).number64(900).toBytes(), 2, 2),
            smb.ioctlDone(0x0009_80C8, new byte[0]));
        connection.exchange(smb.message(8).close(1, 1), smb.closed(900)).exchange(smb.message(9).close(2, 2), smb.closed(900));
        assertThat(talk.lines()).containsExactly("SMB3.1.1 zero ok" + WHO + "path=[all] size=900/900",
            "SMB3.1.1 write ok" + WHO + "path=[part] size=900/900");
    }

    @Test
    void shouldTellOfLogonsThatFailAndOfAccessDenied() {
        final SmbTalk.Connection connection = talk.connection(1);
        connection.response(smb.message(0).negotiated(0x0210));
        connection.exchange(smb.message(1).setup(SmbBytes.ntlm("LAB", "eve", "X")), smb.failure(Smb2Header.SESSION_SETUP, LOGON_FAILURE));
        connection.exchange(smb.message(2).setup(SmbBytes.ntlm("", "", "")), smb.isSetUp(2));
        connection.exchange(smb.message(3).connect("\\\\srv\\data"), smb.failure(Smb2Header.TREE_CONNECT, ACCESS_DENIED));
        connection.exchange(smb.message(4).create("x", CREATE_NEW, 0), smb.failure(Smb2Header.CREATE, ACCESS_DENIED));
        assertThat(talk.lines()).containsExactly(
            "SMB2.1 logon denied(c000006d) LAB\\eve@X(NTLM) share=[] path=[]",
            "SMB2.1 logon ok \\@(anonymous) share=[] path=[]",
            "SMB2.1 mount denied(c0000022) \\@(anonymous) share=[\\\\srv\\data] path=[]",
            "SMB2.1 create denied(c0000022) \\@(anonymous) share=[<unknown tree 5>] path=[x] guessed");
    }

    @Test
    void shouldKnowAFileOnEveryConnectionOfItsSession() {
        final SmbTalk.Connection first = anna(1);
        first.exchange(smb.message(4).create("big", OPEN, 0), smb.created(OPENED, 2_000, false, 7, 8));
        final SmbTalk.Connection second = talk.connection(2);
        second.response(smb.message(0).negotiated(0x0311));
        second.exchange(smb.message(1).binding(SmbBytes.ntlm("LAB", "anna", "PC7")), smb.isSetUp(0));
        second.exchange(smb.message(2).read(1_000, 7, 8), smb.isRead(1_000));
        first.exchange(smb.message(5).read(1_000, 7, 8), smb.isRead(1_000));
        first.reset();
        assertThat(talk.pass(10_000).lines()).isEmpty();
        second.exchange(smb.message(3).close(7, 8), smb.closed(2_000));
        assertThat(talk.lines()).containsExactly("SMB3.1.1 read ok" + WHO + "path=[big] read=2000/2 size=2000/2000");
    }

    @Test
    void shouldGoOnWithADurableHandleAfterItsConnectionBroke() {
        final SmbTalk.Connection first = anna(1);
        first.exchange(smb.message(4).create("doc", OPEN, 0, context("DHnQ", new byte[16])), smb.createdDurable(OPENED, 10, 7, 8));
        first.exchange(smb.message(5).write(10, 7, 8), smb.written(10));
        first.reset();
        assertThat(talk.pass(10_000).lines()).isEmpty();
        smb.session(SESSION + 1);
        final SmbTalk.Connection second = anna(2);
        second.exchange(smb.message(4).create("doc", OPEN, 0, context("DHnC", new SmbBytes().number64(7).number64(8).toBytes())),
            smb.created(OPENED, 10, false, 7, 9));
        second.exchange(smb.message(5).write(5, 7, 9), smb.written(5));
        second.exchange(smb.message(6).close(7, 9), smb.closed(15));
        assertThat(talk.lines()).containsExactly("SMB3.1.1 write ok" + WHO + "path=[doc] written=15/2 size=10/15 reconnected");
    }

    @Test
    void shouldTellOfADurableHandleThatNobodyTakesUp() {
        final SmbTalk.Connection first = anna(1);
        first.exchange(smb.message(4).create("doc", OPEN, 0, context("DHnQ", new byte[16])), smb.createdDurable(OPENED, 10, 7, 8));
        first.reset();
        assertThat(talk.pass(10_000).lines()).isEmpty();
        assertThat(talk.pass(17 * 60_000).lines()).containsExactly("SMB3.1.1 open ok" + WHO + "path=[doc] size=10/-1 unfinished");
    }

    @Test
    void shouldCountWhatIsEncrypted() {
        final SmbTalk.Connection connection = anna(1);
        final byte[] hidden = new SmbBytes().octet(0xFD).ascii("SMB").zeros(32).number32(100).number32(0x1_0000).number64(SESSION)
            .zeros(100).toBytes();
        connection.exchange(hidden, hidden).request(hidden);
        assertThat(talk.end().lines()).containsExactly(
            "SMB3.1.1 encrypted unknown LAB\\anna@PC7(NTLM) share=[] path=[] read=152/1 written=304/2 encrypted");
        assertThat(talk.count(Counter.SMB_MESSAGES_ENCRYPTED)).isEqualTo(3);
    }

    @Test
    void shouldReadTheUncompressedHeadOfACompressedMessage() {
        final SmbTalk.Connection connection = anna(1);
        connection.exchange(smb.message(4).create("a", OPEN, 0), smb.created(OPENED, 4_000, false, 7, 8));
        connection.request(smb.message(5).read(4_000, 7, 8));
        final byte[] head = Arrays.copyOf(smb.isRead(4_000), 80);
        connection.response(new SmbBytes().octet(0xFC).ascii("SMB").number32(4_000).number16(2).number16(0).number32(head.length).bytes(head)
            .zeros(50).toBytes());
        connection.exchange(smb.message(6).close(7, 8), smb.closed(4_000));
        assertThat(talk.lines()).containsExactly("SMB3.1.1 read ok" + WHO + "path=[a] read=4000/1 size=4000/4000 compressed");
    }

    @Test
    void shouldNameWhatItCannotKnowWhenTheCaptureBeginsInTheMiddle() {
        final SmbTalk.Connection connection = talk.midstream(1);
        connection.exchange(smb.message(90).read(500, 7, 8), smb.isRead(500));
        connection.exchange(smb.message(91).close(7, 8), smb.closed(500));
        assertThat(talk.lines()).containsExactly("SMB2 read ok \\@(unknown) share=[<unknown tree 5>] path=[<unknown file>] read=500/1 "
            + "size=-1/500 guessed midstream");
    }

    /** STATUS_FILE_CLOSED, as of a handle that was lost with its connection. */
    @Test
    void shouldTellWhatWasMovedButNotOfAFileThatTheServerDoesNotKnow() {
        final SmbTalk.Connection connection = talk.midstream(1);
        connection.exchange(smb.message(90).read(500, 7, 8), smb.isRead(500));
        connection.exchange(smb.message(91).close(7, 8), smb.failure(Smb2Header.CLOSE, FILE_CLOSED));
        connection.exchange(smb.message(92).read(500, 7, 9), smb.failure(Smb2Header.READ, FILE_CLOSED));
        connection.exchange(smb.message(93).close(7, 10), smb.failure(Smb2Header.CLOSE, FILE_CLOSED));
        assertThat(talk.end().lines()).containsExactly(
            "SMB2 read ok \\@(unknown) share=[<unknown tree 5>] path=[<unknown file>] read=500/1 guessed midstream");
    }

    @Test
    void shouldLearnTheNameOfAFileFromAnAnswerAboutIt() {
        final SmbTalk.Connection connection = talk.midstream(1);
        final byte[] ask = smb.message(90).request(Smb2Header.QUERY_INFO,
            new SmbBytes().number16(41).octet(1, 9).number32(500).zeros(16).number64(7).number64(8).toBytes());
        connection.exchange(ask, smb.response(Smb2Header.QUERY_INFO,
            new SmbBytes().number16(9).number16(72).number32(16).number32(12).utf16("\\dir\\f").toBytes()));
        connection.exchange(smb.message(91).close(7, 8), smb.closed(500));
        assertThat(talk.lines()).containsExactly(
            "SMB2 open ok \\@(unknown) share=[<unknown tree 5>] path=[dir\\f] size=-1/500 guessed midstream");
    }

    @Test
    void shouldFindTheNextMessageAfterAHole() {
        final SmbTalk.Connection connection = anna(1);
        connection.exchange(smb.message(4).create("a", OPEN, 0), smb.created(OPENED, 4_000, false, 7, 8));
        connection.request(smb.message(5).read(4_000, 7, 8)).octets(false, SmbBytes.frame(smb.isRead(4_000)), 1);
        connection.exchange(smb.message(6).close(7, 8), smb.closed(4_000));
        connection.exchange(smb.message(7).create("b", OPEN, 0), smb.created(OPENED, 1, false, 9, 9));
        connection.exchange(smb.message(8).close(9, 9), smb.closed(1));
        assertThat(talk.lines()).containsExactly(
            "SMB3.1.1 open ok" + WHO + "path=[a] size=4000/4000 gap",
            "SMB3.1.1 open ok" + WHO + "path=[b] size=1/1");
        assertThat(talk.count(Counter.SMB_GAPS)).isEqualTo(1);
    }

    @Test
    void shouldTellOfFilesLeftOpenWhenTheConnectionEnds() {
        final SmbTalk.Connection connection = anna(1);
        connection.exchange(smb.message(4).create("a", OPEN, 0), smb.created(OPENED, 4_000, false, 7, 8));
        connection.request(smb.message(5).create("b", CREATE_NEW, 0));
        assertThat(talk.end().lines()).containsExactly(
            "SMB3.1.1 open ok" + WHO + "path=[a] size=4000/-1 unfinished",
            "SMB3.1.1 create unknown" + WHO + "path=[b] unfinished");
    }

    @Test
    void shouldLeaveServerAndShareOutOfPathsUnderDfs() {
        final SmbTalk.Connection connection = anna(1);
        connection.exchange(smb.message(4).flags(0x1000_0000).create("srv\\data\\sub\\f", OPEN, 0), smb.created(OPENED, 1, false, 7, 8));
        connection.exchange(smb.message(5).flags(0).close(7, 8), smb.closed(1));
        assertThat(talk.lines()).containsExactly("SMB3.1.1 open ok" + WHO + "path=[sub\\f] size=1/1");
    }

    /** What is not there at once is the head of a message that segments have cut, in the smallest block. */
    @Test
    void shouldKeepNothingOfABulkTransfer() {
        final SmbTalk.Connection connection = anna(1);
        connection.exchange(smb.message(4).create("iso", OVERWRITE_IF, 0), smb.created(CREATED, 0, false, 7, 8));
        talk.hold();
        connection.exchange(smb.message(5).write(8 << 20, 7, 8), smb.written(8 << 20));
        talk.deliver();
        talk.hold();
        connection.exchange(smb.message(6).write(8 << 20, 7, 8), smb.written(8 << 20));
        final DpiFixture.Cost cost = talk.deliver();
        assertThat(cost.allocatedOctets()).isZero();
        assertThat(cost.mostHeldOctets()).isLessThanOrEqualTo(2_048);
        talk.pass(1);
        assertThat(talk.count(Counter.DPI_STREAM_OCTETS_HELD)).isZero();
        connection.exchange(smb.message(6).close(7, 8), smb.closed(8 << 20));
        assertThat(talk.lines()).containsExactly(
            "SMB3.1.1 create ok" + WHO + "path=[iso] written=16777216/2 size=0/8388608 created");
    }

    @Test
    void shouldTellOfPipesAsPipes() {
        final SmbTalk.Connection connection = loggedOn(1);
        connection.exchange(smb.message(3).connect("\\\\srv\\IPC$"), smb.connected(2));
        talk.discard();
        connection.exchange(smb.message(4).create("srvsvc", OPEN, 0), smb.created(OPENED, 0, false, 7, 8));
        connection.exchange(smb.message(5).write(116, 7, 8), smb.written(116));
        connection.exchange(smb.message(6).close(7, 8), smb.closed(0));
        assertThat(talk.lines()).containsExactly(
            "SMB3.1.1 pipe ok LAB\\anna@PC7(NTLM) share=[\\\\srv\\IPC$] path=[srvsvc] written=116/1 size=0/0");
    }
}
