package net.flowsonde.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import net.flowsonde.metrics.MetricNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "counters", mixinStandardHelpOptions = true,
    description = "Lists every count and gauge: its name in the options records and in SNMP's flowsondeCounterTable, in Prometheus, its "
        + "labels, its meaning, which the final report has.",
    footer = {"", "Example: flowsonde counters --format csv > names.csv"})
final class CountersCommand implements Callable<Integer> {
    enum Format { TABLE, CSV }

    @Spec
    private CommandSpec spec;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "table", description = "table or csv; table by default.")
    private Format format;

    @Override
    public Integer call() {
        final List<MetricNames.Name> names = MetricNames.all();
        final PrintWriter out = spec.commandLine().getOut();
        if (format == Format.CSV) {
            out.println("name,prometheus,labels,description");
            names.forEach(name -> out.printf(
                "%s,%s,\"%s\",\"%s\"%n", name.constant(), name.name(), name.labels(), name.description().replace("\"", "\"\"")));
        } else {
            out.printf("%-40s %-58s %-16s %s%n", "name", "prometheus", "labels", "meaning");
            names.forEach(name -> out.printf("%-40s %-58s %-16s %s%n",
                name.constant().isEmpty() ? "-" : name.constant(), name.name(), name.labels(), name.description()));
        }
        out.flush();
        return Flowsonde.DONE;
    }
}
