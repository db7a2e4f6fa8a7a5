package net.flowsonde.capture;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Octets that a thread has allocated on the heap. */
final class Garbage {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Garbage() {
    }

    static long of(final Thread thread) {
        return THREADS.getThreadAllocatedBytes(thread.getId());
    }
}
