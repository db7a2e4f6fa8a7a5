package net.flowsonde.cli;

/** What the launcher found out about standard output and standard error; without it, neither is taken for a terminal. */
final class Terminal {
    private static final int DEFAULT_COLUMNS = 110;

    private Terminal() {
    }

    static boolean isOutput() {
        return Boolean.getBoolean("flowsonde.terminal.out");
    }

    static boolean isError() {
        return Boolean.getBoolean("flowsonde.terminal.err");
    }

    /** Colours are for people who look at a terminal and have not asked for none (https://no-color.org). */
    static boolean hasColours() {
        return isOutput() && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
    }

    static int columns() {
        return Integer.getInteger("flowsonde.terminal.columns", DEFAULT_COLUMNS);
    }
}
