/** DNS and its kin (mDNS, LLMNR, NetBIOS names): a parser of messages where they lie, and the pairing of queries with their answers. */
package net.flowsonde.dpi.dns;
