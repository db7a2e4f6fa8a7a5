package net.flowsonde.dpi.smb;

import static net.flowsonde.dpi.smb.Smb1Messages.andX;
import static net.flowsonde.dpi.smb.Smb1Messages.part;
import static net.flowsonde.dpi.smb.Smb2Messages.ALL_ONES;
import static net.flowsonde.dpi.smb.Smb2Messages.RELATED;
import static net.flowsonde.dpi.smb.Smb2Messages.SESSION;
import static net.flowsonde.dpi.smb.Smb2Messages.compound;
import static net.flowsonde.dpi.smb.Smb2Messages.context;
import static net.flowsonde.dpi.smb.Smb2Messages.target;

import java.util.ArrayList;
import java.util.List;

/** A conversation with a message of every kind that is looked into, request by response. */
final class SmbSamples {
    private static final byte[] NONE = {};

    /** A message in its frame. */
    record Frame(boolean isFromClient, byte[] octets) {
    }

    private final List<Frame> frames = new ArrayList<>();
    private long id;

    private SmbSamples() {
    }

    static List<Frame> smb2() {
        final SmbSamples samples = new SmbSamples();
        samples.addSmb2();
        return samples.frames;
    }

    static List<Frame> smb1() {
        final SmbSamples samples = new SmbSamples();
        samples.addSmb1();
        return samples.frames;
    }

    private void exchange(final byte[] request, final byte[] response) {
        frames.add(new Frame(true, SmbBytes.frame(request)));
        frames.add(new Frame(false, SmbBytes.frame(response)));
    }

    private void addSmb2() {
        final Smb2Messages smb = new Smb2Messages().session(SESSION);
        frames.add(new Frame(false, SmbBytes.frame(smb.negotiated(0x0311))));
        exchange(smb.message(++id).setup(SmbBytes.ntlm("LAB", "anna", "PC7")), smb.isSetUp(0));
        exchange(smb.message(++id).connect("\\\\srv\\data"), smb.connected(1));
        exchange(smb.message(++id).create("dir\\a.txt", 5, 0x1000, context("DHnQ", new byte[16])), smb.createdDurable(2, 0, 7, 8));
        exchange(smb.message(++id).write(3_000, 7, 8), smb.written(3_000));
        exchange(smb.message(++id).read(2_000, 7, 8), smb.isRead(2_000));
        for (final int kind : new int[] {4, 10, 11, 13, 20, 64, 65}) {
            exchange(smb.message(++id).setInfo(1, kind, target("b\\c"), 7, 8), smb.isSet());
        }
        exchange(smb.message(++id).setInfo(3, 0, new byte[20], 7, 8), smb.isSet());
        exchange(smb.message(++id).ioctl(0x0014_0078, NONE, 7, 8), smb.ioctlDone(0x0014_0078, new byte[28]));
        exchange(smb.message(++id).ioctl(0x0014_80F2, new byte[56], 7, 8), smb.ioctlDone(0x0014_80F2, new byte[12]));
        exchange(smb.message(++id).ioctl(0x0009_00A4, new SmbBytes().number32(0xA000_000C).zeros(40).toBytes(), 7, 8),
            smb.ioctlDone(0x0009_00A4, NONE));
        exchange(smb.message(++id).ioctl(0x0009_8344, new byte[40], 7, 8), smb.ioctlDone(0x0009_8344, NONE));
        exchange(smb.message(++id).list(7, 8), smb.listed(500));
        exchange(smb.message(++id).request(Smb2Header.QUERY_INFO,
            new SmbBytes().number16(41).octet(1, 18).zeros(20).number64(7).number64(8).toBytes()),
            smb.response(Smb2Header.QUERY_INFO, new SmbBytes().number16(9).number16(72).number32(200).zeros(200).toBytes()));
        exchange(smb.message(++id).close(7, 8), smb.closed(3_000));
        final long first = ++id;
        exchange(compound(smb.message(first).create("x", 1, 0), smb.message(++id).flags(RELATED).close(ALL_ONES, ALL_ONES)),
            compound(smb.message(first).flags(0).created(1, 5, false, 3, 4), smb.message(id).closed(5)));
        exchange(new SmbBytes().octet(0xFD).ascii("SMB").zeros(100).toBytes(), new SmbBytes().octet(0xFD).ascii("SMB").zeros(90).toBytes());
        exchange(new SmbBytes().octet(0xFC).ascii("SMB").zeros(8).number32(100).bytes(smb.isRead(36)).toBytes(), smb.closed(1));
        exchange(smb.message(++id).request(Smb2Header.TREE_DISCONNECT, new byte[4]), smb.response(Smb2Header.TREE_DISCONNECT, new byte[4]));
        exchange(smb.message(++id).request(Smb2Header.LOGOFF, new byte[4]), smb.response(Smb2Header.LOGOFF, new byte[4]));
    }

    private void addSmb1() {
        final Smb1Messages smb = new Smb1Messages();
        exchange(smb.multiplex(1).request(Smb1Commands.SESSION_SETUP_ANDX, andX().zeros(10).number16(3).number16(5).zeros(8).toBytes(),
            new SmbBytes().zeros(9).utf16("bob").number16(0).utf16("LAB").number16(0).toBytes()), smb.done(Smb1Commands.SESSION_SETUP_ANDX));
        final byte[] token = SmbBytes.ntlm("LAB", "bob", "PC");
        exchange(smb.multiplex(2).request(Smb1Commands.SESSION_SETUP_ANDX, andX().zeros(10).number16(token.length).zeros(8).toBytes(), token),
            smb.done(Smb1Commands.SESSION_SETUP_ANDX));
        exchange(smb.multiplex(3).request(Smb1Commands.TREE_CONNECT_ANDX, andX().number16(0).number16(1).toBytes(),
            new SmbBytes().octet(0).utf16("\\\\SRV\\DATA").number16(0).ascii("A:").octet(0).toBytes()), smb.done(Smb1Commands.TREE_CONNECT_ANDX));
        exchange(smb.multiplex(4).ntCreate("\\dir\\a", 5, 0), smb.ntCreated(9, 2, 0, false));
        exchange(smb.multiplex(5).write(9, 700), smb.written(700));
        exchange(smb.multiplex(6).read(9, 600), smb.isRead(600));
        for (final int level : new int[] {0x101, 0x102, 0x104, 0x200, 1_010, 1_013, 1_020}) {
            exchange(smb.multiplex(7).transaction2(Smb1Commands.SET_FILE_INFORMATION,
                new SmbBytes().number16(9).number16(level).number16(0).toBytes(), new byte[40]), smb.transaction2Done(new byte[2]));
        }
        exchange(smb.multiplex(8).transaction2(Smb1Commands.OPEN2, new SmbBytes().zeros(28).utf16("\\o").number16(0).toBytes(), NONE),
            smb.transaction2Done(new SmbBytes().number16(11).zeros(20).toBytes()));
        exchange(smb.multiplex(9).transaction2(Smb1Commands.FIND_FIRST2, new SmbBytes().zeros(12).utf16("\\d\\*").number16(0).toBytes(), NONE),
            smb.transaction2Done(new byte[10]));
        for (final int level : new int[] {0x201, 0x203, 0x209, 0x20A, 1_010}) {
            exchange(smb.transaction2(Smb1Commands.SET_PATH_INFORMATION,
                new SmbBytes().number16(level).zeros(4).utf16("/p/q").number16(0).toBytes(),
                new SmbBytes().number32(0x210).number32(0x210).number32(8).utf16("/p/r").number16(0).toBytes()),
                smb.transaction2Done(new byte[2], new SmbBytes().number16(0).number16(14).number32(2).number32(0).toBytes()));
        }
        final byte[] read = Smb1Messages.block(andX().number16(9).zeros(16).toBytes(), NONE);
        exchange(smb.multiplex(10).chain(Smb1Commands.OPEN_ANDX, andX().zeros(26).toBytes(), new SmbBytes().octet(0).utf16("\\x").number16(0).toBytes(),
            Smb1Commands.READ_ANDX, read, false),
            smb.chain(Smb1Commands.OPEN_ANDX, andX().number16(12).zeros(24).toBytes(), NONE, Smb1Commands.READ_ANDX, read, true));
        for (final int command : new int[] {0x00, 0x01, 0x02, 0x03, 0x06, 0x07, 0x09, 0x0F, 0x29, 0x2A, 0x81, 0xA5}) {
            exchange(smb.multiplex(11).request(command, new byte[8], smb.formatted(4, "\\one", "\\two")),
                smb.response(command, new byte[14], NONE));
        }
        exchange(smb.multiplex(12).request(Smb1Commands.NT_TRANSACT, new SmbBytes().zeros(19).number32(60).number32(74).number32(8).number32(90)
            .octet(0).number16(1).toBytes(), new byte[90]), smb.response(Smb1Commands.NT_TRANSACT, new byte[36], new byte[80]));
        for (final int level : new int[] {0x104, 0x107, 1_018}) {
            exchange(smb.multiplex(17).transaction2(Smb1Commands.QUERY_FILE_INFORMATION,
                new SmbBytes().number16(40 + level).number16(level).toBytes(), NONE),
                smb.transaction2Done(new byte[2], new SmbBytes().zeros(96).number32(8).utf16("\\n\\m").toBytes()));
        }
        exchange(smb.request(Smb1Commands.READ_RAW, new SmbBytes().number16(9).zeros(14).toBytes(), NONE), new byte[300]);
        exchange(smb.request(Smb1Commands.WRITE_RAW, new SmbBytes().number16(9).zeros(22).toBytes(), NONE),
            smb.response(Smb1Commands.WRITE_RAW, new byte[2], NONE));
        exchange(new byte[500], smb.response(Smb1Commands.WRITE_COMPLETE, new byte[2], NONE));
        addSmb1Parts(smb);
        exchange(smb.multiplex(13).close(9), smb.done(Smb1Commands.CLOSE));
    }

    /** Transactions whose requests, or whose answers, come in several messages. */
    private void addSmb1Parts(final Smb1Messages smb) {
        final byte[] parameters = new SmbBytes().number16(9).number16(1_010).number16(0).toBytes();
        final byte[] data = new SmbBytes().number32(1).number32(0).number32(200).utf16("n".repeat(100)).toBytes();
        exchange(smb.multiplex(14).first(Smb1Commands.TRANSACTION2, Smb1Commands.SET_FILE_INFORMATION, part(parameters, 0, 2, data, 0, 0)),
            smb.done(Smb1Commands.TRANSACTION2));
        frames.add(new Frame(true, SmbBytes.frame(smb.next(Smb1Commands.TRANSACTION2_SECONDARY, part(parameters, 2, 6, data, 0, 100)))));
        exchange(smb.next(Smb1Commands.TRANSACTION2_SECONDARY, part(parameters, 6, 6, data, 100, data.length)), smb.transaction2Done(new byte[2]));
        final byte[] name = new SmbBytes().zeros(44).number32(4).zeros(6).utf16("\\q").toBytes();
        exchange(smb.multiplex(15).ntFirst(1, part(name, 0, 40, data, 0, 0)), smb.done(Smb1Commands.NT_TRANSACT));
        final byte[] opened = new SmbBytes().number16(0).number16(21).number32(1).zeros(61).toBytes();
        exchange(smb.ntNext(part(name, 40, name.length, data, 0, data.length)), smb.ntAnswer(part(opened, 0, 30, data, 0, 10)));
        frames.add(new Frame(false, SmbBytes.frame(smb.ntAnswer(part(opened, 30, opened.length, data, 10, data.length)))));
        exchange(smb.multiplex(16).first(Smb1Commands.TRANSACTION, 0x26, part(NONE, 0, 0, data, 0, 4)), smb.done(Smb1Commands.TRANSACTION));
        exchange(smb.next(Smb1Commands.TRANSACTION_SECONDARY, part(NONE, 0, 0, data, 4, data.length)), smb.done(Smb1Commands.TRANSACTION));
    }
}
