package net.flowsonde.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import net.flowsonde.config.LogConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logging to standard error, set up in code: found through {@code META-INF/services}, so that Logback looks for no files. */
public final class LogConfigurator extends ContextAwareBase implements Configurator {
    private static final String CONSOLE = "console";

    @Override
    public ExecutionStatus configure(final LoggerContext context) {
        final ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setName(CONSOLE);
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(LogFormats.encoder(context, LogConfig.DEFAULT.format()));
        appender.start();
        final ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        context.addTurboFilter(new LogRateLimit());
        // in a namespace without a hardware address Netty warns that it names its channels at random, which concerns nobody
        context.getLogger("io.netty.util.internal.MacAddressUtil").setLevel(Level.ERROR);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Writes what is at least as grave as {@code level}; of libraries, only warnings and errors unless tracing. */
    static void level(final LogConfig.Level level) {
        final Level wanted = Level.valueOf(level.name());
        context().getLogger("net.flowsonde").setLevel(wanted);
        context().getLogger(Logger.ROOT_LOGGER_NAME).setLevel(wanted == Level.DEBUG || wanted == Level.INFO ? Level.WARN : wanted);
    }

    /** Writes lines in this form from now on. */
    static void format(final LogConfig.Format format) {
        final ConsoleAppender<ILoggingEvent> appender =
            (ConsoleAppender<ILoggingEvent>) context().getLogger(Logger.ROOT_LOGGER_NAME).getAppender(CONSOLE);
        appender.setEncoder(LogFormats.encoder(context(), format));
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
