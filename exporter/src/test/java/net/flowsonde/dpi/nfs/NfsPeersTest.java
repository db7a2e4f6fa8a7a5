package net.flowsonde.dpi.nfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import net.flowsonde.dpi.SharedTable;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class NfsPeersTest {
    private static final int QUEUES = 2;
    private static final int EXECUTIONS = 5_000;

    private final NfsPeers peers = new NfsPeers(QUEUES);

    /** A queue that found another at work for too long cannot tell, and is not the first either. */
    @Test
    void shouldLetOneQueueOnlyBeTheFirstToTellAnExecution() throws Exception {
        final AtomicIntegerArray firsts = new AtomicIntegerArray(EXECUTIONS);
        final AtomicInteger arrivals = new AtomicInteger();
        final Thread[] queues = new Thread[QUEUES];
        for (int i = 0; i < QUEUES; i++) {
            queues[i] = new Thread(() -> {
                final UnsafeBuffer scratch = new UnsafeBuffer(new byte[Integer.BYTES]);
                for (int execution = 0; execution < EXECUTIONS; execution++) {
                    arrivals.incrementAndGet();
                    while (arrivals.get() < QUEUES * (execution + 1)) {
                        Thread.yield();
                    }
                    final int outcome = peers.execute(execution + 1, scratch, 1);
                    firsts.addAndGet(execution, outcome == SharedTable.WRITTEN ? 1 : 0);
                }
            });
            queues[i].start();
        }
        for (final Thread queue : queues) {
            queue.join();
        }
        for (int execution = 0; execution < EXECUTIONS; execution++) {
            assertThat(firsts.get(execution)).as("execution %d", execution).isEqualTo(1);
        }
    }
}
