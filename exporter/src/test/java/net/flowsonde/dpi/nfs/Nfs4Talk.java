package net.flowsonde.dpi.nfs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Puts compounds of version 4 together, operation by operation with its result, and sends them with their replies. */
class Nfs4Talk {
    static final int ACCESS = 3;
    static final int CLOSE = 4;
    static final int CREATE = 6;
    static final int GETATTR = 9;
    static final int GETFH = 10;
    static final int LINK = 11;
    static final int LOOKUP = 15;
    static final int OPEN = 18;
    static final int PUTFH = 22;
    static final int PUTROOTFH = 24;
    static final int READ = 25;
    static final int READLINK = 27;
    static final int REMOVE = 28;
    static final int RENAME = 29;
    static final int SAVEFH = 32;
    static final int SETATTR = 34;
    static final int WRITE = 38;
    static final int SEQUENCE = 53;
    static final int COPY = 60;
    static final int READ_PLUS = 68;
    static final int FILE_SYSTEM = 1 << 8;

    final NfsLab lab;
    private final List<Consumer<RpcWriter>> arguments = new ArrayList<>();
    private final List<Consumer<RpcWriter>> results = new ArrayList<>();

    Nfs4Talk(final NfsLab lab) {
        this.lab = lab;
    }

    /** One operation of the next compound that succeeds. */
    Nfs4Talk op(final int operation, final Consumer<RpcWriter> call, final Consumer<RpcWriter> reply) {
        arguments.add(writer -> call.accept(writer.integer(operation)));
        results.add(writer -> reply.accept(writer.integer(operation).integer(0)));
        return this;
    }

    /** The last operation that the server does. */
    Nfs4Talk fails(final int operation, final int status, final Consumer<RpcWriter> call) {
        arguments.add(writer -> call.accept(writer.integer(operation)));
        results.add(writer -> writer.integer(operation).integer(status));
        return this;
    }

    /** An operation that the server does not come to. */
    Nfs4Talk never(final int operation, final Consumer<RpcWriter> call) {
        arguments.add(writer -> call.accept(writer.integer(operation)));
        return this;
    }

    void send(final int minor) {
        lab.exchange(4, 1, call -> {
            call.text("").integer(minor).integer(arguments.size());
            arguments.forEach(argument -> argument.accept(call));
        }, reply -> {
            reply.integer(0).text("").integer(results.size());
            results.forEach(result -> result.accept(reply));
        });
        arguments.clear();
        results.clear();
    }

    Nfs4Talk root() {
        return op(PUTROOTFH, call -> { }, reply -> { });
    }

    Nfs4Talk file(final int handle) {
        return op(PUTFH, call -> call.handleOf(handle), reply -> { });
    }

    Nfs4Talk lookup(final String name) {
        return op(LOOKUP, call -> call.text(name), reply -> { });
    }

    Nfs4Talk handle(final int handle) {
        return op(GETFH, call -> { }, reply -> reply.handleOf(handle));
    }

    Nfs4Talk open(final String name, final int state, final boolean isCreating, final long before, final long after) {
        return op(OPEN, call -> {
            call.integer(0).integer(3).integer(0).hyper(1).text("owner").integer(isCreating ? 1 : 0);
            if (isCreating) {
                call.integer(0).noAttributes4();
            }
            call.integer(0).text(name);
        }, reply -> reply.state(1, state).change(before, after).integer(0).integer(0).integer(0));
    }

    Nfs4Talk read(final int state, final int octets) {
        return op(READ, call -> call.state(0, state).hyper(0).integer(octets), reply -> reply.integer(1).opaque(new byte[octets]));
    }

    Nfs4Talk write(final int state, final int octets) {
        return op(WRITE, call -> call.state(0, state).hyper(0).integer(2).opaque(new byte[octets]),
            reply -> reply.integer(octets).integer(2).hyper(0));
    }

    /** An OPEN that makes a file of a size, if need be. */
    Nfs4Talk openSized(final String name, final int state, final boolean isGuarded, final long size, final long after) {
        return op(OPEN, call -> call.integer(0).integer(3).integer(0).hyper(1).text("owner").integer(1).integer(isGuarded ? 1 : 0)
            .integer(1).integer(1 << 4).opaque(new RpcWriter().hyper(size).octets()).integer(0).text(name),
            reply -> reply.state(1, state).change(1, after).integer(0).integer(0).integer(0));
    }

    Nfs4Talk setSize(final int state, final long size) {
        return op(SETATTR, call -> call.state(0, state).integer(1).integer(1 << 4).opaque(new RpcWriter().hyper(size).octets()),
            reply -> reply.integer(0));
    }

    /** A read that reaches the end of the file when {@code isEnd} is not 0; READ_PLUS tells of a hole of 40 octets behind the data. */
    Nfs4Talk readAt(final int operation, final int state, final long offset, final int octets, final int isEnd) {
        return op(operation, call -> call.state(0, state).hyper(offset).integer(octets), reply -> {
            reply.integer(isEnd);
            if (operation == READ_PLUS) {
                reply.integer(2).integer(0).hyper(offset).opaque(new byte[octets]).integer(1).hyper(offset + octets).hyper(40);
            } else {
                reply.opaque(new byte[octets]);
            }
        });
    }

    Nfs4Talk writeAt(final int state, final long offset, final int octets) {
        return op(WRITE, call -> call.state(0, state).hyper(offset).integer(2).opaque(new byte[octets]),
            reply -> reply.integer(octets).integer(2).hyper(0));
    }

    Nfs4Talk close(final int state) {
        return op(CLOSE, call -> call.integer(0).state(1, state), reply -> reply.state(2, state));
    }

    Nfs4Talk sequence(final int number) {
        return op(SEQUENCE, call -> call.zeros(16).integer(number).zeros(12), reply -> reply.zeros(16).integer(number).zeros(16));
    }
}
