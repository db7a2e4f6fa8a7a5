package net.flowsonde.telemetry;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** Memory, pauses and threads of this Java virtual machine, read when asked; any thread. */
public final class VirtualMachine {
    /** Most threads that are listed. */
    private static final int MOST_THREADS = 1_024;

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    private final AtomicLong longestPauseMs = new AtomicLong();

    public VirtualMachine() {
        for (final GarbageCollectorMXBean collector : collectors) {
            ((NotificationEmitter) collector).addNotificationListener((event, nothing) -> onCollection(event), null, null);
        }
    }

    private void onCollection(final Notification event) {
        if (GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION.equals(event.getType())) {
            final var collection = GarbageCollectionNotificationInfo.from((CompositeData) event.getUserData());
            longestPauseMs.accumulateAndGet(collection.getGcInfo().getDuration(), Math::max);
        }
    }

    public long heapUsed() {
        return memory.getHeapMemoryUsage().getUsed();
    }

    public long heapCommitted() {
        return memory.getHeapMemoryUsage().getCommitted();
    }

    public long heapMax() {
        return memory.getHeapMemoryUsage().getMax();
    }

    public long nonHeapUsed() {
        return memory.getNonHeapMemoryUsage().getUsed();
    }

    /** Pauses in which garbage was collected. */
    public long pauses() {
        return collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
    }

    public long pauseTimeMs() {
        return collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionTime).sum();
    }

    public long longestPauseMs() {
        return longestPauseMs.get();
    }

    /** CPU time of the whole process. */
    public long cpuTimeMs() {
        return system.getProcessCpuTime() / 1_000_000;
    }

    /** The threads that are alive now. */
    public List<ThreadRow> threads() {
        final ThreadInfo[] infos = threads.getThreadInfo(Arrays.stream(threads.getAllThreadIds()).limit(MOST_THREADS).toArray());
        return Arrays.stream(infos).filter(Objects::nonNull).map(info -> new ThreadRow(info.getThreadId(), info.getThreadName())).toList();
    }

    /** CPU time that a thread has had; 0 when it has ended. */
    public long cpuTimeMs(final ThreadRow thread) {
        return Math.max(0, threads.getThreadCpuTime(thread.id())) / 1_000_000;
    }

    /** A thread by its number and name. */
    public record ThreadRow(long id, String name) {
    }
}
