package net.flowsonde.snmp;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.snmp4j.PDU;
import org.snmp4j.agent.DefaultMOScope;
import org.snmp4j.agent.MOQuery;
import org.snmp4j.agent.MOScope;
import org.snmp4j.agent.mo.GenericManagedObject;
import org.snmp4j.agent.request.SubRequest;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/**
 * A table, or a group of scalars, that is read-only and read when asked: the rows are whatever their source says at the moment. Used by
 * the agent's thread. What the source lists is indexed once and again only when its list has become another.
 */
final class MibTable<R> implements GenericManagedObject {
    private static final OID SCALAR = new OID(new int[] {0});

    private final String name;
    private final String description;
    private final OID root;
    private final RowIndex<R> index;
    private final List<Column<R>> columns;
    private final Supplier<List<R>> source;
    private final MOScope scope;
    private List<R> indexed = List.of();
    private NavigableMap<OID, R> rows = new TreeMap<>();

    /**
     * @param name         prefix of its descriptors
     * @param description  for the MIB
     * @param root         identifier of the table's entry, or of the group of scalars
     * @param index        null for scalars
     * @param columns      what a row has
     * @param source       the rows; for scalars one
     */
    MibTable(
        final String name, final String description, final OID root, final RowIndex<R> index, final List<Column<R>> columns,
        final Supplier<List<R>> source) {
        this.name = name;
        this.description = description;
        this.root = root;
        this.index = index;
        this.columns = columns.stream().sorted(Comparator.comparingInt(Column::number)).toList();
        this.source = source;
        scope = new DefaultMOScope(
            Oids.below(root, this.columns.get(0).number()), true,
            Oids.below(root, this.columns.get(columns.size() - 1).number() + 1), false);
    }

    static <R> MibTable<R> scalars(
        final String name, final String description, final OID root, final List<Column<R>> columns, final R source) {
        final List<R> row = List.of(source);
        return new MibTable<>(name, description, root, null, columns, () -> row);
    }

    String name() {
        return name;
    }

    String description() {
        return description;
    }

    OID root() {
        return root;
    }

    RowIndex<R> index() {
        return index;
    }

    List<Column<R>> columns() {
        return columns;
    }

    @Override
    public MOScope getScope() {
        return scope;
    }

    @Override
    public OID find(final MOScope range) {
        return identifier(successor(range, oid -> true));
    }

    @Override
    public OID find(final MOQuery query, final Function<OID, Boolean> filter) {
        return identifier(successor(query.getScope(), filter));
    }

    private static OID identifier(final VariableBinding instance) {
        return instance == null ? null : instance.getOid();
    }

    @Override
    public void get(final SubRequest<?> request) {
        final Variable value = value(request.getVariableBinding().getOid());
        request.getVariableBinding().setVariable(value == null ? Null.noSuchInstance : value);
        request.completed();
    }

    @Override
    public boolean next(final SubRequest<?> request) {
        return next(request, oid -> true);
    }

    @Override
    public boolean next(final SubRequest<?> request, final Function<OID, Boolean> filter) {
        final VariableBinding next = successor(request.getScope(), filter);
        if (next == null) {
            return false;
        }
        request.getVariableBinding().setOid(next.getOid());
        request.getVariableBinding().setVariable(next.getVariable());
        request.completed();
        return true;
    }

    @Override
    public void prepare(final SubRequest<?> request) {
        request.setErrorStatus(PDU.notWritable);
    }

    @Override
    public void commit(final SubRequest<?> request) {
        request.setErrorStatus(PDU.commitFailed);
    }

    @Override
    public void undo(final SubRequest<?> request) {
        request.setErrorStatus(PDU.undoFailed);
    }

    @Override
    public void cleanup(final SubRequest<?> request) {
        // nothing was prepared
    }

    /** The value of an instance, or null. */
    Variable value(final OID oid) {
        if (oid.size() <= root.size() + 1 || !oid.startsWith(root)) {
            return null;
        }
        final int number = oid.get(root.size());
        for (final Column<R> column : columns) {
            if (column.number() == number) {
                final R row = rows().get(behind(oid, root.size() + 1));
                return row == null ? null : column.value(row);
            }
        }
        return null;
    }

    /** The first instance within a range that has a value and passes the filter, or null. */
    private VariableBinding successor(final MOScope range, final Function<OID, Boolean> filter) {
        final OID lower = range.getLowerBound();
        final boolean isInside = lower.size() > root.size() && lower.startsWith(root);
        if (!isInside && lower.compareTo(root) > 0) {
            return null;
        }
        final int from = isInside ? lower.get(root.size()) : 0;
        final OID after = isInside ? behind(lower, root.size() + 1) : new OID();
        for (final Column<R> column : columns) {
            if (Integer.compareUnsigned(column.number(), from) >= 0) {
                final OID start = column.number() == from ? after : new OID();
                final VariableBinding found = inColumn(column, start, range.isLowerIncluded() || start.size() == 0, range, filter);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private VariableBinding inColumn(
        final Column<R> column, final OID start, final boolean isIncluded, final MOScope range, final Function<OID, Boolean> filter) {
        final OID prefix = new OID(root.getValue(), column.number());
        for (final var entry : rows().tailMap(start, isIncluded).entrySet()) {
            final OID oid = new OID(prefix.getValue(), entry.getKey().getValue());
            if (!isBelow(oid, range)) {
                return null;
            }
            final Variable value = filter.apply(oid) ? column.value(entry.getValue()) : null;
            if (value != null) {
                return new VariableBinding(oid, value);
            }
        }
        return null;
    }

    private static boolean isBelow(final OID oid, final MOScope range) {
        final int order = range.getUpperBound() == null ? -1 : oid.compareTo(range.getUpperBound());
        return order < 0 || order == 0 && range.isUpperIncluded();
    }

    private static OID behind(final OID oid, final int offset) {
        return new OID(oid.getValue(), offset, oid.size() - offset);
    }

    private NavigableMap<OID, R> rows() {
        final List<R> current = source.get();
        if (!current.equals(indexed)) {
            final NavigableMap<OID, R> fresh = new TreeMap<>();
            for (int i = 0; i < current.size(); i++) {
                fresh.put(index == null ? SCALAR : index.encoder().encode(i + 1, current.get(i)), current.get(i));
            }
            rows = fresh;
            indexed = current;
        }
        return rows;
    }
}
