package net.flowsonde.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import net.flowsonde.ipfix.CollectorFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "collector-files", mixinStandardHelpOptions = true,
    description = "Writes files that tell existing collectors about the elements: pmacct, goflow2, Telegraf, Logstash, ipfixcol2, "
        + "libfixbuf; and notes for nfdump and Wireshark. Each begins with how to use it.")
final class CollectorFilesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration with export.enterprise-number.")
    private Path file;

    @Parameters(paramLabel = "DIR", description = "Where they go; made if it is not there. Files of the same name are replaced.")
    private Path directory;

    @Override
    public Integer call() {
        final Map<String, String> texts = CollectorFiles.all(ConfigOptions.readFile(file).export());
        final PrintWriter out = spec.commandLine().getOut();
        try {
            Files.createDirectories(directory);
            for (final Map.Entry<String, String> text : texts.entrySet()) {
                out.println(Files.writeString(directory.resolve(text.getKey()), text.getValue()));
            }
        } catch (final IOException refused) {
            throw new UncheckedIOException("cannot write to " + directory + ": " + refused.getMessage(), refused);
        }
        out.flush();
        return Flowsonde.DONE;
    }
}
