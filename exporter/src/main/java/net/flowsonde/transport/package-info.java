/** Where messages go: UDP and TCP sessions through Netty, files. The only package that names Netty. */
package net.flowsonde.transport;
