/**
 * What file accesses say beyond themselves: who uses which flow, which files a flow was about, which servers there are, and whether
 * someone does to files what ransomware does. Owned by the export thread.
 */
package net.flowsonde.enrich.file;
