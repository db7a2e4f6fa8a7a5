package net.flowsonde.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import net.flowsonde.service.ControlReply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "reload", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Has a running instance read its configuration again. It applies what it can without losing a flow (filter, collectors, "
        + "timeouts, thresholds, log) and says what needs a restart. A configuration with a mistake is refused, and the old one stays.",
    footer = {"", "SIGHUP does the same; what became of it is then in the log. Exit codes: 0 applied, 1 no such instance, 2 refused."})
final class ReloadCommand implements Callable<Integer> {
    /** Farewells to several collectors that are away take long. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ControlOptions instance;

    @Override
    public Integer call() {
        final ControlReply reply = instance.ask("reload", PATIENCE);
        final PrintWriter writer = reply.isDone() ? spec.commandLine().getOut() : spec.commandLine().getErr();
        reply.lines().forEach(line -> writer.println(reply.isDone() ? line : "flowsonde: " + line));
        return reply.isDone() ? Flowsonde.DONE : Flowsonde.WRONG_USAGE;
    }
}
