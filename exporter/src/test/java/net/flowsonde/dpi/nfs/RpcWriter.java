package net.flowsonde.dpi.nfs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Writes external data representation and the messages of ONC RPC, field by field. */
final class RpcWriter {
    static final int NFS = 100_003;
    static final int MOUNT = 100_005;
    static final int USER = 1_000;
    static final int GROUP = 100;
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    /** A call with AUTH_SYS of user 1000, group 100, machine "desk". */
    static byte[] call(final int xid, final int program, final int version, final int procedure, final Consumer<RpcWriter> arguments) {
        return callAs(USER, xid, program, version, procedure, arguments);
    }

    static byte[] callAs(
        final int user, final int xid, final int program, final int version, final int procedure,
        final Consumer<RpcWriter> arguments) {
        final RpcWriter credential = new RpcWriter().integer(0).text("desk").integer(user).integer(GROUP).integer(1).integer(4);
        return call(xid, program, version, procedure, 1, credential.octets(), arguments);
    }

    static byte[] call(
        final int xid, final int program, final int version, final int procedure, final int flavor, final byte[] credential,
        final Consumer<RpcWriter> arguments) {
        final RpcWriter writer = new RpcWriter().integer(xid).integer(0).integer(2).integer(program).integer(version).integer(procedure)
            .integer(flavor).opaque(credential).integer(0).integer(0);
        arguments.accept(writer);
        return writer.octets();
    }

    /** A reply that was accepted. */
    static byte[] reply(final int xid, final Consumer<RpcWriter> results) {
        final RpcWriter writer = new RpcWriter().integer(xid).integer(1).integer(0).integer(0).integer(0).integer(0);
        results.accept(writer);
        return writer.octets();
    }

    /** One fragment, the last. */
    static byte[] record(final byte[] message) {
        return fragment(message, 0, message.length, true);
    }

    static byte[] fragment(final byte[] message, final int from, final int to, final boolean isLast) {
        return ByteBuffer.allocate(4 + to - from).putInt(to - from | (isLast ? 1 << 31 : 0)).put(message, from, to - from).array();
    }

    static byte[] join(final byte[]... parts) {
        final ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (final byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    /** A handle of 28 octets. */
    static byte[] handle(final int number) {
        return ByteBuffer.allocate(28).putInt(0x0100_0601).putInt(number).array();
    }

    RpcWriter integer(final int value) {
        octets.writeBytes(ByteBuffer.allocate(4).putInt(value).array());
        return this;
    }

    RpcWriter hyper(final long value) {
        octets.writeBytes(ByteBuffer.allocate(8).putLong(value).array());
        return this;
    }

    RpcWriter fixed(final byte... value) {
        octets.writeBytes(value);
        return this;
    }

    RpcWriter zeros(final int count) {
        return fixed(new byte[count]);
    }

    RpcWriter opaque(final byte[] value) {
        integer(value.length);
        octets.writeBytes(value);
        return zeros(-value.length & 3);
    }

    RpcWriter text(final String value) {
        return opaque(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A handle as versions 3 and 4 have it. */
    RpcWriter handleOf(final int number) {
        return opaque(handle(number));
    }

    /** A handle as version 2 has it. */
    RpcWriter handle2(final int number) {
        return fixed(ByteBuffer.allocate(32).putInt(number).array());
    }

    /** Attributes of version 3 behind their flag: a file of a size. */
    RpcWriter attributes3(final long size) {
        return integer(1).integer(1).integer(0644).integer(1).integer(USER).integer(GROUP).hyper(size).zeros(56);
    }

    /** Of version 3: nothing about the state before, nothing after. */
    RpcWriter noChange3() {
        return integer(0).integer(0);
    }

    /** Settings of version 3 that set nothing. */
    RpcWriter noSettings3() {
        return zeros(24);
    }

    /** A state identifier of version 4. */
    RpcWriter state(final int sequence, final int number) {
        return integer(sequence).integer(number).hyper(number == 0 ? 0 : 7);
    }

    /** Attributes of version 4: none. */
    RpcWriter noAttributes4() {
        return integer(0).integer(0);
    }

    /** How the attributes of a directory changed. */
    RpcWriter change(final long before, final long after) {
        return integer(1).hyper(before).hyper(after);
    }

    byte[] octets() {
        return octets.toByteArray();
    }
}
