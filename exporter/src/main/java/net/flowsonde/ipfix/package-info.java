/** Elements, templates, record writers and messages (RFC 7011, 5103, 5610, 5655); consumers implement {@code MessageSink}. */
package net.flowsonde.ipfix;
