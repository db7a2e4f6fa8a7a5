package net.flowsonde.dpi.nfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileOperation;
import org.junit.jupiter.api.Test;

/** Sizes of files, set by the client or concluded from what it read and wrote: whether a file was emptied, or read whole, hangs on them. */
class NfsSizesTest extends Nfs4Talk {
    private static final int ROOT = 1;
    private static final int FILE = 2;
    private static final int UNCHECKED = 0;
    private static final int GUARDED = 1;
    private static final int UNCHANGED = -1;

    NfsSizesTest() {
        super(new NfsLab());
    }

    private void create3(final int mode, final int handle, final int isSized, final long size) {
        lab.exchange(3, 8, call -> {
            call.handleOf(ROOT).text("f").integer(mode).zeros(12).integer(isSized);
            if (isSized != 0) {
                call.hyper(size);
            }
            call.zeros(8);
        }, reply -> reply.integer(0).integer(1).handleOf(handle).attributes3(size).noChange3());
    }

    private void create2(final int handle, final int size) {
        lab.exchange(2, 9, call -> call.handle2(ROOT).text("f").zeros(12).integer(size).zeros(16), reply -> reply.integer(0).handle2(handle).zeros(68));
    }

    private void lookup3(final int handle) {
        lab.exchange(3, 3, call -> call.handleOf(ROOT).text("f"), reply -> reply.integer(0).handleOf(handle).integer(0).integer(0));
    }

    /** Of everything done so far: operation, sizes when opened and closed, and whether it was emptied or made by being opened. */
    private List<String> ended() {
        lab.reset().pass(120_000);
        return lab.records().stream().map(NfsSizesTest::text).toList();
    }

    private static String text(final FileAccess access) {
        return FileOperation.of(access.operation()).text() + ' ' + access.sizeAtOpen() + ' ' + access.sizeAtClose()
            + (access.hasFlag(FileAccess.FLAG_OVERWRITTEN) ? " overwritten" : "") + (access.hasFlag(FileAccess.FLAG_CREATED) ? " created" : "");
    }

    @Test
    void shouldTellTheSizeThatIsSetInVersion2() {
        lab.exchange(2, 2, call -> call.handle2(FILE).zeros(12).integer(7).zeros(16), reply -> reply.integer(0).zeros(68));
        lab.exchange(2, 2, call -> call.handle2(FILE).zeros(12).integer(UNCHANGED).zeros(16), reply -> reply.integer(0).zeros(68));
        lab.exchange(2, 2, call -> call.handle2(FILE).zeros(12).integer(0).zeros(16), reply -> reply.integer(13));
        assertThat(ended()).containsExactly("truncate -1 7", "set-attributes -1 -1", "truncate -1 -1");
    }

    @Test
    void shouldTellTheSizeThatIsSetInVersion3AndTheOneBefore() {
        lab.exchange(3, 2, call -> call.handleOf(FILE).zeros(12).integer(1).hyper(0).zeros(8).integer(0),
            reply -> reply.integer(0).integer(1).hyper(4_000).zeros(16).integer(0));
        lab.exchange(3, 2, call -> call.handleOf(FILE).zeros(12).integer(1).hyper(9).zeros(8).integer(0), reply -> reply.integer(0).noChange3());
        lab.exchange(3, 2, call -> call.handleOf(FILE).zeros(12).integer(1).hyper(0).zeros(8).integer(0),
            reply -> reply.integer(13).integer(1).hyper(4_000).zeros(16).integer(0));
        assertThat(ended()).containsExactly("truncate 4000 0", "truncate -1 9", "truncate 4000 -1");
    }

    @Test
    void shouldTellTheSizeThatIsSetInVersion4() {
        root().lookup("f").setSize(0, 0).send(1);
        root().lookup("f").fails(SETATTR, 13, call -> call.state(0, 0).integer(1).integer(1 << 4).opaque(new byte[8])).send(1);
        assertThat(ended()).containsExactly("truncate -1 0", "truncate -1 -1");
    }

    /** The size of the use that it falls into is that from then on. */
    @Test
    void shouldFollowTheSizeOfAFileThatIsEmptiedWhileInUse() {
        root().open("f", 5, false, 1, 1).handle(40).op(GETATTR, call -> call.integer(1).integer(1 << 4),
            reply -> reply.integer(1).integer(1 << 4).opaque(new RpcWriter().hyper(800).octets())).send(1);
        file(40).setSize(5, 0).send(1);
        file(40).writeAt(5, 0, 100).writeAt(5, 100, 50).send(1);
        file(40).close(5).send(1);
        root().open("f", 6, false, 1, 1).handle(40).op(GETATTR, call -> call.integer(1).integer(1 << 4),
            reply -> reply.integer(1).integer(1 << 4).opaque(new RpcWriter().hyper(150).octets())).send(1);
        file(40).writeAt(6, 0, 100).send(1);
        file(40).setSize(6, 0).send(1);
        file(40).close(6).send(1);
        assertThat(ended()).containsExactly("truncate -1 0", "write 800 150", "truncate -1 0", "write 150 0");
    }

    @Test
    void shouldTellAFileEmptiedByAnOpenOfVersion4() {
        root().openSized("f", 5, false, 0, 1).handle(40).send(1);
        file(40).close(5).send(1);
        root().openSized("f", 6, false, 0, 2).handle(41).send(1);
        file(41).close(6).send(1);
        root().openSized("f", 7, true, 0, 1).handle(42).send(1);
        file(42).close(7).send(1);
        assertThat(ended()).as("there before, made, made").containsExactly("write -1 0 overwritten", "create -1 -1 created", "create -1 -1 created");
    }

    /** Of a file that is there, an open sets no size but zero (RFC 8881, 18.16.3). */
    @Test
    void shouldNotTakeAnotherSizeInAnOpenForATruncation() {
        root().openSized("f", 5, false, 700, 1).handle(40).send(1);
        file(40).close(5).send(1);
        assertThat(ended()).containsExactly("open -1 -1");
    }

    @Test
    void shouldTellAFileEmptiedByACreateOfVersion3() {
        lookup3(FILE);
        create3(UNCHECKED, FILE, 1, 0);
        assertThat(ended()).containsExactly("write -1 0 overwritten");
    }

    @Test
    void shouldTellAFileMadeByACreateOfVersion3() {
        create3(UNCHECKED, FILE, 1, 0);
        lab.pass(20_000);
        lookup3(FILE);
        create3(GUARDED, 7, 1, 0);
        assertThat(ended()).as("not known before; another one now").containsExactly("create -1 -1 created", "create -1 -1 created");
    }

    @Test
    void shouldTellAnOpenByACreateOfVersion3ThatSetsNothing() {
        lookup3(FILE);
        create3(UNCHECKED, FILE, 0, 0);
        assertThat(ended()).containsExactly("open -1 -1");
    }

    @Test
    void shouldTellAFileEmptiedByACreateOfVersion2() {
        create2(FILE, UNCHANGED);
        lab.pass(20_000);
        create2(FILE, 0);
        lab.pass(20_000);
        create2(7, 0);
        assertThat(ended()).containsExactly("create -1 -1 created", "write -1 0 overwritten", "create -1 -1 created");
    }

    /** Versions 4 and 3 say with what was read whether it went to the end of the file, though nobody asked for its size. */
    @Test
    void shouldTakeTheSizeFromAReadToTheEnd() {
        root().open("f", 5, false, 1, 1).handle(40).send(1);
        file(40).readAt(READ, 5, 0, 1_000, 0).readAt(READ, 5, 1_000, 234, 1).readAt(READ, 5, 1_234, 0, 1).send(1);
        file(40).close(5).send(1);
        lab.exchange(3, 6, call -> call.handleOf(FILE).hyper(100).integer(4_096),
            reply -> reply.integer(0).integer(0).integer(60).integer(1).opaque(new byte[60]));
        assertThat(ended()).containsExactly("read 1234 1234", "read 160 160");
    }

    @Test
    void shouldTakeNoSizeFromAReadThatEndsEarlierOrBeyond() {
        root().open("f", 5, false, 1, 1).handle(40).send(1);
        file(40).readAt(READ, 5, 0, 1_000, 0).readAt(READ, 5, 5_000, 0, 1).send(1);
        file(40).close(5).send(1);
        assertThat(ended()).containsExactly("read -1 -1");
    }

    @Test
    void shouldTakeAnEmptyFileForOne() {
        root().open("f", 5, false, 1, 1).handle(40).send(1);
        file(40).readAt(READ, 5, 0, 0, 1).send(1);
        file(40).close(5).send(1);
        assertThat(ended()).containsExactly("read 0 0");
    }

    @Test
    void shouldTakeTheSizeFromAReadWithHolesToTheEnd() {
        root().open("f", 5, false, 1, 1).handle(40).send(2);
        file(40).readAt(READ_PLUS, 5, 0, 100, 1).send(2);
        file(40).close(5).send(2);
        assertThat(ended()).containsExactly("read 140 140");
    }
}
