package net.flowsonde.dpi.nfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileAccess.Name;
import net.flowsonde.dpi.FileOperation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compounds of version 4.2, which no capture of the corpus has: tshark understands the same octets, finds nothing malformed in them, and
 * shows the same octets and names, up to the removal that ends each. WRITE_SAME is not among them: tshark 4.0 takes its lengths, which have
 * 64 bits (RFC 7863), for 32.
 */
class Nfs42TsharkTest extends Nfs42Talk {
    private static final List<String> FIELDS = List.of("_ws.malformed", "nfs.opcode", "nfs.pathname.component", "nfs.length4");

    @TempDir
    private Path directory;

    Nfs42TsharkTest() {
        super(new NfsLab());
    }

    @BeforeAll
    static void requireTshark() {
        NfsLab.requireTshark();
    }

    @Test
    void shouldUnderstandWhatTsharkUnderstands() throws Exception {
        lab.hold();
        at("f").space(ALLOCATE, 10, 1L << 33).thenRemove("after allocate");
        at("f").space(DEALLOCATE, 0, 1L << 34).thenRemove("after deallocate");
        at("f").space(DEALLOCATE, 0, 77).readAt(READ_PLUS, STATE, 0, 30, 1).op(GETFH, call -> { }, reply -> reply.handleOf(9)).send(2);
        fromTo("a", "b").copy(6L << 32).thenRemove("after copy");
        fromTo("a", "b").cloneTo(7L << 32).thenRemove("after clone");
        at("f").seek(4_096).thenRemove("after seek");
        at("f").getAttribute("user.got", new byte[9]).thenRemove("after get");
        at("f").setAttribute("user.set", new byte[9]).thenRemove("after set");
        at("f").listAttributes("user.one", "user.other").thenRemove("after list");
        at("f").removeAttribute("user.lost").thenRemove("after remove");
        final List<String[]> shown = lab.shownByTshark(directory, FIELDS);
        assertThat(shown).allSatisfy(message -> assertThat(field(message, "_ws.malformed")).isEmpty());
        assertThat(shown.stream().map(message -> field(message, "nfs.opcode"))).containsExactly(
            "24,15,59,24,28", "24,15,59,24,28", "24,15,62,24,28", "24,15,62,24,28", "24,15,62,68,10", "24,15,62,68,10",
            "24,15,32,24,15,60,24,28", "24,15,32,24,15,60,24,28", "24,15,32,24,15,71,24,28", "24,15,32,24,15,71,24,28",
            "24,15,69,24,28", "24,15,69,24,28", "24,15,72,24,28", "24,15,72,24,28", "24,15,73,24,28", "24,15,73,24,28",
            "24,15,74,24,28", "24,15,74,24,28", "24,15,75,24,28", "24,15,75,24,28");
        assertThat(told()).containsExactlyInAnyOrderElementsOf(expected(shown));
    }

    /** What of it is told, made of the names and lengths that tshark shows. */
    private static List<String> expected(final List<String[]> shown) {
        final List<String> lines = new ArrayList<>();
        for (int i = 0; i + 1 < shown.size(); i += 2) {
            final String[] call = shown.get(i);
            final String[] names = field(call, "nfs.pathname.component").split(",");
            final String operations = field(call, "nfs.opcode");
            if (operations.contains(",62")) {
                lines.add("zero " + names[0]);
            }
            if (operations.contains(",60")) {
                lines.add("copy " + names[0] + " to " + names[1] + ' ' + field(shown.get(i + 1), "nfs.length4"));
            }
            if (operations.contains(",71")) {
                lines.add("copy " + names[0] + " to " + names[1] + ' ' + field(call, "nfs.length4"));
            }
            if (operations.contains(",73") || operations.contains(",75")) {
                lines.add("set-attributes " + names[0]);
            }
            if (operations.endsWith(",28")) {
                lines.add("delete " + names[names.length - 1]);
            }
        }
        lines.add("write f 30"); // ALLOCATE and READ_PLUS, which have no record of their own
        return lines;
    }

    private List<String> told() {
        lab.deliver();
        lab.reset().pass(120_000);
        return lab.records().stream().map(Nfs42TsharkTest::line).toList();
    }

    private static String line(final FileAccess access) {
        final String path = access.text(Name.PATH).substring(1);
        return FileOperation.of(access.operation()).text() + ' ' + switch (FileOperation.of(access.operation())) {
            case COPY -> path + " to " + access.text(Name.SECOND_PATH).substring(1) + ' ' + access.writeOctets();
            case WRITE -> path + ' ' + access.readOctets();
            default -> path;
        };
    }

    private static String field(final String[] message, final String name) {
        return message[FIELDS.indexOf(name)];
    }
}
