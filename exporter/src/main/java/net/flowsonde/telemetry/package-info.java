/** Counters, tables, alerts and the distinct-error log: the only state shared between the packet path and management. */
package net.flowsonde.telemetry;
