package net.flowsonde.dpi.nfs;

/** The operations that version 4.2 (RFC 7862) and extended attributes (RFC 8276) added, each as a step of a compound. */
class Nfs42Talk extends Nfs4Talk {
    static final int ALLOCATE = 59;
    static final int DEALLOCATE = 62;
    static final int SEEK = 69;
    static final int WRITE_SAME = 70;
    static final int CLONE = 71;
    static final int GETXATTR = 72;
    static final int SETXATTR = 73;
    static final int LISTXATTRS = 74;
    static final int REMOVEXATTR = 75;
    static final int STATE = 5;

    Nfs42Talk(final NfsLab lab) {
        super(lab);
    }

    /** ALLOCATE or DEALLOCATE. */
    Nfs42Talk space(final int operation, final long offset, final long length) {
        op(operation, call -> call.state(0, STATE).hyper(offset).hyper(length), reply -> { });
        return this;
    }

    /** A block of {@code pattern} again and again, from an offset; the server says how much that is. */
    Nfs42Talk writeSame(final long offset, final long blocks, final byte[] pattern) {
        op(WRITE_SAME, call -> call.state(0, STATE).integer(2).hyper(offset).hyper(pattern.length).hyper(blocks).hyper(0).integer(1).hyper(0)
            .opaque(pattern), reply -> reply.integer(0).hyper(blocks * pattern.length).integer(2).hyper(0));
        return this;
    }

    Nfs42Talk seek(final long offset) {
        op(SEEK, call -> call.state(0, STATE).hyper(offset).integer(1), reply -> reply.integer(0).hyper(offset + 1));
        return this;
    }

    Nfs42Talk copy(final long octets) {
        op(COPY, call -> call.state(0, STATE).state(0, STATE + 1).hyper(0).hyper(0).hyper(octets).integer(1).integer(1).integer(0),
            reply -> reply.integer(0).hyper(octets).integer(2).hyper(0).integer(1).integer(1));
        return this;
    }

    Nfs42Talk cloneTo(final long octets) {
        op(CLONE, call -> call.state(0, STATE).state(0, STATE + 1).hyper(0).hyper(0).hyper(octets), reply -> { });
        return this;
    }

    Nfs42Talk getAttribute(final String name, final byte[] value) {
        op(GETXATTR, call -> call.text(name), reply -> reply.opaque(value));
        return this;
    }

    Nfs42Talk setAttribute(final String name, final byte[] value) {
        op(SETXATTR, call -> call.integer(0).text(name).opaque(value), reply -> reply.change(1, 2));
        return this;
    }

    Nfs42Talk listAttributes(final String... names) {
        op(LISTXATTRS, call -> call.hyper(0).integer(1_000), reply -> {
            reply.hyper(7).integer(names.length);
            for (final String name : names) {
                reply.text(name);
            }
            reply.integer(1);
        });
        return this;
    }

    Nfs42Talk removeAttribute(final String name) {
        op(REMOVEXATTR, call -> call.text(name), reply -> reply.change(1, 2));
        return this;
    }

    /** The current file is {@code to}, the saved one {@code from}. */
    Nfs42Talk fromTo(final String from, final String to) {
        root().lookup(from).op(SAVEFH, call -> { }, reply -> { }).root().lookup(to);
        return this;
    }

    Nfs42Talk at(final String name) {
        root().lookup(name);
        return this;
    }

    /** Removes a file, and sends it all: told only where the operations before were understood. */
    void thenRemove(final String name) {
        root().op(REMOVE, call -> call.text(name), reply -> reply.change(1, 2)).send(2);
    }
}
