package net.flowsonde.collector;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A network namespace with loopback and one veth pair, without IPv6 so that nothing but the test speaks on it. Needs root. */
final class NetworkNamespace implements AutoCloseable {
    /** The end where traffic is sent. */
    static final String SENDER = "tx0";
    /** The end where it is captured. */
    static final String RECEIVER = "rx0";

    /** Tests that run at once may have the same label. */
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Path directory;
    private final String name;

    NetworkNamespace(final Path directory, final String label) {
        Tools.requireRoot();
        this.directory = directory;
        this.name = "collector-" + label + "-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        Tools.check(directory, "ip", "netns", "add", name);
        try {
            exec("sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1", "net.ipv6.conf.default.disable_ipv6=1");
            exec("ip", "link", "set", "lo", "up");
            exec("ip", "link", "add", SENDER, "type", "veth", "peer", "name", RECEIVER);
            exec("ip", "link", "set", SENDER, "up");
            exec("ip", "link", "set", RECEIVER, "up");
        } catch (final AssertionError | RuntimeException e) {
            close();
            throw e;
        }
    }

    String name() {
        return name;
    }

    /** What to put before a command to run it inside. */
    List<String> prefix() {
        return List.of(Tools.require("ip"), "netns", "exec", name);
    }

    /** Runs a command inside that must succeed. */
    Tools.Result exec(final String... command) {
        return Tools.check(directory, inside(command));
    }

    /** Runs a command inside, whatever comes of it. */
    Tools.Result run(final String... command) {
        return Tools.run(directory, inside(command));
    }

    private String[] inside(final String... command) {
        final List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", name, Tools.require(command[0])));
        inside.addAll(List.of(command).subList(1, command.length));
        return inside.toArray(String[]::new);
    }

    @Override
    public void close() {
        Tools.run(directory, "ip", "netns", "delete", name);
    }
}
