/** Flows: the table, timeouts, TCP state and teardown. {@code FlowMeter} turns packets into finished {@code FlowRecord}s. */
package net.flowsonde.flow;
