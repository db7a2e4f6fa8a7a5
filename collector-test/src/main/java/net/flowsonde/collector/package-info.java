/**
 * The test collector: a strict IPFIX decoder of its own (RFC 7011, 5103, 5610, 5655) that listens on UDP and TCP or reads files, prints
 * records and sums, and names every breach of the rules. It shares no line with the exporter.
 */
package net.flowsonde.collector;
