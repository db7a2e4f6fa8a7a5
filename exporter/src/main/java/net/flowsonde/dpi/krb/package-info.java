/** Kerberos (RFC 4120) between clients and key servers: whose the tickets are that clients then show to services. */
package net.flowsonde.dpi.krb;
