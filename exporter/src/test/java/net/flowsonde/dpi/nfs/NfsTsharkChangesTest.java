package net.flowsonde.dpi.nfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.flowsonde.dpi.FileAccess.Name;
import net.flowsonde.dpi.FileOperation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What no capture of the corpus has: sizes that are set in each version, and copies that the server makes. tshark reads the same octets, and
 * shows the same names, sizes and octets.
 */
class NfsTsharkChangesTest extends Nfs4Talk {
    private static final int CLONE = 71;
    private static final List<String> FIELDS = List.of("nfs.set_size", "nfs.fattr4.size", "nfs.fattr.size", "nfs.wcc_attr.size",
        "nfs.pathname.component", "nfs.opcode", "nfs.length4");

    @TempDir
    private Path directory;

    NfsTsharkChangesTest() {
        super(new NfsLab());
    }

    @BeforeAll
    static void requireTshark() {
        NfsLab.requireTshark();
    }

    @Test
    void shouldTellTheSizesAndCopiesThatTsharkShows() throws Exception {
        lab.hold();
        for (final long size : new long[] {0, 700, 5L << 32}) {
            lab.exchange(3, 2, call -> call.handleOf(2).zeros(12).integer(1).hyper(size).zeros(8).integer(0),
                reply -> reply.integer(0).integer(1).hyper(4_000 + size).zeros(16).integer(0));
            file(2).setSize(5, size).send(2);
        }
        lab.exchange(2, 2, call -> call.handle2(2).zeros(12).integer(9).zeros(16), reply -> reply.integer(0).zeros(68));
        fromTo().op(COPY, call -> call.state(0, 5).state(0, 6).zeros(24).integer(1).integer(1).integer(0),
            reply -> reply.integer(0).hyper(5_000).integer(2).hyper(0).integer(1).integer(1)).send(2);
        fromTo().op(CLONE, call -> call.state(0, 5).state(0, 6).zeros(16).hyper(6_000), reply -> { }).send(2);
        final List<String> shown = shown();
        assertThat(shown).hasSize(9).contains("truncate 4000 0", "truncate -1 21474836480", "truncate -1 9", "copy a to b 5000", "copy a to b 6000");
        assertThat(told()).isEqualTo(shown);
    }

    private Nfs4Talk fromTo() {
        return root().lookup("a").op(SAVEFH, call -> { }, reply -> { }).root().lookup("b");
    }

    private List<String> told() {
        lab.deliver();
        lab.reset().pass(120_000);
        return lab.records().stream().map(access -> access.operation() == FileOperation.COPY.code()
            ? "copy " + access.text(Name.PATH).substring(1) + " to " + access.text(Name.SECOND_PATH).substring(1) + ' ' + access.writeOctets()
            : FileOperation.of(access.operation()).text() + ' ' + access.sizeAtOpen() + ' ' + access.sizeAtClose()).toList();
    }

    /** One line for each call and its reply, which follow each other. */
    private List<String> shown() throws IOException, InterruptedException {
        final List<String[]> messages = lab.shownByTshark(directory, FIELDS);
        final List<String> lines = new ArrayList<>();
        for (int i = 0; i + 1 < messages.size(); i += 2) {
            lines.add(line(messages.get(i), messages.get(i + 1)));
        }
        return lines;
    }

    private static String line(final String[] call, final String[] reply) {
        if (!field(call, "nfs.pathname.component").isEmpty()) {
            final boolean isCopy = field(call, "nfs.opcode").endsWith("," + COPY);
            return "copy " + field(call, "nfs.pathname.component").replace(",", " to ") + ' ' + field(isCopy ? reply : call, "nfs.length4");
        }
        final String before = field(reply, "nfs.wcc_attr.size");
        return "truncate " + (before.isEmpty() ? "-1" : before) + ' '
            + field(call, "nfs.set_size") + field(call, "nfs.fattr4.size") + field(call, "nfs.fattr.size");
    }

    private static String field(final String[] message, final String name) {
        return message[FIELDS.indexOf(name)];
    }
}
