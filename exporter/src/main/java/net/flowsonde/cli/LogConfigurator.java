package net.flowsonde.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import net.flowsonde.config.LogConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logging to standard error, set up in code: found through {@code META-INF/services}, so that Logback looks for no files. */
public final class LogConfigurator extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(final LoggerContext context) {
        final PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %msg%n");
        encoder.start();
        final ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        final ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        // in a namespace without a hardware address Netty warns that it names its channels at random, which concerns nobody
        context.getLogger("io.netty.util.internal.MacAddressUtil").setLevel(Level.ERROR);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Writes what is at least as grave as {@code level}; of libraries, only warnings and errors unless tracing. */
    static void level(final LogConfig.Level level) {
        final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        final Level wanted = Level.valueOf(level.name());
        context.getLogger("net.flowsonde").setLevel(wanted);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(wanted == Level.DEBUG || wanted == Level.INFO ? Level.WARN : wanted);
    }
}
