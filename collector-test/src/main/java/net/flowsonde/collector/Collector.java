package net.flowsonde.collector;

/** Entry point of the test collector. */
public final class Collector {
    private Collector() {
    }

    public static void main(final String[] args) {
        System.exit(0);
    }
}
