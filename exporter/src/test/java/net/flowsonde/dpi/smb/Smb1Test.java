package net.flowsonde.dpi.smb;

import static net.flowsonde.dpi.smb.Smb1Messages.andX;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Smb1Test {
    private static final int OPENED = 1;
    private static final int CREATED = 2;
    private static final byte[] NONE = {};
    private static final String WHO = " LAB\\bob@(password) share=[\\\\SRV\\DATA] ";

    private final SmbTalk talk = new SmbTalk();
    private final Smb1Messages smb = new Smb1Messages();

    private SmbTalk.Connection bob() {
        final SmbTalk.Connection connection = talk.connection(1);
        logOn(connection);
        talk.discard();
        return connection;
    }

    /** Session setup and tree connect in one chain, as old clients do it. */
    private void logOn(final SmbTalk.Connection connection) {
        final byte[] words = andX().number16(4_356).number16(50).number16(1).number32(0).number16(3).number16(5).number32(0).number32(0).toBytes();
        final byte[] bytes = new SmbBytes().zeros(8).octet(0).utf16("bob").number16(0).utf16("LAB").number16(0).utf16("Unix").number16(0)
            .utf16("Samba").number16(0).toBytes();
        final byte[] tree = Smb1Messages.block(andX().number16(0).number16(1).toBytes(),
            new SmbBytes().octet(0).utf16("\\\\SRV\\DATA").number16(0).ascii("?????").octet(0).toBytes());
        connection.request(smb.user(0).tree(0).multiplex(1)
            .chain(Smb1Commands.SESSION_SETUP_ANDX, words, bytes, Smb1Commands.TREE_CONNECT_ANDX, tree, false));
        connection.response(smb.user(100).tree(7).chain(Smb1Commands.SESSION_SETUP_ANDX, andX().number16(0).toBytes(), NONE,
            Smb1Commands.TREE_CONNECT_ANDX, Smb1Messages.block(andX().number16(1).toBytes(), new SmbBytes().ascii("A:").octet(0).toBytes()),
            true));
    }

    @Test
    void shouldFollowAChainOfLogonAndTreeConnect() {
        logOn(talk.connection(1));
        assertThat(talk.lines()).containsExactly("SMB1 logon ok LAB\\bob@(password) share=[] path=[]", "SMB1 mount ok" + WHO + "path=[]");
    }

    @Test
    void shouldTellOfAPutAndAGet() {
        final SmbTalk.Connection connection = bob();
        connection.exchange(smb.multiplex(2).ntCreate("\\dir\\neu.txt", 5, 0), smb.ntCreated(0x4001, CREATED, 0, false));
        connection.exchange(smb.multiplex(3).write(0x4001, 60_000), smb.written(60_000));
        connection.exchange(smb.multiplex(4).close(0x4001), smb.done(Smb1Commands.CLOSE));
        connection.exchange(smb.multiplex(5).ntCreate("\\dir\\neu.txt", 1, 0), smb.ntCreated(0x4002, OPENED, 60_000, false));
        connection.exchange(smb.multiplex(6).read(0x4002, 60_000), smb.isRead(60_000));
        connection.exchange(smb.multiplex(7).close(0x4002), smb.done(Smb1Commands.CLOSE));
        assertThat(talk.lines()).containsExactly(
            "SMB1 create ok" + WHO + "path=[dir\\neu.txt] written=60000/1 size=0/-1 created",
            "SMB1 read ok" + WHO + "path=[dir\\neu.txt] read=60000/1 size=60000/-1");
    }

    @Test
    void shouldTellOfWhatNeedsNoOpen() {
        final SmbTalk.Connection connection = bob();
        onPath(connection, Smb1Commands.CREATE_DIRECTORY, 0, "\\new");
        onPath(connection, Smb1Commands.DELETE_DIRECTORY, 0, "\\new");
        onPath(connection, Smb1Commands.DELETE, 1, "\\tmp\\*.bak");
        onPath(connection, Smb1Commands.RENAME, 1, "\\a", "\\b");
        connection.exchange(smb.multiplex(9).request(Smb1Commands.NT_RENAME,
            new SmbBytes().number16(0).number16(0x103).number32(0).toBytes(), smb.formatted(4, "\\b", "\\hard")), smb.done(Smb1Commands.NT_RENAME));
        smb.status(0xC000_0022);
        onPath(connection, Smb1Commands.DELETE, 1, "\\mine");
        assertThat(talk.lines()).containsExactly(
            "SMB1 mkdir ok" + WHO + "path=[new] directory",
            "SMB1 rmdir ok" + WHO + "path=[new] directory",
            "SMB1 delete ok" + WHO + "path=[tmp\\*.bak]",
            "SMB1 rename ok" + WHO + "path=[a] to=[b]",
            "SMB1 link ok" + WHO + "path=[b] to=[hard]",
            "SMB1 delete denied(c0000022)" + WHO + "path=[mine]");
    }

    private void onPath(final SmbTalk.Connection connection, final int command, final int words, final String... paths) {
        connection.exchange(smb.multiplex(9).request(command, new byte[2 * words], smb.formatted(words, paths)), smb.done(command));
    }

    @Test
    void shouldReadOneOctetACharacterAndErrorsOfOld() {
        final SmbTalk.Connection connection = bob();
        smb.old().status(2 << 16 | 1);
        onPath(connection, Smb1Commands.DELETE, 1, "\\GONE.TXT");
        smb.status(0);
        connection.exchange(smb.multiplex(3).request(Smb1Commands.OPEN, new byte[4], smb.formatted(2, "\\OLD.TXT")),
            smb.response(Smb1Commands.OPEN, new SmbBytes().number16(9).number16(0).number32(0).number32(50).number16(0).toBytes(), NONE));
        connection.exchange(smb.multiplex(4).request(Smb1Commands.READ,
            new SmbBytes().number16(9).number16(50).number32(0).number16(0).toBytes(), NONE),
            smb.response(Smb1Commands.READ, new SmbBytes().number16(50).zeros(8).toBytes(), new byte[53]));
        connection.exchange(smb.multiplex(5).close(9), smb.done(Smb1Commands.CLOSE));
        assertThat(talk.lines()).containsExactly(
            "SMB1 delete not-found(20001)" + WHO + "path=[GONE.TXT]",
            "SMB1 read ok" + WHO + "path=[OLD.TXT] read=50/1 size=50/-1");
    }

    @Test
    void shouldTakeTheFileOfAChainFromItsOpen() {
        final SmbTalk.Connection connection = bob();
        final byte[] open = andX().number16(0).number16(0).number16(0).number16(0).number32(0).number16(1).number32(0).zeros(8).toBytes();
        final byte[] read = Smb1Messages.block(andX().number16(0xFFFF).number32(0).number16(80).number16(0).number32(0).number16(0).toBytes(), NONE);
        connection.request(smb.multiplex(3).chain(Smb1Commands.OPEN_ANDX, open,
            new SmbBytes().octet(0).utf16("\\x.txt").number16(0).toBytes(), Smb1Commands.READ_ANDX, read, false));
        final byte[] opened = andX().number16(21).number16(0).number32(0).number32(80).number16(0).number16(0).number16(0).number16(1).zeros(6)
            .toBytes();
        final byte[] isRead = Smb1Messages.block(andX().number16(0).number16(0).number16(0).number16(80).number16(0).zeros(10).toBytes(), new byte[80]);
        connection.response(smb.chain(Smb1Commands.OPEN_ANDX, opened, NONE, Smb1Commands.READ_ANDX, isRead, true));
        connection.exchange(smb.multiplex(4).close(21), smb.done(Smb1Commands.CLOSE));
        assertThat(talk.lines()).containsExactly("SMB1 read ok" + WHO + "path=[x.txt] read=80/1 size=80/-1");
    }

    @Test
    void shouldFailAChainWithItsFirstCommand() {
        final SmbTalk.Connection connection = bob();
        final byte[] open = andX().number16(0).number16(0).number16(0).number16(0).number32(0).number16(1).number32(0).zeros(8).toBytes();
        final byte[] read = Smb1Messages.block(andX().number16(0xFFFF).number32(0).number16(80).number16(0).number32(0).number16(0).toBytes(), NONE);
        connection.request(smb.multiplex(3).chain(Smb1Commands.OPEN_ANDX, open,
            new SmbBytes().octet(0).utf16("\\x.txt").number16(0).toBytes(), Smb1Commands.READ_ANDX, read, false));
        connection.response(smb.status(0xC000_0034).done(Smb1Commands.OPEN_ANDX));
        assertThat(talk.end().lines()).containsExactly("SMB1 open not-found(c0000034)" + WHO + "path=[x.txt]");
    }

    @Test
    void shouldReadTransactions() {
        final SmbTalk.Connection connection = bob();
        connection.exchange(smb.multiplex(2).transaction2(Smb1Commands.FIND_FIRST2,
            new SmbBytes().zeros(12).utf16("\\sub\\*").number16(0).toBytes(), NONE), smb.transaction2Done(new byte[10]));
        connection.exchange(smb.multiplex(3).transaction2(Smb1Commands.CREATE_DIRECTORY2,
            new SmbBytes().zeros(4).utf16("\\d2").number16(0).toBytes(), NONE), smb.transaction2Done(new byte[2]));
        connection.exchange(smb.multiplex(4).ntCreate("\\f", 1, 0), smb.ntCreated(5, OPENED, 10, false));
        connection.exchange(smb.multiplex(5).transaction2(Smb1Commands.SET_FILE_INFORMATION,
            new SmbBytes().number16(5).number16(0x102).number16(0).toBytes(), new byte[] {1}), smb.transaction2Done(new byte[2]));
        connection.exchange(smb.multiplex(6).close(5), smb.done(Smb1Commands.CLOSE));
        connection.exchange(smb.multiplex(7).transaction2(Smb1Commands.SET_PATH_INFORMATION,
            new SmbBytes().number16(0x201).zeros(4).utf16("\\link").number16(0).toBytes(), new SmbBytes().utf16("target").number16(0).toBytes()),
            smb.transaction2Done(new byte[2]));
        assertThat(talk.lines()).containsExactly(
            "SMB1 list ok" + WHO + "path=[sub]",
            "SMB1 mkdir ok" + WHO + "path=[d2] directory",
            "SMB1 delete ok" + WHO + "path=[f] size=10/-1 delete-on-close",
            "SMB1 symlink ok" + WHO + "path=[link] to=[target]");
    }

    @Test
    void shouldTellOfASearchForOneNameOnlyWhenThereIsNone() {
        final SmbTalk.Connection connection = bob();
        final byte[] parameters = new SmbBytes().zeros(12).utf16("\\sub\\f.txt").number16(0).toBytes();
        connection.exchange(smb.multiplex(2).transaction2(Smb1Commands.FIND_FIRST2, parameters, NONE), smb.transaction2Done(new byte[10]));
        connection.exchange(smb.multiplex(3).transaction2(Smb1Commands.FIND_FIRST2, parameters, NONE),
            smb.status(0xC000_000F).done(Smb1Commands.TRANSACTION2));
        assertThat(talk.lines()).containsExactly("SMB1 lookup not-found(c000000f)" + WHO + "path=[sub\\f.txt]");
    }

    private static byte[] renameInformation(final String name) {
        return new SmbBytes().octet(1, 0, 0, 0).number32(0).number32(2 * name.length()).utf16(name).toBytes();
    }

    private void rename(final SmbTalk.Connection connection, final int fid, final String name) {
        connection.exchange(smb.multiplex(8).transaction2(Smb1Commands.SET_FILE_INFORMATION,
            new SmbBytes().number16(fid).number16(1_010).number16(0).toBytes(), renameInformation(name)), smb.transaction2Done(new byte[2]));
    }

    /** A bare name is one in the directory of the file, which it leaves only when the name begins at the root of the share. */
    @Test
    void shouldTellInWhichDirectoryAFileIsAfterItsHandleWasRenamed() {
        final SmbTalk.Connection connection = bob();
        connection.exchange(smb.multiplex(2).ntCreate("\\a\\b\\old", 1, 0), smb.ntCreated(5, OPENED, 10, false));
        rename(connection, 5, "new");
        rename(connection, 5, "\\c\\newer");
        rename(connection, 5, ":stream");
        connection.exchange(smb.multiplex(2).ntCreate("\\top", 1, 0), smb.ntCreated(6, OPENED, 10, false));
        rename(connection, 6, "bottom");
        connection.exchange(smb.multiplex(7).transaction2(Smb1Commands.SET_PATH_INFORMATION,
            new SmbBytes().number16(1_010).zeros(4).utf16("\\a\\one").number16(0).toBytes(), renameInformation("two")),
            smb.transaction2Done(new byte[2]));
        assertThat(talk.lines()).containsExactly(
            "SMB1 rename ok" + WHO + "path=[a\\b\\old] to=[a\\b\\new]",
            "SMB1 rename ok" + WHO + "path=[a\\b\\new] to=[c\\newer]",
            "SMB1 rename ok" + WHO + "path=[c\\newer] to=[c\\newer:stream]",
            "SMB1 rename ok" + WHO + "path=[top] to=[bottom]",
            "SMB1 rename ok" + WHO + "path=[a\\one] to=[a\\two]");
    }

    @Test
    void shouldSayThatTheDirectoryOfARenamedFileIsNotKnown() {
        final SmbTalk.Connection connection = bob();
        rename(connection, 9, "new");
        assertThat(talk.lines()).containsExactly(
            "SMB1 rename ok" + WHO + "path=[<unknown file>] to=[<unknown directory>\\new] guessed midstream");
    }
}
