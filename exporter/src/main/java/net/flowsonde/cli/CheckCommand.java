package net.flowsonde.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import net.flowsonde.config.ConfigWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "check", mixinStandardHelpOptions = true,
    description = "Validates a configuration and prints what it comes to, defaults included, as a file that reads back to the same. "
        + "Every mistake is named by key, value, bound and line; then the exit code is 2.")
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "The configuration.")
    private Path file;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(ConfigWriter.write(ConfigOptions.checked(ConfigOptions.readFile(file))));
        spec.commandLine().getOut().flush();
        return Flowsonde.DONE;
    }
}
