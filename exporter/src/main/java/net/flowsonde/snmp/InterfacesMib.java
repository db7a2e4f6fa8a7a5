package net.flowsonde.snmp;

import java.util.List;
import java.util.function.Function;
import net.flowsonde.telemetry.InterfaceRow;
import net.flowsonde.telemetry.Telemetry;
import org.snmp4j.smi.OID;

/** The rows of IF-MIB (RFC 2863) for the interfaces that are captured, with the kernel's own counts. */
final class InterfacesMib {
    private static final long MEGABIT = 1_000_000;
    private static final long MOST_SPEED = 0xFFFF_FFFFL;
    private static final OID NOTHING = new OID("0.0");

    private InterfacesMib() {
    }

    static MibTable<Telemetry> number(final Telemetry telemetry) {
        return MibTable.scalars("if", "", Oids.INTERFACES, List.of(
            new Column<>(1, "Number", Syntax.INTEGER, "", facts -> (long) facts.interfaces().size())), telemetry);
    }

    static MibTable<InterfaceRow> table(final Telemetry telemetry) {
        return new MibTable<>("if", "", Oids.INTERFACE_ENTRY, index(), List.of(
            column(1, Syntax.INTEGER, row -> (long) row.index()), column(2, Syntax.TEXT, InterfaceRow::name),
            column(3, Syntax.INTEGER, row -> (long) row.type()), column(4, Syntax.INTEGER, row -> (long) row.mtu()),
            column(5, Syntax.GAUGE32, row -> Math.min(row.speedMbps() * MEGABIT, MOST_SPEED)),
            column(6, Syntax.OCTETS, row -> hardwareAddress(row.hardwareAddress())),
            column(7, Syntax.INTEGER, row -> upOrDown(row.isUp())), column(8, Syntax.INTEGER, row -> upOrDown(row.isUp() && row.isRunning())),
            column(9, Syntax.TIME_TICKS, row -> 0L), column(10, Syntax.COUNTER32, row -> row.received().octets()),
            column(11, Syntax.COUNTER32, row -> unicasts(row.received())), column(13, Syntax.COUNTER32, row -> row.received().drops()),
            column(14, Syntax.COUNTER32, row -> row.received().errors()), column(16, Syntax.COUNTER32, row -> row.sent().octets()),
            column(17, Syntax.COUNTER32, row -> unicasts(row.sent())), column(19, Syntax.COUNTER32, row -> row.sent().drops()),
            column(20, Syntax.COUNTER32, row -> row.sent().errors()), column(22, Syntax.OBJECT_ID, row -> NOTHING)),
            telemetry::interfaces);
    }

    static MibTable<InterfaceRow> extension(final Telemetry telemetry) {
        return new MibTable<>("ifX", "", Oids.EXTENDED_INTERFACE_ENTRY, index(), List.of(
            column(1, Syntax.TEXT, InterfaceRow::name), column(2, Syntax.COUNTER32, row -> row.received().multicasts()),
            column(3, Syntax.COUNTER32, row -> 0L), column(4, Syntax.COUNTER32, row -> 0L), column(5, Syntax.COUNTER32, row -> 0L),
            column(6, Syntax.COUNTER64, row -> row.received().octets()), column(7, Syntax.COUNTER64, row -> unicasts(row.received())),
            column(8, Syntax.COUNTER64, row -> row.received().multicasts()), column(10, Syntax.COUNTER64, row -> row.sent().octets()),
            column(11, Syntax.COUNTER64, row -> unicasts(row.sent())),
            column(15, Syntax.GAUGE32, InterfaceRow::speedMbps), column(16, Syntax.TRUTH, InterfaceRow::isPromiscuous),
            column(17, Syntax.TRUTH, row -> true), column(18, Syntax.TEXT, InterfaceRow::alias),
            column(19, Syntax.TIME_TICKS, row -> 0L)), telemetry::interfaces);
    }

    private static Column<InterfaceRow> column(
        final int number, final Syntax syntax, final Function<InterfaceRow, Object> reader) {
        return new Column<>(number, "", syntax, "", reader);
    }

    private static RowIndex<InterfaceRow> index() {
        return new RowIndex<>(List.of(), "", (position, row) -> new OID(new int[] {row.index()}));
    }

    private static long upOrDown(final boolean isUp) {
        return isUp ? 1 : 2;
    }

    private static long unicasts(final InterfaceRow.Traffic traffic) {
        return Math.max(0, traffic.packets() - traffic.multicasts());
    }

    private static byte[] hardwareAddress(final String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        final String[] fields = text.split(":");
        final byte[] octets = new byte[fields.length];
        for (int i = 0; i < fields.length; i++) {
            octets[i] = (byte) Integer.parseInt(fields[i], 16);
        }
        return octets;
    }
}
