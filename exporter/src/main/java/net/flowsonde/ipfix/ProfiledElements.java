package net.flowsonde.ipfix;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.flowsonde.ipfix.Profile.Rows;

/**
 * A list of elements as a profile sends it: some of the rows, under the collector's elements.
 *
 * @param <R>  kind of record
 */
final class ProfiledElements<R> extends RecordElements<R> {
    private static final int EVERY_SHAPE = -1;

    private final RecordElements<R> source;
    private final List<Field<R>> rows;
    private final List<Field<R>> readable;
    private final boolean isUniflow;
    private final int shapeMask;

    private ProfiledElements(
        final RecordElements<R> source, final Rows chosen, final boolean isUniflow, final UnaryOperator<Field<R>> direction,
        final UpTime upTime) {
        super(source);
        this.source = source;
        this.isUniflow = isUniflow;
        rows = choose(source.all(), chosen, direction, upTime);
        readable = choose(source.allReadable(), chosen, direction, upTime);
        shapeMask = source.kind() == RecordKind.FLOW ? FlowShape.mask(isUniflow, rows) : EVERY_SHAPE;
    }

    /** The list of records that are sent as they are. */
    static <R> ProfiledElements<R> of(final RecordElements<R> source, final Rows chosen, final UpTime upTime) {
        return new ProfiledElements<>(source, chosen, false, UnaryOperator.identity(), upTime);
    }

    /** The list of the records of one direction; {@code direction} makes the row of that direction out of a row of both. */
    static <R> ProfiledElements<R> uniflow(
        final RecordElements<R> source, final Rows chosen, final UnaryOperator<Field<R>> direction, final UpTime upTime) {
        return new ProfiledElements<>(source, chosen, true, direction, upTime);
    }

    private List<Field<R>> choose(
        final List<Field<R>> all, final Rows chosen, final UnaryOperator<Field<R>> direction, final UpTime upTime) {
        final Stream<Field<R>> named = source.derived().stream().filter(row -> chosen.names(row.element().name()));
        return Stream.concat(all.stream().filter(row -> chosen.has(row.element().name())), named).filter(row -> !isUniflow || !row.element().isReverse())
            .map(row -> target(row, direction, chosen.target(row.element().name()), upTime)).toList();
    }

    private Field<R> target(final Field<R> row, final UnaryOperator<Field<R>> direction, final Target target, final UpTime upTime) {
        final Field<R> oneWay = direction.apply(row);
        return target == Rows.AS_IS ? oneWay : oneWay.as(target.with(upTime));
    }

    @Override
    int shapeOf(final R record) {
        return source.shapeOf(record) & shapeMask;
    }

    @Override
    int shapes() {
        return source.shapes();
    }

    @Override
    boolean isOrdinary(final int shape) {
        return source.isOrdinary(shape) && (shape & shapeMask) == shape;
    }

    @Override
    int templateId(final int shape) {
        return source.templateId(shape);
    }

    @Override
    List<Field<R>> all() {
        return rows;
    }

    @Override
    List<Field<R>> allReadable() {
        return readable;
    }
}
