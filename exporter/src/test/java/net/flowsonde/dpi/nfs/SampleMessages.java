package net.flowsonde.dpi.nfs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A call and a reply of every procedure of MOUNT and NFS 2 to 4.2 that is read, and of every operation of version 4. */
final class SampleMessages {
    private static final int DATA = 100;
    private final List<byte[]> calls = new ArrayList<>();
    private final List<byte[]> replies = new ArrayList<>();
    private int xid;

    SampleMessages() {
        mount();
        version2();
        version3();
        version4();
    }

    List<byte[]> calls() {
        return calls;
    }

    List<byte[]> replies() {
        return replies;
    }

    private void add(
        final int program, final int version, final int procedure, final Consumer<RpcWriter> arguments,
        final Consumer<RpcWriter> results) {
        calls.add(RpcWriter.call(++xid, program, version, procedure, arguments));
        replies.add(RpcWriter.reply(xid, results));
    }

    private void mount() {
        add(RpcWriter.MOUNT, 1, 1, call -> call.text("/export"), reply -> reply.integer(0).handle2(1));
        add(RpcWriter.MOUNT, 3, 1, call -> call.text("/export"), reply -> reply.integer(0).handleOf(1).integer(1).integer(1));
        add(RpcWriter.MOUNT, 3, 3, call -> call.text("/export"), reply -> { });
        add(100_000, 2, 3, call -> call.integer(RpcWriter.NFS).integer(3).integer(6).integer(0), reply -> reply.integer(2_049));
    }

    private void version2() {
        for (final int procedure : new int[] {4, 9, 10, 14, 15}) {
            add(RpcWriter.NFS, 2, procedure, call -> call.handle2(1).text("name" + procedure).zeros(32),
                reply -> reply.integer(0).handle2(procedure).zeros(68));
        }
        add(RpcWriter.NFS, 2, 2, call -> call.handle2(4).zeros(32), reply -> reply.integer(0).zeros(68));
        add(RpcWriter.NFS, 2, 5, call -> call.handle2(4), reply -> reply.integer(0).text("target"));
        add(RpcWriter.NFS, 2, 6, call -> call.handle2(4).zeros(12), reply -> reply.integer(0).zeros(68).opaque(new byte[DATA]));
        add(RpcWriter.NFS, 2, 8, call -> call.handle2(4).zeros(12).opaque(new byte[DATA]), reply -> reply.integer(0).zeros(68));
        add(RpcWriter.NFS, 2, 11, call -> call.handle2(1).text("a").handle2(1).text("b"), reply -> reply.integer(0));
        add(RpcWriter.NFS, 2, 12, call -> call.handle2(4).handle2(1).text("b"), reply -> reply.integer(0));
        add(RpcWriter.NFS, 2, 13, call -> call.handle2(1).text("b").text("target").zeros(32), reply -> reply.integer(0));
        add(RpcWriter.NFS, 2, 16, call -> call.handle2(1).integer(0).integer(500),
            reply -> reply.integer(0).integer(1).integer(5).text("x").integer(1).integer(0).integer(1));
    }

    private void version3() {
        add(RpcWriter.NFS, 3, 3, call -> call.handleOf(1).text("name"), reply -> reply.integer(0).handleOf(2).attributes3(5).integer(0));
        add(RpcWriter.NFS, 3, 2, call -> call.handleOf(2).noSettings3().integer(0), reply -> reply.integer(0).noChange3());
        add(RpcWriter.NFS, 3, 4, call -> call.handleOf(2).integer(63), reply -> reply.integer(0).integer(0).integer(0));
        add(RpcWriter.NFS, 3, 5, call -> call.handleOf(2), reply -> reply.integer(0).attributes3(5).text("target"));
        add(RpcWriter.NFS, 3, 6, call -> call.handleOf(2).hyper(0).integer(DATA),
            reply -> reply.integer(0).attributes3(5).integer(DATA).integer(1).opaque(new byte[DATA]));
        add(RpcWriter.NFS, 3, 7, call -> call.handleOf(2).hyper(0).integer(DATA).integer(2).opaque(new byte[DATA]),
            reply -> reply.integer(0).noChange3().integer(DATA).integer(2).hyper(0));
        for (final int procedure : new int[] {8, 9, 11}) {
            add(RpcWriter.NFS, 3, procedure, call -> call.handleOf(1).text("new" + procedure).integer(6).noSettings3(),
                reply -> reply.integer(0).integer(1).handleOf(procedure + 20).attributes3(0).noChange3());
        }
        add(RpcWriter.NFS, 3, 10, call -> call.handleOf(1).text("link").noSettings3().text("target"),
            reply -> reply.integer(0).integer(0).integer(0).noChange3());
        for (final int procedure : new int[] {12, 13}) {
            add(RpcWriter.NFS, 3, procedure, call -> call.handleOf(1).text("name"), reply -> reply.integer(0).noChange3());
        }
        add(RpcWriter.NFS, 3, 14, call -> call.handleOf(1).text("a").handleOf(1).text(".nfs00000001"),
            reply -> reply.integer(0).noChange3().noChange3());
        add(RpcWriter.NFS, 3, 15, call -> call.handleOf(2).handleOf(1).text("a"), reply -> reply.integer(0).integer(0).noChange3());
        add(RpcWriter.NFS, 3, 16, call -> call.handleOf(1).hyper(0).hyper(0).integer(500),
            reply -> reply.integer(0).integer(0).hyper(0).integer(1).hyper(5).text("x").hyper(1).integer(0).integer(1));
        add(RpcWriter.NFS, 3, 17, call -> call.handleOf(1).hyper(0).hyper(0).integer(500).integer(500),
            reply -> reply.integer(0).integer(0).hyper(0).integer(1).hyper(5).text("x").hyper(1).attributes3(9).integer(1).handleOf(30)
                .integer(0).integer(1));
        add(RpcWriter.NFS, 3, 21, call -> call.handleOf(2).hyper(0).integer(0), reply -> reply.integer(0).noChange3().hyper(0));
    }

    private void version4() {
        compound(0, 15, call -> call.integer(15).text("name").integer(10), 4, reply -> reply.integer(15).integer(0).integer(10).integer(0)
            .handleOf(2));
        compound(1, 18, SampleMessages::openArguments, 4, reply -> openResults(reply).integer(10).integer(0).handleOf(40));
        compound(1, 25, call -> call.integer(25).state(0, 9).hyper(0).integer(DATA).integer(9).integer(1).integer(1 << 4), 4,
            reply -> reply.integer(25).integer(0).integer(1).opaque(new byte[DATA]).integer(9).integer(0).integer(1).integer(1 << 4)
                .opaque(new byte[8]));
        compound(0, 38, call -> call.integer(38).state(1, 9).hyper(0).integer(2).opaque(new byte[DATA]).integer(9).integer(0), 4,
            reply -> reply.integer(38).integer(0).integer(DATA).integer(2).hyper(0).integer(9).integer(0).noAttributes4());
        compound(2, 68, call -> call.integer(68).state(1, 9).hyper(0).integer(DATA).integer(4).integer(0).state(1, 9), 4,
            reply -> reply.integer(68).integer(0).integer(1).integer(2).integer(0).hyper(0).opaque(new byte[DATA]).integer(1).hyper(100)
                .hyper(50).integer(4).integer(0).state(1, 9));
        compound(0, 26, call -> call.integer(26).hyper(0).hyper(0).integer(500).integer(500).integer(1).integer(1 << 19).integer(32), 4,
            reply -> reply.integer(26).integer(0).hyper(0).integer(1).hyper(1).text("x").integer(1).integer(1 << 19)
                .opaque(new RpcWriter().handleOf(41).octets()).integer(0).integer(1).integer(32).integer(0));
        for (int operation = 3; operation < 76; operation++) {
            final int number = operation;
            compound(2, operation, call -> call.integer(number).zeros(200).integer(9).integer(0), 4,
                reply -> reply.integer(number).integer(0).zeros(200).integer(9).integer(0).noAttributes4());
        }
    }

    private static void openArguments(final RpcWriter call) {
        call.integer(18).integer(0).integer(3).integer(0).hyper(1).text("owner").integer(1).integer(0).noAttributes4().integer(0)
            .text("file").integer(10);
    }

    private static RpcWriter openResults(final RpcWriter reply) {
        return reply.integer(18).integer(0).state(1, 9).change(1, 2).integer(0).integer(0).integer(2).state(1, 77).integer(0).integer(1)
            .hyper(1 << 20).integer(0).integer(0).integer(0).text("EVERYONE@");
    }

    /** Of two operations behind SEQUENCE and PUTFH. */
    private void compound(
        final int minor, final int operation, final Consumer<RpcWriter> arguments, final int operations,
        final Consumer<RpcWriter> results) {
        add(RpcWriter.NFS, 4, 1,
            call -> {
                call.text("tag").integer(minor).integer(operations).integer(53).zeros(32).integer(22).handleOf(1);
                arguments.accept(call);
            },
            reply -> {
                reply.integer(0).text("tag").integer(operations).integer(53).integer(0).zeros(16).integer(xid * 100 + operation).zeros(16)
                    .integer(22).integer(0);
                results.accept(reply);
            });
    }
}
