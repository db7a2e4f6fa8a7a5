package net.flowsonde.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CaptureAgentTest {
    private final List<String> events = new ArrayList<>();
    private final FrameCollector handler = new FrameCollector();

    /** Writes down how it is used; has {@code waiting} batches when its intake is closed. */
    private final class ScriptedSource implements PacketSource {
        private int waiting;
        private boolean isClosingDown;
        private Runnable onPoll = () -> { };

        @Override
        public int poll(final PacketHandler consumer) {
            onPoll.run();
            events.add("poll");
            return isClosingDown ? Math.max(0, waiting--) : 1;
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public void closeIntake() {
            events.add("closeIntake");
            isClosingDown = true;
        }

        @Override
        public void wakeUp() {
            events.add("wakeUp");
        }

        @Override
        public void close() {
            assertThat(handler.isClosed).isTrue();
            events.add("close");
        }
    }

    @Test
    void shouldDrainAStoppedSourceBeforeItIsClosed() {
        final ScriptedSource source = new ScriptedSource();
        source.waiting = 2;
        final CaptureAgent agent = new CaptureAgent("eth0/1", source, handler);
        source.onPoll = agent::stop;
        agent.run();
        assertThat(events).containsExactly("wakeUp", "poll", "closeIntake", "wakeUp", "poll", "wakeUp", "poll", "wakeUp", "poll", "close");
        assertThat(agent.isDone()).isTrue();
        assertThat(agent.failure()).isEmpty();
        assertThat(agent.roleName()).isEqualTo("eth0/1");
    }

    @Test
    void shouldKeepTheFailureAndStillCloseEverything() {
        final ScriptedSource source = new ScriptedSource();
        final IllegalStateException failure = new IllegalStateException("broken");
        source.onPoll = () -> {
            throw failure;
        };
        final CaptureAgent agent = new CaptureAgent("eth0", source, handler);
        agent.run();
        assertThat(agent.failure()).containsSame(failure);
        assertThat(events).containsExactly("close");
        assertThat(handler.isClosed).isTrue();
        assertThat(agent.isDone()).isTrue();
    }
}
