package net.flowsonde.ipfix;

/**
 * An interface that records name by its index.
 *
 * @param index        ifIndex, as in ingressInterface (10)
 * @param name         such as {@code eth0}
 * @param description  for a person; may be the name again
 */
public record ObservedInterface(int index, String name, String description) {
}
