/** The SNMP agent: one class a MIB group, values read when asked. The only package that names snmp4j. */
package net.flowsonde.snmp;
