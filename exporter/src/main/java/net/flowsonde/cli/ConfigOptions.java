package net.flowsonde.cli;

import java.nio.file.Path;
import java.util.List;
import net.flowsonde.capture.FilterCheck;
import net.flowsonde.config.CaptureConfig;
import net.flowsonde.config.CollectorConfig;
import net.flowsonde.config.ConfigException;
import net.flowsonde.config.ConfigReader;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.config.FlowsondeConfig;
import net.flowsonde.ipfix.ProfileCheck;
import picocli.CommandLine.Option;

/** The options that a configuration file has too, and which override it. */
final class ConfigOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "Configuration; what it leaves out has its default.")
    private Path file;

    @Option(names = "--collector", paramLabel = "URI", description = {
        "Where records go, instead of the file's collectors; repeatable.",
        "udp://HOST:PORT, tcp://HOST:PORT, tls://HOST:PORT,",
        "file:///PATH (IPFIX file),",
        "json:///PATH or json:- (standard output)."})
    private List<String> collectors = List.of();

    @Option(names = "--filter", paramLabel = "BPF", description = "Which packets, in libpcap's language, as in \"not port 22\".")
    private String filter;

    @Option(names = "--profile", paramLabel = "NAME", description = "Which elements are sent, by what the collector understands: ${COMPLETION-CANDIDATES}.",
        completionCandidates = ProfileNames.class)
    private String profile;

    /** The file, or the defaults, with the options in place of what it says. */
    FlowsondeConfig read() {
        final FlowsondeConfig config = readFile(file);
        return checked(config.with(capture(config.capture())).with(export(config.export()))
            .with(collectors.isEmpty() ? config.collectors() : collectors.stream().map(ConfigOptions::collector).toList()));
    }

    /** There is a file that can be read again. */
    boolean hasFile() {
        return file != null;
    }

    boolean hasCollectors() {
        return !collectors.isEmpty();
    }

    /** The same configuration, if no collector would choke on what it is sent. */
    static FlowsondeConfig checked(final FlowsondeConfig config) {
        final List<String> problems = ProfileCheck.problems(config);
        if (!problems.isEmpty()) {
            throw new WrongUsageException(String.join("\n", problems));
        }
        return config;
    }

    static FlowsondeConfig readFile(final Path file) {
        try {
            return file == null ? FlowsondeConfig.DEFAULT : ConfigReader.read(file, FilterCheck::refusal);
        } catch (final ConfigException refused) {
            throw new WrongUsageException(refused.getMessage());
        }
    }

    static CollectorConfig collector(final String uri) {
        try {
            return CollectorConfig.parse(uri);
        } catch (final IllegalArgumentException refused) {
            throw new WrongUsageException("--collector " + uri + " " + refused.getMessage());
        }
    }

    private CaptureConfig capture(final CaptureConfig config) {
        return filter == null ? config : new CaptureConfig(
            config.interfaces(), config.backend(), config.queues(), filter, config.snapLength(), config.bufferSize(),
            config.promiscuous(), config.excludeOwn());
    }

    private ExportConfig export(final ExportConfig config) {
        return profile == null ? config : config.withProfile(checkedProfile(profile, config));
    }

    static String checkedProfile(final String name, final ExportConfig config) {
        if (!config.profileNames().contains(name)) {
            throw new WrongUsageException("--profile " + name + " is none of " + String.join(", ", config.profileNames()));
        }
        return name;
    }
}
