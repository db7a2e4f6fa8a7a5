/** What DHCP, DHCPv6 and router advertisements hand out: the name servers that clients are told to ask. */
package net.flowsonde.dpi.dhcp;
