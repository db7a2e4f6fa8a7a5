package net.flowsonde.cli;

/** Entry point. */
public final class Flowsonde {
    private Flowsonde() {
    }

    public static void main(final String[] args) {
        System.exit(0);
    }
}
