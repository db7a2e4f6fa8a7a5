package net.flowsonde.telemetry;

/** What this process is, which configuration it has and how far it has come. Set by who runs it, read by any thread. */
public final class RunStatus {
    /** How far a run has come. Codes are frozen. */
    public enum State {
        STARTING(1), RUNNING(2), DRAINING(3), FINISHED(4);

        private final int code;

        State(final int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }
    }

    private final long startedMs = System.currentTimeMillis();
    private final long startedNs = System.nanoTime();
    private volatile State state = State.STARTING;
    private volatile String version = "";
    private volatile String configHash = "";
    private volatile long configuredMs;

    /** Milliseconds since 1970. */
    public long startedMs() {
        return startedMs;
    }

    /** How long it has run, whatever the clock on the wall did meanwhile. */
    public long uptimeMs() {
        return (System.nanoTime() - startedNs) / 1_000_000;
    }

    public State state() {
        return state;
    }

    public void state(final State now) {
        state = now;
    }

    public String version() {
        return version;
    }

    public void version(final String number) {
        version = number;
    }

    /** SHA-256 of the effective configuration, in hexadecimal digits. */
    public String configHash() {
        return configHash;
    }

    /** When that configuration was taken up; milliseconds since 1970, 0 for never. */
    public long configuredMs() {
        return configuredMs;
    }

    public void configured(final String hash, final long timeMs) {
        configHash = hash;
        configuredMs = timeMs;
    }
}
