package net.flowsonde.config;

/**
 * Counters for Prometheus, and whether we are well, over HTTP.
 *
 * @param enabled  whether anything listens
 * @param listen   where
 */
public record PrometheusConfig(boolean enabled, ListenAddress listen) {
    public static final PrometheusConfig DEFAULT = new PrometheusConfig(false, ListenAddress.parse("127.0.0.1:9469"));
}
