/** What DHCP hands out: the name servers that clients are told to ask. */
package net.flowsonde.dpi.dhcp;
