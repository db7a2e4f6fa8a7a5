package net.flowsonde.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import net.flowsonde.snmp.MibWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "mib", mixinStandardHelpOptions = true,
    description = "Prints FLOWSONDE-MIB, which describes what the SNMP agent shows, under the configured enterprise number.",
    footer = {"", "Example: flowsonde mib --config /etc/flowsonde/flowsonde.yaml > FLOWSONDE-MIB.txt"})
final class MibCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration, for export.enterprise-number.")
    private Path file;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(MibWriter.write(ConfigOptions.readFile(file).export().enterpriseNumber()));
        spec.commandLine().getOut().flush();
        return Flowsonde.DONE;
    }
}
