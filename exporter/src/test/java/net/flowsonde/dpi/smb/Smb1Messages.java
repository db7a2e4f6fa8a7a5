package net.flowsonde.dpi.smb;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Requests and responses of SMB1 with their headers. A path begins with a backslash, as on the wire. */
final class Smb1Messages {
    static final int NO_ANDX = 0xFF;
    private static final int RESPONSE = 0x80;
    private static final int UNICODE = 0x8000;
    private static final int NT_STATUS = 0x4000;

    private int user = 100;
    private int tree = 7;
    private int multiplex;
    private int status;
    private int flags2 = UNICODE | NT_STATUS;

    Smb1Messages multiplex(final int id) {
        multiplex = id;
        return this;
    }

    Smb1Messages tree(final int id) {
        tree = id;
        return this;
    }

    Smb1Messages user(final int id) {
        user = id;
        return this;
    }

    Smb1Messages status(final int value) {
        status = value;
        return this;
    }

    /** One octet a character, and errors of old. */
    Smb1Messages old() {
        flags2 = 0;
        return this;
    }

    byte[] request(final int command, final byte[] words, final byte[] bytes) {
        return message(command, 0, 0, block(words, bytes));
    }

    byte[] response(final int command, final byte[] words, final byte[] bytes) {
        return message(command, RESPONSE, status, block(words, bytes));
    }

    byte[] done(final int command) {
        return response(command, new byte[0], new byte[0]);
    }

    byte[] message(final int command, final int flags, final int someStatus, final byte[] rest) {
        return new SmbBytes().octet(0xFF).ascii("SMB").octet(command).number32(someStatus).octet(flags).number16(flags2).number16(0).zeros(8)
            .number16(0).number16(tree).number16(0xFEFF).number16(user).number16(multiplex).bytes(rest).toBytes();
    }

    static byte[] block(final byte[] words, final byte[] bytes) {
        return new SmbBytes().octet(words.length / 2).bytes(words).number16(bytes.length).bytes(bytes).toBytes();
    }

    /** A command and the next one of its chain, in one message. */
    byte[] chain(final int command, final byte[] words, final byte[] bytes, final int nextCommand, final byte[] nextBlock, final boolean isResponse) {
        final byte[] first = block(words, bytes);
        final int offset = 32 + first.length;
        first[1] = (byte) nextCommand;
        first[3] = (byte) offset;
        first[4] = (byte) (offset >> 8);
        return message(command, isResponse ? RESPONSE : 0, isResponse ? status : 0, new SmbBytes().bytes(first).bytes(nextBlock).toBytes());
    }

    /** Four octets that say that no command follows. */
    static SmbBytes andX() {
        return new SmbBytes().octet(NO_ANDX, 0, 0, 0);
    }

    /** Bytes with paths behind their format octets, the bytes at an odd or even offset by the number of words. */
    byte[] formatted(final int words, final String... paths) {
        final boolean isUnicode = (flags2 & UNICODE) != 0;
        final SmbBytes bytes = new SmbBytes();
        for (final String path : paths) {
            bytes.octet(4);
            if (isUnicode) {
                if (((32 + 1 + 2 * words + 2 + bytes.size()) & 1) != 0) {
                    bytes.octet(0);
                }
                bytes.utf16(path).number16(0);
            } else {
                bytes.text(path, StandardCharsets.ISO_8859_1).octet(0);
            }
        }
        return bytes.toBytes();
    }

    byte[] ntCreate(final String path, final int disposition, final int options) {
        final byte[] words = andX().octet(0).number16(2 * path.length()).number32(0).number32(0).number32(0x2_0089).number64(0).number32(0)
            .number32(7).number32(disposition).number32(options).number32(2).octet(3).toBytes();
        return request(Smb1Commands.NT_CREATE_ANDX, words, new SmbBytes().octet(0).utf16(path).number16(0).toBytes());
    }

    byte[] ntCreated(final int fid, final int action, final long size, final boolean isDirectory) {
        final byte[] words = andX().octet(0).number16(fid).number32(action).zeros(32).number32(0x20).number64(size).number64(size).number16(0)
            .number16(0).octet(isDirectory ? 1 : 0).toBytes();
        return message(Smb1Commands.NT_CREATE_ANDX, RESPONSE, status,
            new SmbBytes().octet(34).bytes(words).number16(0).toBytes());
    }

    byte[] read(final int fid, final int count) {
        return request(Smb1Commands.READ_ANDX,
            andX().number16(fid).number32(0).number16(count).number16(count).number32(0).number16(0).number32(0).toBytes(), new byte[0]);
    }

    byte[] isRead(final int count) {
        return response(Smb1Commands.READ_ANDX,
            andX().number16(0).number16(0).number16(0).number16(count).number16(59).zeros(10).toBytes(), new byte[count]);
    }

    byte[] write(final int fid, final int count) {
        return request(Smb1Commands.WRITE_ANDX, andX().number16(fid).number32(0).number32(0).number16(0).number16(0).number16(0)
            .number16(count).number16(64).number32(0).toBytes(), new byte[count + 1]);
    }

    byte[] written(final int count) {
        return response(Smb1Commands.WRITE_ANDX, andX().number16(count).number16(0).number32(0).toBytes(), new byte[0]);
    }

    byte[] close(final int fid) {
        return request(Smb1Commands.CLOSE, new SmbBytes().number16(fid).number32(0).toBytes(), new byte[0]);
    }

    byte[] transaction2(final int subcommand, final byte[] parameters, final byte[] data) {
        final int parametersAt = 32 + 1 + 30 + 2 + 3;
        final int dataAt = parametersAt + parameters.length + (-parameters.length & 3);
        final byte[] words = new SmbBytes().number16(parameters.length).number16(data.length).number16(10).number16(4_000).number16(0)
            .number16(0).number32(0).number16(0).number16(parameters.length).number16(parametersAt).number16(data.length).number16(dataAt)
            .octet(1, 0).number16(subcommand).toBytes();
        return request(Smb1Commands.TRANSACTION2, words,
            new SmbBytes().zeros(3).bytes(parameters).zeros(-parameters.length & 3).bytes(data).toBytes());
    }

    byte[] transaction2Done(final byte[] parameters) {
        return transaction2Done(parameters, new byte[0]);
    }

    byte[] transaction2Done(final byte[] parameters, final byte[] data) {
        final int at = 32 + 1 + 20 + 2 + 1;
        final byte[] words = new SmbBytes().number16(parameters.length).number16(data.length).number16(0).number16(parameters.length)
            .number16(at).number16(0).number16(data.length).number16(at + parameters.length).number16(0).octet(0, 0).toBytes();
        return response(Smb1Commands.TRANSACTION2, words, new SmbBytes().octet(0).bytes(parameters).bytes(data).toBytes());
    }

    /** Where the parts of a transaction lie that are in one message, of how many octets there are in all. */
    record Part(byte[] parameters, int parameterDisplacement, int totalParameters, byte[] data, int dataDisplacement, int totalData) {
    }

    static Part part(final byte[] parameters, final int from, final int to, final byte[] data, final int dataFrom, final int dataTo) {
        return new Part(Arrays.copyOfRange(parameters, from, to), from, parameters.length, Arrays.copyOfRange(data, dataFrom, dataTo), dataFrom,
            data.length);
    }

    /** The first message of a TRANSACTION or TRANSACTION2 that comes in several. */
    byte[] first(final int command, final int subcommand, final Part part) {
        final int at = 32 + 1 + 30 + 2;
        return request(command, new SmbBytes().number16(part.totalParameters).number16(part.totalData).number16(10).number16(4_000)
            .number16(0).number16(0).number32(0).number16(0).number16(part.parameters.length).number16(at).number16(part.data.length)
            .number16(at + part.parameters.length).octet(1, 0).number16(subcommand).toBytes(), both(part));
    }

    /** One that follows; those of TRANSACTION2 have a FID of no use (MS-CIFS 2.2.4.47.1). */
    byte[] next(final int command, final Part part) {
        final boolean hasFid = command == Smb1Commands.TRANSACTION2_SECONDARY;
        final int at = 32 + 1 + (hasFid ? 18 : 16) + 2;
        final SmbBytes words = new SmbBytes().number16(part.totalParameters).number16(part.totalData).number16(part.parameters.length)
            .number16(at).number16(part.parameterDisplacement).number16(part.data.length).number16(at + part.parameters.length)
            .number16(part.dataDisplacement);
        return request(command, (hasFid ? words.number16(0xFFFF) : words).toBytes(), both(part));
    }

    /** The first message of a NT_TRANSACT that comes in several. */
    byte[] ntFirst(final int function, final Part part) {
        final int at = 32 + 1 + 38 + 2;
        return request(Smb1Commands.NT_TRANSACT, new SmbBytes().octet(0).number16(0).number32(part.totalParameters).number32(part.totalData)
            .number32(100).number32(4_000).number32(part.parameters.length).number32(at).number32(part.data.length)
            .number32(at + part.parameters.length).octet(0).number16(function).toBytes(), both(part));
    }

    byte[] ntNext(final Part part) {
        final int at = 32 + 1 + 36 + 2;
        return request(Smb1Commands.NT_TRANSACT_SECONDARY, ntPart(part, at).toBytes(), both(part));
    }

    /** One of the answers to a NT_TRANSACT. */
    byte[] ntAnswer(final Part part) {
        final int at = 32 + 1 + 36 + 2;
        return response(Smb1Commands.NT_TRANSACT, ntPart(part, at).toBytes(), both(part));
    }

    private static SmbBytes ntPart(final Part part, final int at) {
        return new SmbBytes().zeros(3).number32(part.totalParameters).number32(part.totalData).number32(part.parameters.length).number32(at)
            .number32(part.parameterDisplacement).number32(part.data.length).number32(at + part.parameters.length)
            .number32(part.dataDisplacement).octet(0);
    }

    /** One of the answers to a TRANSACTION2. */
    byte[] answer(final Part part) {
        final int at = 32 + 1 + 20 + 2;
        return response(Smb1Commands.TRANSACTION2, new SmbBytes().number16(part.totalParameters).number16(part.totalData).number16(0)
            .number16(part.parameters.length).number16(at).number16(part.parameterDisplacement).number16(part.data.length)
            .number16(at + part.parameters.length).number16(part.dataDisplacement).octet(0, 0).toBytes(), both(part));
    }

    private static byte[] both(final Part part) {
        return new SmbBytes().bytes(part.parameters).bytes(part.data).toBytes();
    }
}
