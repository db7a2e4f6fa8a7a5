package net.flowsonde.cli;

import java.io.PrintWriter;
import net.flowsonde.config.LogConfig;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry point. Exit codes: 0 done, 1 it failed while it ran, 2 wrong usage or configuration. */
@Command(
    name = "flowsonde", mixinStandardHelpOptions = true, versionProvider = Flowsonde.Version.class,
    description = "Watches a mirrored link, or reads capture files, and exports its flows as IPFIX: who spoke to whom, how much, and "
        + "why each TCP connection ended.",
    footer = {"", "Exit codes: 0 done, 1 it failed while it ran, 2 wrong usage or configuration.",
        "'flowsonde COMMAND --help' says more; start with 'flowsonde demo'."},
    subcommands = {
        DemoCommand.class, RunCommand.class, ReplayCommand.class, CheckCommand.class, ReloadCommand.class, TopCommand.class,
        InterfacesCommand.class, ElementsCommand.class, CountersCommand.class, CollectorFilesCommand.class, MibCommand.class})
public final class Flowsonde implements Runnable {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    @Spec
    private CommandSpec spec;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Log everything, with stack traces.")
    private boolean isDebug;

    public static void main(final String[] args) {
        System.exit(execute(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args));
    }

    /** Runs one command line and says its exit code. */
    static int execute(final PrintWriter out, final PrintWriter err, final String... args) {
        final CommandLine commandLine = new CommandLine(new Flowsonde());
        commandLine.setOut(out).setErr(err).setUsageHelpWidth(Math.max(80, Math.min(120, Terminal.columns())));
        commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(Terminal.hasColours() ? Ansi.ON : Ansi.OFF));
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setParameterExceptionHandler(Flowsonde::onWrongUsage);
        commandLine.setExecutionExceptionHandler(Flowsonde::onFailure);
        return commandLine.execute(args);
    }

    /** Sets up logging: as the configuration says, or everything with {@code --debug}. */
    void log(final LogConfig config) {
        LogConfigurator.format(config.format());
        LogConfigurator.level(isDebug ? LogConfig.Level.DEBUG : config.level());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    private static int onWrongUsage(final ParameterException wrong, final String[] args) {
        final CommandLine commandLine = wrong.getCommandLine();
        commandLine.getErr().println("flowsonde: " + complaint(wrong));
        commandLine.getErr().println("see '" + commandLine.getCommandSpec().qualifiedName() + " --help'");
        return WRONG_USAGE;
    }

    private static String complaint(final ParameterException wrong) {
        final CommandLine commandLine = wrong.getCommandLine();
        final boolean isCommand = wrong instanceof UnmatchedArgumentException && commandLine.getParent() == null;
        final String word = isCommand ? ((UnmatchedArgumentException) wrong).getUnmatched().get(0) : "-";
        return word.startsWith("-") ? wrong.getMessage()
            : "there is no command " + word + "; there are: " + String.join(", ", commandLine.getSubcommands().keySet());
    }

    private static int onFailure(final Exception failure, final CommandLine commandLine, final CommandLine.ParseResult parsed) {
        final PrintWriter err = commandLine.getErr();
        FailureText.of(failure).lines().forEach(line -> err.println("flowsonde: " + line));
        if (parsed.expandedArgs().contains("--debug")) {
            failure.printStackTrace(err);
        }
        return failure instanceof WrongUsageException ? WRONG_USAGE : FAILED;
    }

    /** The version that the build wrote into the manifest. */
    static final class Version implements IVersionProvider {
        static String number() {
            final String version = Flowsonde.class.getPackage().getImplementationVersion();
            return version == null ? "(not packaged)" : version;
        }

        @Override
        public String[] getVersion() {
            return new String[] {"flowsonde " + number()};
        }
    }
}
