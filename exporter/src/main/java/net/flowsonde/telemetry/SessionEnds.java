package net.flowsonde.telemetry;

import java.net.InetSocketAddress;

/**
 * Both ends of an open transport session with a collector.
 *
 * @param protocol   6 TCP (and TLS), 17 UDP
 * @param local      our end
 * @param remote     the collector's end
 * @param openedMs   when it was opened, milliseconds since 1970
 */
public record SessionEnds(int protocol, InetSocketAddress local, InetSocketAddress remote, long openedMs) {
}
