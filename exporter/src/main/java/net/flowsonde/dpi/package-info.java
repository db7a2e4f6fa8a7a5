/**
 * From the payload of flows to facts: in-order octets, the protocol found by its content, one folder a protocol. Everything here is
 * owned by one queue thread and allocates nothing once warm.
 */
package net.flowsonde.dpi;
