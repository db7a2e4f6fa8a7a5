/** The counters in the text formats of Prometheus, and whether we are well, over HTTP. The only package that names Prometheus' library. */
package net.flowsonde.metrics;
