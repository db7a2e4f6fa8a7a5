/**
 * The process as a service of its machine: the control socket, the service manager, privileges. Names jnr-ffi, as capture does, for the
 * system calls of its own concern.
 */
package net.flowsonde.service;
