package net.flowsonde.config;

import java.util.List;
import java.util.Locale;

/**
 * A profile of the operator's own: another one with changes.
 *
 * @param name     what {@code profile} calls it
 * @param base     the profile that it begins as, of those that ship
 * @param flows    biflow, uniflow, or as the base has it
 * @param changes  in the order in which they are made
 * @param place    where it stands in the configuration
 */
public record ProfileConfig(String name, String base, Flows flows, List<Change> changes, String place) {
    /** What is done to a field. */
    public enum Kind { DROP, ADD, RENAME }

    /** Whether a flow is one record or two. */
    public enum Flows { BASE, BIFLOW, UNIFLOW }

    /**
     * One change.
     *
     * @param kind   what is done
     * @param text   a field, {@code kind.field} where the record is no flow; renamed, {@code field=pen:id/length}
     * @param place  where it stands in the configuration
     */
    public record Change(Kind kind, String text, String place) {
        /** The key that lists such changes. */
        public String key() {
            return kind.name().toLowerCase(Locale.ROOT);
        }
    }

    public ProfileConfig {
        changes = List.copyOf(changes);
    }
}
