package net.flowsonde.collector;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What both commands print, and how. */
final class OutputOptions {
    @Option(names = "--json", description = "Print one JSON object a line instead of a table.")
    private boolean json;

    @Option(names = "--summary", description = "Print only sums at the end; with --json as one object.")
    private boolean summaryOnly;

    @Option(names = "--mtu", paramLabel = "OCTETS", defaultValue = "1472",
        description = "Most octets of a message over UDP; the default fits Ethernet over IPv4.")
    private int mtu;

    @Option(names = "--identities", paramLabel = "FILE",
        description = "Write 24 octets for each flow record as soon as it is read: flowId, start in ns since 1970, hash of the record.")
    private Path identities;

    /** Most octets of a message over UDP. */
    int mtu() {
        return mtu;
    }

    /** @throws IOException when a file that is to be written cannot be opened */
    RecordListener recordListener(final PrintStream out) throws IOException {
        final RecordListener printed = printed(out);
        return identities == null ? printed : RecordListener.all(printed, new IdentityOutput(identities));
    }

    private RecordListener printed(final PrintStream out) {
        if (summaryOnly) {
            return dataRecord -> { };
        }
        return json ? new JsonOutput(out) : new TableOutput(out);
    }

    void printEnd(final Summary summary, final PrintStream out, final PrintStream err) {
        if (!summaryOnly) {
            out.flush();
            summary.print(err);
        } else if (json) {
            out.println(summary.toJson());
        } else {
            summary.print(out);
        }
        out.flush();
    }
}
