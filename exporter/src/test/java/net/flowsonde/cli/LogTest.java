package net.flowsonde.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.flowsonde.config.LogConfig.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTest {
    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("net.flowsonde.test");
    private long nowNs;

    @ParameterizedTest
    @CsvSource({"ERROR, <3>", "WARN, <4>", "INFO, <6>", "DEBUG, <7>"})
    void shouldGiveTheJournalTheSeverityOfEveryLine(final String level, final String prefix) {
        final String text = formatted(Format.JOURNAL, Level.valueOf(level), new IllegalStateException("broken"));
        assertThat(text.lines()).startsWith(prefix + "two words", prefix + "java.lang.IllegalStateException: broken")
            .hasSizeGreaterThan(3).allMatch(line -> line.startsWith(prefix));
    }

    @Test
    void shouldWriteAnObjectALineAsJson() {
        final String text = formatted(Format.JSON, Level.WARN, new IllegalStateException("broken"));
        assertThat(text.lines()).singleElement().asString().startsWith("{").endsWith("}").contains("\"level\":\"WARN\"")
            .contains("\"formattedMessage\":\"two words\"").contains("\"timestamp\":").contains("broken");
    }

    @Test
    void shouldWritePlainLinesWithTimeAndSeverity() {
        assertThat(formatted(Format.PLAIN, Level.WARN, null))
            .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) WARN  two words\\R");
    }

    @Test
    void shouldBoundTheLogAndSayHowMuchWasLeftOut() {
        final ListAppender<ILoggingEvent> written = written(Level.INFO);
        for (int i = 0; i < LogRateLimit.MOST_LINES + 7; i++) {
            logger.info("line {}", i);
        }
        assertThat(written.list).hasSize(LogRateLimit.MOST_LINES);
        nowNs += LogRateLimit.WINDOW_NS;
        logger.info("next");
        assertThat(written.list.subList(LogRateLimit.MOST_LINES, written.list.size())).extracting(ILoggingEvent::getFormattedMessage)
            .containsExactly("7 log lines were left out: there were more than 500 in 10 s", "next");
    }

    @Test
    void shouldNotCountWhatIsNotWrittenNorBoundDebugging() {
        final ListAppender<ILoggingEvent> written = written(Level.DEBUG);
        for (int i = 0; i < 2 * LogRateLimit.MOST_LINES; i++) {
            logger.debug("debug");
            logger.trace("trace");
        }
        logger.info("information");
        assertThat(written.list).hasSize(2 * LogRateLimit.MOST_LINES + 1);
    }

    private ListAppender<ILoggingEvent> written(final Level level) {
        final ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.setContext(context);
        appender.start();
        logger.setLevel(level);
        logger.addAppender(appender);
        context.addTurboFilter(new LogRateLimit(() -> nowNs));
        return appender;
    }

    private String formatted(final Format format, final Level level, final Throwable thrown) {
        final LoggingEvent event = new LoggingEvent("", logger, level, "two {}", thrown, List.of("words").toArray());
        return new String(LogFormats.encoder(context, format).encode(event), StandardCharsets.UTF_8);
    }
}
