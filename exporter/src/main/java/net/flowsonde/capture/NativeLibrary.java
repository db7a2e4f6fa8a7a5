package net.flowsonde.capture;

import java.util.List;
import jnr.ffi.LibraryLoader;

/** Loads a native library by the first of its names that the system knows. */
final class NativeLibrary {
    private NativeLibrary() {
    }

    /**
     * Binds all functions at once: jnr-ffi generates code here and never again, not at the first packet.
     *
     * @param missing  what the operator is told when no name is known; one line
     */
    static <T> T load(final Class<T> functions, final List<String> names, final String missing) {
        Throwable cause = null;
        for (final String name : names) {
            try {
                return LibraryLoader.create(functions).failImmediately().load(name);
            } catch (final UnsatisfiedLinkError | RuntimeException error) {
                cause = error;
            }
        }
        throw new CaptureException(missing, cause);
    }
}
