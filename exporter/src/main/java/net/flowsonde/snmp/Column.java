package net.flowsonde.snmp;

import java.util.Locale;
import java.util.function.Function;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.snmp4j.smi.Variable;

/**
 * One object of a {@link MibTable}: a column of a table, or a scalar.
 *
 * @param number       last part of its object identifier; frozen
 * @param name         descriptor, without the table's prefix
 * @param syntax       what its values are
 * @param description  for the MIB; no full stop
 * @param reader       reads the value of a row when somebody asks; null where the row has none
 */
record Column<R>(int number, String name, Syntax syntax, String description, Function<R, Object> reader) {

    /** A column whose name, syntax and meaning are those of a counter. */
    static Column<Counters> of(final int number, final Counter counter) {
        return new Column<>(number, camelCase(counter.name()), counter.kind() == Counter.Kind.GAUGE ? Syntax.GAUGE32 : Syntax.COUNTER64,
            counter.description(), counters -> counters.value(counter));
    }

    /** The value in this row, or null. */
    Variable value(final R row) {
        final Object value = reader.apply(row);
        return value == null ? null : syntax.encoder().apply(value);
    }

    /** {@code FRAMES_CAPTURED} as {@code FramesCaptured}. */
    static String camelCase(final String constant) {
        final StringBuilder name = new StringBuilder();
        for (final String word : constant.split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }
}
