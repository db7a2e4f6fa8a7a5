package net.flowsonde.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DistinctLogTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final AtomicLong nowNs = new AtomicLong(5 * SECOND_NS);
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();
    private final Logger logger = new LoggerContext().getLogger("test");
    private final DistinctLog log = new DistinctLog(logger, Duration.ofSeconds(60), nowNs::get);

    @BeforeEach
    void listen() {
        logger.setLevel(Level.WARN);
        written.start();
        logger.addAppender(written);
    }

    @Test
    void shouldWriteEachDistinctErrorOnce() {
        for (int i = 0; i < 1_000; i++) {
            log.warn("disk full");
            log.warn("collector away");
        }
        assertThat(lines()).containsExactly("disk full", "collector away");
    }

    @Test
    void shouldWriteAnErrorAgainAfterTheIntervalWithItsCount() {
        log.warn("disk full");
        nowNs.addAndGet(59 * SECOND_NS);
        log.warn("disk full");
        log.warn("disk full");
        nowNs.addAndGet(SECOND_NS);
        log.warn("disk full");
        log.warn("disk full");
        assertThat(lines()).containsExactly("disk full", "disk full (3 more in 60 s)");
    }

    @Test
    void shouldWriteWhatWasHeldBackAtTheEnd() {
        log.warn("disk full");
        log.warn("disk full");
        log.warn("collector away");
        nowNs.addAndGet(2 * SECOND_NS);
        log.flush();
        log.flush();
        assertThat(lines()).containsExactly("disk full", "collector away", "disk full (1 more in 2 s)");
    }

    @Test
    void shouldBoundWhatItRemembers() {
        for (int i = 0; i < 10_000; i++) {
            log.warn("error " + i);
        }
        assertThat(lines()).hasSize(257).last().isEqualTo("more kinds of errors than are told apart");
    }

    @Test
    void shouldShowTheStackTraceOfADistinctErrorOnlyForDebugging() {
        final Exception cause = new Exception("why");
        log.error("export failed", cause);
        assertThat(lines()).containsExactly("export failed");
        logger.setLevel(Level.DEBUG);
        log.error("another failed", cause);
        assertThat(written.list.get(2).getThrowableProxy().getMessage()).isEqualTo("why");
    }

    private List<String> lines() {
        return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
