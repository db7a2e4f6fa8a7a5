package net.flowsonde.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import net.flowsonde.config.ServiceConfig;
import net.flowsonde.service.ControlClient;
import net.flowsonde.service.ControlReply;
import picocli.CommandLine.Option;

/** Which running instance a command talks to. */
final class ControlOptions {
    @Option(names = "--runtime-directory", paramLabel = "DIR", description = "Where its control socket is; /run/flowsonde by default.")
    private Path directory = Path.of(ServiceConfig.DEFAULT.runtimeDirectory());

    @Option(names = "--pid", paramLabel = "PID", description = "Which one, where several run.")
    private long pid;

    /** Asks it; an {@link UncheckedIOException} brings a line for the operator. */
    ControlReply ask(final String command, final Duration patience) {
        try {
            return ControlClient.find(directory, pid).ask(command, patience);
        } catch (final IOException failed) {
            throw new UncheckedIOException(failed.getMessage(), failed);
        }
    }
}
