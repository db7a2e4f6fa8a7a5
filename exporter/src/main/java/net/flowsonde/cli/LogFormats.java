package net.flowsonde.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LevelToSyslogSeverity;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.flowsonde.config.LogConfig.Format;

/** How a line of the log looks. */
final class LogFormats {
    private LogFormats() {
    }

    static Encoder<ILoggingEvent> encoder(final LoggerContext context, final Format format) {
        final Encoder<ILoggingEvent> encoder = switch (format) {
            case PLAIN -> plain();
            case JSON -> json();
            case JOURNAL -> journal(context);
            case AUTO -> isJournal() ? journal(context) : plain();
        };
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> plain() {
        final PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %msg%n");
        return encoder;
    }

    /** Time (milliseconds since 1970), level, thread, logger, message, and the stack trace where there is one. */
    private static Encoder<ILoggingEvent> json() {
        final JsonEncoder encoder = new JsonEncoder();
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithMDC(false);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithFormattedMessage(true);
        return encoder;
    }

    private static Encoder<ILoggingEvent> journal(final LoggerContext context) {
        final JournalLayout layout = new JournalLayout();
        layout.setContext(context);
        layout.start();
        final LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setLayout(layout);
        return encoder;
    }

    /** systemd names the stream that it reads by device and inode (systemd.exec(5)); a child whose output goes elsewhere inherits the name. */
    private static boolean isJournal() {
        final String stream = System.getenv("JOURNAL_STREAM");
        if (stream == null) {
            return false;
        }
        try {
            final Path error = Path.of("/proc/self/fd/2");
            return stream.equals(Files.getAttribute(error, "unix:dev") + ":" + Files.getAttribute(error, "unix:ino"));
        } catch (final IOException | RuntimeException unknown) {
            return false;
        }
    }

    /** Each line after its severity, {@code <4>}, as sd-daemon(3) wants it. */
    static final class JournalLayout extends LayoutBase<ILoggingEvent> {
        private final ThrowableProxyConverter stackTrace = new ThrowableProxyConverter();

        @Override
        public void start() {
            stackTrace.start();
            super.start();
        }

        @Override
        public String doLayout(final ILoggingEvent event) {
            final String prefix = "<" + LevelToSyslogSeverity.convert(event) + ">";
            final StringBuilder lines = new StringBuilder();
            (event.getFormattedMessage() + System.lineSeparator() + stackTrace.convert(event)).lines()
                .forEach(line -> lines.append(prefix).append(line).append(System.lineSeparator()));
            return lines.toString();
        }
    }
}
