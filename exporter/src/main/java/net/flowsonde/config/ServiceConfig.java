package net.flowsonde.config;

/**
 * How the process lives on its machine.
 *
 * @param runtimeDirectory  where the control socket is made, for {@code flowsonde reload} and {@code flowsonde top}; empty for none
 * @param user              whom to become, with his group, once everything is open, when started as root; empty to stay root
 */
public record ServiceConfig(String runtimeDirectory, String user) {
    public static final ServiceConfig DEFAULT = new ServiceConfig("/run/flowsonde", "");
}
