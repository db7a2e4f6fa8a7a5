/** Adds what other traffic taught us (names, users, alerts) to finished records, on the export thread. */
package net.flowsonde.enrich;
