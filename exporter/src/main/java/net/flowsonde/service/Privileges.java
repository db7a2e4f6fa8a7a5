package net.flowsonde.service;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.ffi.Pointer;

/**
 * Gives up being root, once everything that needs root is open. The C library changes the user of every thread; capabilities are a thread's
 * own, so that only the thread which calls, and threads that it starts later, keep the right to capture (capabilities(7)).
 */
public final class Privileges {
    private static final int PR_SET_KEEPCAPS = 8;
    private static final int CAP_NET_RAW = 13;
    /** _LINUX_CAPABILITY_VERSION_3: two words each for effective, permitted and inheritable. */
    private static final int CAPABILITY_VERSION = 0x2008_0522;
    private static final int HEADER_LENGTH = 8;
    private static final int DATA_LENGTH = 24;
    private static final int EFFECTIVE_OFFSET = 0;
    private static final int PERMITTED_OFFSET = 4;
    /** struct passwd on a 64-bit machine: name and password are pointers. */
    private static final int UID_OFFSET = 16;
    private static final int GID_OFFSET = 20;

    private Privileges() {
    }

    public static boolean isRoot() {
        return SystemCalls.functions().geteuid() == 0;
    }

    /** User and group of an account. */
    public record Account(String name, int uid, int gid) {
        /** @throws IllegalArgumentException when there is no such user, with what is wrong */
        public static Account of(final String name) {
            final Pointer entry = SystemCalls.functions().getpwnam(name);
            if (entry == null) {
                throw new IllegalArgumentException("there is no user " + name);
            }
            return new Account(name, entry.getInt(UID_OFFSET), entry.getInt(GID_OFFSET));
        }
    }

    /** Becomes the user in every thread; this thread, and those it starts from now on, may still capture. */
    public static void become(final Account account) {
        final SystemCalls.Functions libc = SystemCalls.functions();
        check(libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0), "prctl");
        check(libc.initgroups(account.name(), account.gid()), "initgroups");
        check(libc.setresgid(account.gid(), account.gid(), account.gid()), "setresgid");
        check(libc.setresuid(account.uid(), account.uid(), account.uid()), "setresuid");
        check(libc.prctl(PR_SET_KEEPCAPS, 0, 0, 0, 0), "prctl");
        capabilities(1 << CAP_NET_RAW);
    }

    /** This thread, which has started those that capture, needs no capability any more. */
    public static void dropCapabilities() {
        capabilities(0);
    }

    private static void capabilities(final int set) {
        final ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH).order(ByteOrder.nativeOrder()).putInt(CAPABILITY_VERSION);
        final ByteBuffer data = ByteBuffer.allocate(DATA_LENGTH).order(ByteOrder.nativeOrder());
        data.putInt(EFFECTIVE_OFFSET, set).putInt(PERMITTED_OFFSET, set);
        check(SystemCalls.functions().capset(header.array(), data.array()), "capset");
    }

    private static void check(final int status, final String call) {
        if (status != 0) {
            throw new IllegalStateException(call + ": " + SystemCalls.lastError());
        }
    }
}
