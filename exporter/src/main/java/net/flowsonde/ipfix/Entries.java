package net.flowsonde.ipfix;

/**
 * What a record has any number of, such as the answers of a DNS transaction.
 *
 * @param <R>  kind of record
 * @param <E>  kind of entry
 */
interface Entries<R, E> {
    int count(R record);

    /** The entry at {@code index}, asked for in their order; good until the next call. */
    E entry(R record, int index);
}
