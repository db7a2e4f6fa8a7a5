package net.flowsonde.dpi.smb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Clients that have agreed with the server on the UNIX extensions: names with slashes, and levels of information of their own. */
class Smb1PosixTest extends Smb1Talk {
    private static final int POSIX_OPEN = 0x209;
    private static final int NO_FID = 0xFFFF;

    private static byte[] text(final String text) {
        return new SmbBytes().utf16(text).number16(0).toBytes();
    }

    private void setPath(final int level, final String path, final byte[] data, final byte[] answer) {
        connection.exchange(smb.transaction2(Smb1Commands.SET_PATH_INFORMATION,
            new SmbBytes().number16(level).zeros(4).bytes(text(path)).toBytes(), data), smb.transaction2Done(new byte[2], answer));
    }

    private void posixOpen(final String path, final int flags, final int fid, final int action) {
        setPath(POSIX_OPEN, path, new SmbBytes().number32(0).number32(flags).number64(0_644).number16(0xFFFF).toBytes(),
            new SmbBytes().number16(0).number16(fid).number32(action).number16(0xFFFF).number16(0).toBytes());
    }

    @Test
    void shouldReadNamesWithSlashes() {
        connection.exchange(smb.ntCreate("/dir/sub/f", 1, 0), smb.ntCreated(5, OPENED, 10, false));
        connection.exchange(smb.close(5), smb.done(Smb1Commands.CLOSE));
        connection.exchange(smb.request(Smb1Commands.RENAME, new byte[2], smb.formatted(1, "/dir/a", "/dir/b")), smb.done(Smb1Commands.RENAME));
        assertThat(talk.lines()).containsExactly(
            "SMB1 open ok" + WHO + "path=[dir/sub/f] size=10/-1 guessed",
            "SMB1 rename ok" + WHO + "path=[dir/a] to=[dir/b] guessed");
    }

    @Test
    void shouldTellWhichDirectoryIsListed() {
        for (final String pattern : new String[] {"/dir/sub/*", "/*", "/dir\\sub\\*"}) {
            connection.exchange(smb.transaction2(Smb1Commands.FIND_FIRST2, new SmbBytes().zeros(12).bytes(text(pattern)).toBytes(), NONE),
                smb.transaction2Done(new byte[10]));
        }
        assertThat(talk.lines()).containsExactly(
            "SMB1 list ok" + WHO + "path=[dir/sub] guessed",
            "SMB1 list ok" + WHO + "path=[\\] guessed",
            "SMB1 list ok" + WHO + "path=[dir\\sub] guessed");
    }

    /** A symbolic link leads where it was said to, an absolute path included; a hard link leads to a file of the share. */
    @Test
    void shouldTellLinks() {
        setPath(0x201, "/link", text("/etc/motd"), NONE);
        setPath(0x203, "/second", text("/dir/first"), NONE);
        setPath(0x20A, "/dir/gone", new byte[2], NONE);
        assertThat(talk.lines()).containsExactly(
            "SMB1 symlink ok" + WHO + "path=[link] to=[/etc/motd] guessed",
            "SMB1 link ok" + WHO + "path=[second] to=[dir/first] guessed",
            "SMB1 delete ok" + WHO + "path=[dir/gone] guessed");
    }

    @Test
    void shouldFollowAFileThatIsOpenedAsPosixHasIt() {
        posixOpen("/dir/new", 0x12, 5, CREATED);
        connection.exchange(smb.write(5, 700), smb.written(700));
        connection.exchange(smb.close(5), smb.done(Smb1Commands.CLOSE));
        posixOpen("/made", 0x211, NO_FID, CREATED);
        smb.status(0xC000_0034);
        posixOpen("/gone", 0x1, 0, 0);
        assertThat(talk.end().lines()).containsExactly(
            "SMB1 create ok" + WHO + "path=[dir/new] written=700/1 guessed created",
            "SMB1 mkdir ok" + WHO + "path=[made] directory guessed created",
            "SMB1 open not-found(c0000034)" + WHO + "path=[gone] guessed");
    }
}
