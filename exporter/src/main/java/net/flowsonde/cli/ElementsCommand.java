package net.flowsonde.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.ipfix.Element;
import net.flowsonde.ipfix.Elements;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "elements", mixinStandardHelpOptions = true,
    description = "Lists every information element that is exported: enterprise number, id, name, type, units, meaning.")
final class ElementsCommand implements Callable<Integer> {
    enum Format { TABLE, CSV, JSON }

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration with export.enterprise-number and export.profile.")
    private Path file;

    @Option(names = "--profile", paramLabel = "NAME", description = "Of which profile: ${COMPLETION-CANDIDATES}.", completionCandidates = ProfileNames.class)
    private String profile;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "table", description = "table, csv or json; table by default.")
    private Format format;

    @Override
    public Integer call() {
        final ExportConfig export = ConfigOptions.readFile(file).export();
        final List<Element> elements = Elements.all(
            profile == null ? export : export.withProfile(ConfigOptions.checkedProfile(profile, export)));
        final PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case TABLE -> table(elements, out);
            case CSV -> csv(elements, out);
            case JSON -> json(elements, out);
            default -> throw new IllegalStateException("no such format: " + format);
        }
        out.flush();
        return Flowsonde.DONE;
    }

    private static void table(final List<Element> elements, final PrintWriter out) {
        out.printf("%6s %5s  %-36s %-20s %-12s %s%n", "pen", "id", "name", "type", "units", "meaning");
        elements.forEach(element -> out.printf(
            "%6s %5d  %-36s %-20s %-12s %s%n", element.enterpriseNumber() == Element.IANA ? "-" : element.enterpriseNumber(), element.id(),
            element.name(), element.type().label(), element.units().label(), element.description()));
    }

    private static void csv(final List<Element> elements, final PrintWriter out) {
        out.println("enterpriseNumber,id,name,type,semantics,units,description");
        elements.forEach(element -> out.printf(
            "%d,%d,%s,%s,%s,%s,\"%s\"%n", element.enterpriseNumber(), element.id(), element.name(), element.type().label(),
            element.semantics().label(), element.units().label(), element.description().replace("\"", "\"\"")));
    }

    private static void json(final List<Element> elements, final PrintWriter out) {
        out.println("[");
        for (int i = 0; i < elements.size(); i++) {
            final Element element = elements.get(i);
            out.printf(
                Locale.ROOT, "  {\"enterpriseNumber\": %d, \"id\": %d, \"name\": \"%s\", \"type\": \"%s\", \"semantics\": \"%s\", "
                    + "\"units\": \"%s\", \"description\": \"%s\"}%s%n",
                element.enterpriseNumber(), element.id(), element.name(), element.type().label(), element.semantics().label(),
                element.units().label(), element.description().replace("\\", "\\\\").replace("\"", "\\\""),
                i + 1 < elements.size() ? "," : "");
        }
        out.println("]");
    }
}
