/** Packets in: libpcap through jnr-ffi, live queues and files. One {@code CaptureAgent} a queue; consumers implement {@code PacketHandler}. */
package net.flowsonde.capture;
