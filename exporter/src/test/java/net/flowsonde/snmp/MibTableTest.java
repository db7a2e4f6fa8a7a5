package net.flowsonde.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.snmp4j.agent.DefaultMOContextScope;
import org.snmp4j.agent.DefaultMOQuery;
import org.snmp4j.agent.DefaultMOScope;
import org.snmp4j.agent.MOScope;
import org.snmp4j.smi.OID;

class MibTableTest {
    private static final OID ROOT = new OID("1.3.6.1.4.1.32473.1.1.2.1");

    private final List<String> rows = new ArrayList<>(List.of("a", "bb"));
    private final MibTable<String> table = new MibTable<>("x", "", ROOT, RowIndex.position("x", ""), List.of(
        new Column<>(3, "Length", Syntax.UNSIGNED, "", row -> (long) row.length()),
        new Column<>(2, "Text", Syntax.TEXT, "", row -> row.equals("bb") ? null : row)), () -> List.copyOf(rows));

    @Test
    void shouldWalkColumnByColumnAndLeaveOutWhatHasNoValue() {
        assertThat(walk()).containsExactly("2.1", "3.1", "3.2");
    }

    @Test
    void shouldShowARowThatCameMeanwhile() {
        walk();
        rows.add("ccc");
        assertThat(walk()).containsExactly("2.1", "2.3", "3.1", "3.2", "3.3");
    }

    @Test
    void shouldFindNothingOutsideOfItsBounds() {
        assertThat(table.find(after(new OID("1.3.6.1.4.1.32473.1.1.3")))).isNull();
        assertThat(table.find(new DefaultMOScope(ROOT, true, Oids.below(ROOT, 2, 1), false))).isNull();
        assertThat(table.find(new DefaultMOScope(ROOT, true, Oids.below(ROOT, 2, 1), true))).isEqualTo(Oids.below(ROOT, 2, 1));
    }

    @Test
    void shouldStartAtItsFirstInstanceForWhateverLiesBefore() {
        assertThat(table.find(after(new OID("1.3")))).isEqualTo(Oids.below(ROOT, 2, 1));
        assertThat(table.find(after(Oids.below(ROOT, 2)))).isEqualTo(Oids.below(ROOT, 2, 1));
        assertThat(table.find(after(Oids.below(ROOT, 2, 1, 7)))).isEqualTo(Oids.below(ROOT, 3, 1));
    }

    @Test
    void shouldPassOverWhatAViewHides() {
        assertThat(table.find(new DefaultMOQuery(
            new DefaultMOContextScope(null, ROOT, true, null, false)), oid -> oid.get(ROOT.size()) == 3))
            .isEqualTo(Oids.below(ROOT, 3, 1));
    }

    private List<String> walk() {
        final List<String> found = new ArrayList<>();
        for (OID oid = table.find(after(ROOT)); oid != null; oid = table.find(after(oid))) {
            found.add(oid.toDottedString().substring(ROOT.toDottedString().length() + 1));
        }
        return found;
    }

    private static MOScope after(final OID oid) {
        return new DefaultMOScope(oid, false, null, false);
    }
}
