/** The configuration as records, parsed and checked once. The only package that names the YAML library. */
package net.flowsonde.config;
