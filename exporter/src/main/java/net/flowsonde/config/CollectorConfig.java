package net.flowsonde.config;

import java.net.URI;

/**
 * One destination of records.
 *
 * @param uri {@code udp://host:port}, {@code tcp://host:port}, {@code file:///path.ipfix}, {@code json:///path} or {@code json:-}
 */
public record CollectorConfig(URI uri) {
}
