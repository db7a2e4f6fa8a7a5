package net.flowsonde.ipfix;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one kind of collector is sent: which element for which of our fields, and the rules that it lives by. Data, read from a file by
 * {@link ProfileReader}; changed by an operator's own profile.
 *
 * @param name       in the configuration
 * @param purpose    which collector it is for
 * @param format     of the messages
 * @param isUniflow  a flow is two records, one a direction; else one of both (RFC 5103)
 * @param rows       fields by kind of record; a kind that is missing is not sent
 * @param options    names of the options templates that are sent
 * @param areOptionsFixed  texts in options records have a fixed length
 * @param rules      what the collector chokes on
 */
record Profile(
    String name, String purpose, Format format, boolean isUniflow, Map<RecordKind, Rows> rows, Set<String> options,
    boolean areOptionsFixed, List<ProfileRule> rules) {

    /** Wire formats. */
    enum Format { IPFIX, NETFLOW_V9, NETFLOW_V5 }

    /**
     * The fields of one kind of record.
     *
     * @param hasAll   every field that is not named is sent under its own element
     * @param targets  by our name of the field: under which element it is sent; {@link #AS_IS} for its own
     * @param dropped  names of fields that are not sent
     */
    record Rows(boolean hasAll, Map<String, Target> targets, Set<String> dropped) {
        /** The element that the field has by itself. */
        static final Target AS_IS = new Target(null, Target.NATURAL, 1, null);

        Rows {
            targets = Map.copyOf(targets);
            dropped = Set.copyOf(dropped);
        }

        boolean has(final String field) {
            return !dropped.contains(field) && (hasAll || targets.containsKey(field));
        }

        Target target(final String field) {
            return targets.getOrDefault(field, AS_IS);
        }

        /** Whether the field is asked for by its name. */
        boolean names(final String field) {
            return targets.containsKey(field) && !dropped.contains(field);
        }

        /** Every field that is named, to be sent or not. */
        Set<String> all() {
            final Set<String> names = new TreeSet<>(targets.keySet());
            names.addAll(dropped);
            return names;
        }
    }

    Profile {
        rows = Map.copyOf(rows);
        options = Set.copyOf(options);
        rules = List.copyOf(rules);
    }

    boolean has(final RecordKind kind) {
        return rows.containsKey(kind);
    }
}
