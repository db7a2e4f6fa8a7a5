package net.flowsonde.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import net.flowsonde.config.DnsConfig;
import net.flowsonde.config.FlowsondeConfig;
import net.flowsonde.config.NetworkPrefix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "demo", mixinStandardHelpOptions = true,
    description = "Replays a small capture that ships with Flowsonde through the whole pipeline into the built-in collector and prints "
        + "its flows with their names, and an alert. Needs no configuration, no privilege, no network.")
final class DemoCommand implements Callable<Integer> {
    /** The network of the capture has one name server, and gives names of its domains the addresses of its own hosts. */
    static final FlowsondeConfig CONFIG = FlowsondeConfig.DEFAULT.with(DnsConfig.DEFAULT.with(
        List.of(NetworkPrefix.parse("10.20.0.53")), List.of("example.com", "example.org")));

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        final Path capture = capture();
        spec.commandLine().getOut().println("Replaying " + capture + ": capture -> decode -> flows -> IPFIX -> built-in collector");
        return new Replay(CONFIG, List.of(capture), false, spec.commandLine().getOut(), spec.commandLine().getErr())
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
