package net.flowsonde.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import net.flowsonde.config.FlowsondeConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "demo", mixinStandardHelpOptions = true,
    description = "Replays a small capture that ships with Flowsonde through the whole pipeline into the built-in collector and prints "
        + "its flows. Needs no configuration, no privilege, no network.")
final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        final Path capture = capture();
        spec.commandLine().getOut().println("Replaying " + capture + ": capture -> decode -> flows -> IPFIX -> built-in collector");
        return new Replay(FlowsondeConfig.DEFAULT, List.of(capture), false, spec.commandLine().getOut(), spec.commandLine().getErr())
            .toTable();
    }

    /** Where the launcher, which knows where Flowsonde lies, says that the capture is. */
    private static Path capture() {
        final Path capture = Path.of(System.getProperty("flowsonde.home", "."), "demo", "demo.pcap");
        if (!Files.isReadable(capture)) {
            throw new WrongUsageException("the capture of the demo is not where it should be: " + capture);
        }
        return capture;
    }
}
