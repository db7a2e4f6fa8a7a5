package net.flowsonde.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import net.flowsonde.config.CaptureConfig;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Gauge;
import net.flowsonde.telemetry.Telemetry;
import org.junit.jupiter.api.Test;

/** The queue of all interfaces at once, over a handle that captures nothing. */
class LiveSourceTest {
    private static final PacketHandler NOBODY = new Nobody();

    private final Counters counters = new Telemetry().register(Counter.Scope.QUEUE, "any/0");
    private final AtomicInteger opened = new AtomicInteger();
    private final LiveInterface any =
        new LiveInterface(CaptureConfig.DEFAULT, LiveInterface.ANY, new LiveFilter(CaptureConfig.DEFAULT, new OwnTraffic()), 1);

    @Test
    void shouldSayThatAllInterfacesAreCapturedAndOpenThemAgainWhenTheirHandleBreaks() {
        try (LiveSource source = new LiveSource(any, tally -> new SilentHandle(opened.incrementAndGet() == 1), counters, false)) {
            await().until(() -> {
                source.poll(NOBODY);
                return opened.get() == 2;
            });
            await().until(() -> {
                source.poll(NOBODY);
                return counters.value(Gauge.CAPTURING) == 1;
            });
        }
        assertThat(counters.value(Counter.CAPTURE_ERRORS)).isEqualTo(1);
    }

    private static final class Nobody implements PacketHandler {
        @Override
        public void onPacket(final CapturedFrame frame) {
            throw new AssertionError("nothing is captured");
        }

        @Override
        public int onTime(final long nowNs) {
            return 0;
        }

        @Override
        public void onClose() {
            // nothing is held
        }
    }

    private record SilentHandle(boolean isBroken) implements LiveHandle {
        @Override
        public int read(final PacketHandler handler) {
            return isBroken ? BROKEN : 0;
        }

        @Override
        public long newestStampNs() {
            return 0;
        }

        @Override
        public int descriptor() {
            return -1;
        }

        @Override
        public int interfaceIndex() {
            return 0;
        }

        @Override
        public int takeError() {
            return 0;
        }

        @Override
        public long takeDrops() {
            return 0;
        }

        @Override
        public void filter(final String expression) {
            // captures nothing anyway
        }

        @Override
        public void closeIntake() {
            // likewise
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
