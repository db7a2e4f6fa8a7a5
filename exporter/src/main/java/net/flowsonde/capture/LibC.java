package net.flowsonde.capture;

import java.util.List;
import jnr.ffi.LastError;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.IgnoreError;
import jnr.ffi.types.off_t;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;
import jnr.ffi.types.uintptr_t;

/**
 * The C library's system calls, loaded when first asked for. A function with exactly six integer parameters gets its sixth wrongly from
 * jnr-ffi on x86_64, hence {@code mmap} takes a {@link Pointer}.
 */
final class LibC {
    static final int EPERM = 1;
    static final int EINTR = 4;
    static final int ENXIO = 6;
    static final int EACCES = 13;
    static final int ENODEV = 19;
    static final int ENETDOWN = 100;

    static final short POLLIN = 1;
    static final short POLLERR = 8;
    static final short POLLHUP = 16;
    static final short POLLNVAL = 32;

    private static Functions functions;

    private LibC() {
    }

    /** The functions by the names of their manual pages. Public because jnr-ffi implements it from another package. */
    public interface Functions {
        int socket(int domain, int type, int protocol);

        int bind(int descriptor, @uintptr_t long address, int length);

        int setsockopt(int descriptor, int level, int option, @uintptr_t long value, int length);

        int getsockopt(int descriptor, int level, int option, @uintptr_t long value, @uintptr_t long length);

        @uintptr_t long mmap(Pointer address, @size_t long length, int protection, int flags, int descriptor, @off_t long offset);

        int munmap(@uintptr_t long address, @size_t long length);

        int poll(@uintptr_t long descriptors, @uintptr_t long count, int timeoutMs);

        int pipe(@uintptr_t long descriptors);

        @IgnoreError
        @ssize_t long read(int descriptor, @uintptr_t long buffer, @size_t long length);

        @IgnoreError
        @ssize_t long write(int descriptor, @uintptr_t long buffer, @size_t long length);

        int ioctl(int descriptor, @uintptr_t long request, @uintptr_t long argument);

        int close(int descriptor);

        String strerror(int error);
    }

    static synchronized Functions functions() {
        if (functions == null) {
            functions = NativeLibrary.load(Functions.class, List.of("c"), "the C library cannot be loaded");
        }
        return functions;
    }

    /** errno of this thread's last call. */
    static int lastError() {
        return LastError.getLastError(Runtime.getRuntime(functions()));
    }
}
