/** Commands, and {@code ExporterAssembly}, the one class that names every stage. */
package net.flowsonde.cli;
