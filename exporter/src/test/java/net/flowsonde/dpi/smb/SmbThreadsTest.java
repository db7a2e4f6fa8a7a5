package net.flowsonde.dpi.smb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.flowsonde.dpi.smb.SmbTalk.Connection;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two queues with a thread each share sessions, whichever of them is ahead: together they tell what one queue alone would. */
@Timeout(60)
class SmbThreadsTest {
    private static final int SESSIONS = Integer.getInteger("flowsonde.interleavings", 400);
    private static final byte[] TOKEN = SmbBytes.ntlm("LAB", "anna", "PC7");
    private static final int OPENED = 1;
    private static final int MOST_SPINS = 3_000;
    /** More than the packets of one session, each of which takes a millisecond: clocks of queues do not drift apart. */
    private static final long SESSION_MS = 100;

    /** One of the two channels of each session, on one queue, which does its part in steps. */
    private static final class Channel {
        private final boolean isFirst;
        private final SmbTalk queue;
        private final SplittableRandom random;
        private final Smb2Messages smb = new Smb2Messages();
        private Connection connection;

        Channel(final boolean isFirst, final SmbTalk queue, final long seed) {
            this.isFirst = isFirst;
            this.queue = queue;
            random = new SplittableRandom(seed);
        }

        private void dawdle() {
            for (int left = random.nextInt(MOST_SPINS); left > 0; left--) {
                Thread.onSpinWait();
            }
        }

        private void exchange(final byte[] request, final byte[] response) {
            dawdle();
            connection.request(request);
            dawdle();
            connection.response(response);
        }

        /** Both at once: the logon and the binding to it, and what the first opens. */
        void begin(final int number) {
            queue.at(number * SESSION_MS + (isFirst ? 0 : SESSION_MS / 2));
            smb.session(Smb2Messages.SESSION + number);
            connection = queue.connection(2 * number + (isFirst ? 1 : 2));
            connection.response(smb.negotiated(0x0311));
            exchange(isFirst ? smb.message(1).setup(TOKEN) : smb.message(1).binding(TOKEN), smb.isSetUp(0));
            if (isFirst) {
                exchange(smb.message(2).connect("\\\\srv\\data"), smb.connected(1));
                exchange(smb.message(3).create("both-" + number, OPENED, 0), smb.created(OPENED, 9_000, false, 7, 8));
            }
        }

        /** Both at once: reads of one file, and a file of each. */
        void go(final int number) {
            final int mine = isFirst ? 20 : 30;
            for (int i = 0; i < 3; i++) {
                exchange(smb.message(10 + i).read(1_000 + i, 7, 8), smb.isRead(1_000 + i));
            }
            exchange(smb.message(20).create(mine + "-" + number, 2, 0), smb.created(2, 0, false, mine, 1));
            exchange(smb.message(21).write(500, mine, 1), smb.written(500));
            exchange(smb.message(22).setInfo(1, 10, Smb2Messages.target(mine + "-renamed-" + number), mine, 1), smb.isSet());
            exchange(smb.message(23).close(mine, 1), smb.closed(500));
        }

        /** The first closes what both have read, while the other may not have got so far. */
        void end() {
            if (isFirst) {
                exchange(smb.message(40).close(7, 8), smb.closed(9_000));
            }
        }
    }

    @Test
    void shouldTellWhatOneQueueWouldTell() throws Exception {
        final SmbPeers peers = new SmbPeers(2);
        final SmbTalk one = new SmbTalk(peers);
        final SmbTalk two = new SmbTalk(peers);
        final CyclicBarrier barrier = new CyclicBarrier(2);
        final ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            final List<Future<?>> running = new ArrayList<>();
            for (final Channel channel : List.of(new Channel(true, one, 1), new Channel(false, two, 2))) {
                running.add(threads.submit(() -> {
                    for (int number = 0; number < SESSIONS; number++) {
                        barrier.await(30, TimeUnit.SECONDS);
                        channel.begin(number);
                        barrier.await(30, TimeUnit.SECONDS);
                        channel.go(number);
                        channel.end();
                    }
                    return null;
                }));
            }
            for (final Future<?> thread : running) {
                thread.get(50, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        settle(one, two);
        assertThat(Stream.concat(one.lines().stream(), two.lines().stream())).containsExactlyInAnyOrderElementsOf(ofOneQueue());
        assertThat(one.count(Counter.SMB_MESSAGES_PASSED) + two.count(Counter.SMB_MESSAGES_PASSED)).isGreaterThan(SESSIONS);
        assertThat(one.count(Counter.SMB_MESSAGES_PASSED_DROPPED) + two.count(Counter.SMB_MESSAGES_PASSED_DROPPED)).isZero();
    }

    /** Lets the time pass that is waited for what other queues may still tell. */
    private static void settle(final SmbTalk... queues) {
        for (int i = 0; i < 4; i++) {
            Stream.of(queues).forEach(queue -> queue.pass(3_000));
        }
    }

    private static List<String> ofOneQueue() {
        final SmbTalk queue = new SmbTalk();
        final Channel first = new Channel(true, queue, 1);
        final Channel second = new Channel(false, queue, 2);
        for (int number = 0; number < SESSIONS; number++) {
            first.begin(number);
            second.begin(number);
            first.go(number);
            second.go(number);
            first.end();
        }
        settle(queue);
        return queue.lines();
    }
}
