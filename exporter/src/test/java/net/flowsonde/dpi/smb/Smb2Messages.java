package net.flowsonde.dpi.smb;

/** Requests and responses of SMB2 with their headers, for one session, one tree and one file unless told otherwise. */
final class Smb2Messages {
    static final long ALL_ONES = -1;
    static final long SESSION = 0x4400_0000_0031L;
    static final int TREE = 5;
    static final int RELATED = 4;
    private static final int RESPONSE = 1;
    private static final int DIRECTORY = 0x10;

    private long messageId;
    private long session;
    private int tree = TREE;
    private int flags;
    private int status;

    Smb2Messages message(final long id) {
        messageId = id;
        return this;
    }

    Smb2Messages session(final long id) {
        session = id;
        return this;
    }

    Smb2Messages flags(final int bits) {
        flags = bits;
        return this;
    }

    Smb2Messages status(final int value) {
        status = value;
        return this;
    }

    byte[] request(final int command, final byte[] body) {
        return message(command, flags, 0, body);
    }

    byte[] response(final int command, final byte[] body) {
        return message(command, flags | RESPONSE, status, body);
    }

    byte[] failure(final int command, final int failure) {
        return message(command, flags | RESPONSE, failure, new SmbBytes().number16(9).zeros(7).toBytes());
    }

    private byte[] message(final int command, final int someFlags, final int someStatus, final byte[] body) {
        return new SmbBytes().octet(0xFE).ascii("SMB").number16(64).number16(1).number32(someStatus).number16(command).number16(1)
            .number32(someFlags).number32(0).number64(messageId).number32(0xFEFF).number32(tree).number64(session).zeros(16).bytes(body)
            .toBytes();
    }

    /** Several messages as one, each but the last padded to eight octets. */
    static byte[] compound(final byte[]... messages) {
        final SmbBytes all = new SmbBytes();
        for (int i = 0; i < messages.length; i++) {
            final int padding = i == messages.length - 1 ? 0 : -messages[i].length & 7;
            final int next = i == messages.length - 1 ? 0 : messages[i].length + padding;
            all.bytes(SmbBytes.patch32(messages[i], 20, next)).zeros(padding);
        }
        return all.toBytes();
    }

    byte[] negotiated(final int dialect) {
        return response(Smb2Header.NEGOTIATE, new SmbBytes().number16(65).number16(1).number16(dialect).number16(0).number64(0x1234).number64(0x5678).zeros(40).toBytes());
    }

    byte[] setup(final byte[] token) {
        return request(Smb2Header.SESSION_SETUP, new SmbBytes().number16(25).octet(0, 1).zeros(8).number16(64 + 24)
            .number16(token.length).zeros(8).bytes(token).toBytes());
    }

    /** A logon that takes the place of an earlier session. */
    byte[] setupAfter(final long previousSession, final byte[] token) {
        return request(Smb2Header.SESSION_SETUP, new SmbBytes().number16(25).octet(0, 1).zeros(8).number16(64 + 24)
            .number16(token.length).number64(previousSession).bytes(token).toBytes());
    }

    byte[] binding(final byte[] token) {
        return request(Smb2Header.SESSION_SETUP, new SmbBytes().number16(25).octet(1, 1).zeros(8).number16(64 + 24)
            .number16(token.length).zeros(8).bytes(token).toBytes());
    }

    byte[] isSetUp(final int sessionFlags) {
        return response(Smb2Header.SESSION_SETUP, new SmbBytes().number16(9).number16(sessionFlags).zeros(4).toBytes());
    }

    byte[] connect(final String share) {
        return request(Smb2Header.TREE_CONNECT,
            new SmbBytes().number16(9).number16(0).number16(64 + 8).number16(2 * share.length()).utf16(share).toBytes());
    }

    byte[] connected(final int type) {
        return response(Smb2Header.TREE_CONNECT, new SmbBytes().number16(16).octet(type, 0).zeros(12).toBytes());
    }

    byte[] create(final String name, final int disposition, final int options, final byte[] contexts) {
        final int nameLength = 2 * name.length();
        final int contextsAt = 64 + 56 + nameLength + (-nameLength & 7);
        return request(Smb2Header.CREATE, new SmbBytes().number16(57).zeros(22).number32(0x0012_0089).zeros(8).number32(disposition)
            .number32(options).number16(64 + 56).number16(nameLength).number32(contexts.length == 0 ? 0 : contextsAt).number32(contexts.length)
            .utf16(name).align(8).bytes(contexts).toBytes());
    }

    byte[] create(final String name, final int disposition, final int options) {
        return create(name, disposition, options, new byte[0]);
    }

    byte[] created(final int action, final long size, final boolean isDirectory, final long persistentId, final long volatileId) {
        return response(Smb2Header.CREATE, new SmbBytes().number16(89).octet(0, 0).number32(action).zeros(40).number64(size)
            .number32(isDirectory ? DIRECTORY : 0x20).number32(0).number64(persistentId).number64(volatileId).zeros(8).toBytes());
    }

    byte[] createdDurable(final int action, final long size, final long persistentId, final long volatileId) {
        return response(Smb2Header.CREATE, new SmbBytes().number16(89).octet(0, 0).number32(action).zeros(40).number64(size)
            .number32(0x20).number32(0).number64(persistentId).number64(volatileId).number32(64 + 88).number32(24)
            .bytes(context("DHnQ", new byte[8])).toBytes());
    }

    static byte[] context(final String name, final byte[] data) {
        return new SmbBytes().number32(0).number16(16).number16(4).number16(0).number16(24).number32(data.length).ascii(name).zeros(4)
            .bytes(data).toBytes();
    }

    byte[] close(final long persistentId, final long volatileId) {
        return request(Smb2Header.CLOSE,
            new SmbBytes().number16(24).number16(1).zeros(4).number64(persistentId).number64(volatileId).toBytes());
    }

    byte[] closed(final long size) {
        return response(Smb2Header.CLOSE, new SmbBytes().number16(60).number16(1).zeros(44).number64(size).number32(0x20).toBytes());
    }

    byte[] read(final int length, final long persistentId, final long volatileId) {
        return request(Smb2Header.READ, new SmbBytes().number16(49).zeros(2).number32(length).number64(0).number64(persistentId)
            .number64(volatileId).zeros(17).toBytes());
    }

    byte[] isRead(final int length) {
        return response(Smb2Header.READ, new SmbBytes().number16(17).octet(80, 0).number32(length).zeros(8).zeros(length).toBytes());
    }

    byte[] write(final int length, final long persistentId, final long volatileId) {
        return request(Smb2Header.WRITE, new SmbBytes().number16(49).number16(112).number32(length).number64(0).number64(persistentId)
            .number64(volatileId).zeros(16).zeros(length).toBytes());
    }

    byte[] written(final int length) {
        return response(Smb2Header.WRITE, new SmbBytes().number16(17).number16(0).number32(length).zeros(9).toBytes());
    }

    byte[] list(final long persistentId, final long volatileId) {
        return request(Smb2Header.QUERY_DIRECTORY, new SmbBytes().number16(33).octet(37, 0).number32(0).number64(persistentId)
            .number64(volatileId).number16(64 + 32).number16(2).number32(65_536).utf16("*").toBytes());
    }

    byte[] listed(final int length) {
        return response(Smb2Header.QUERY_DIRECTORY, new SmbBytes().number16(9).number16(72).number32(length).zeros(length).toBytes());
    }

    byte[] setInfo(final int type, final int kind, final byte[] information, final long persistentId, final long volatileId) {
        return request(Smb2Header.SET_INFO, new SmbBytes().number16(33).octet(type, kind).number32(information.length).number16(64 + 32)
            .zeros(6).number64(persistentId).number64(volatileId).bytes(information).toBytes());
    }

    static byte[] target(final String name) {
        return new SmbBytes().zeros(16).number32(2 * name.length()).utf16(name).toBytes();
    }

    byte[] isSet() {
        return response(Smb2Header.SET_INFO, new SmbBytes().number16(2).toBytes());
    }

    byte[] ioctl(final int function, final byte[] input, final long persistentId, final long volatileId) {
        return request(Smb2Header.IOCTL, new SmbBytes().number16(57).number16(0).number32(function).number64(persistentId)
            .number64(volatileId).number32(64 + 56).number32(input.length).zeros(24).bytes(input).toBytes());
    }

    byte[] ioctlDone(final int function, final byte[] output) {
        return response(Smb2Header.IOCTL, new SmbBytes().number16(49).number16(0).number32(function).zeros(16).number32(64 + 48)
            .number32(0).number32(64 + 48).number32(output.length).zeros(8).bytes(output).toBytes());
    }
}
