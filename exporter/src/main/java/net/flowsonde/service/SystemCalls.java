package net.flowsonde.service;

import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;

/** The C library's functions that a service needs, loaded when first asked for. */
final class SystemCalls {
    private static Functions functions;

    private SystemCalls() {
    }

    /** The functions by the names of their manual pages. Public because jnr-ffi implements it from another package. */
    public interface Functions {
        int socket(int domain, int type, int protocol);

        int connect(int descriptor, @In byte[] address, int length);

        @ssize_t long send(int descriptor, @In byte[] octets, @size_t long length, int flags);

        int close(int descriptor);

        int geteuid();

        Pointer getpwnam(String name);

        int initgroups(String user, int group);

        int setresgid(int real, int effective, int saved);

        int setresuid(int real, int effective, int saved);

        int prctl(int option, long second, long third, long fourth, long fifth);

        int capset(@In byte[] header, @In byte[] data);

        String strerror(int error);
    }

    static synchronized Functions functions() {
        if (functions == null) {
            functions = LibraryLoader.create(Functions.class).failImmediately().load("c");
        }
        return functions;
    }

    /** What went wrong with this thread's last call. */
    static String lastError() {
        return functions().strerror(LastError.getLastError(Runtime.getRuntime(functions())));
    }
}
