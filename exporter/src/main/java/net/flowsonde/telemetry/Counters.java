package net.flowsonde.telemetry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The counts of one thing (one queue, one collector, the export thread). Written by the one thread that owns it, without a lock;
 * read by any thread, which may see a value that is a moment old but never a torn one.
 */
public final class Counters {
    private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(long[].class);

    private final Counter.Scope scope;
    private final String name;
    private final long[] values = new long[Counter.values().length];

    Counters(final Counter.Scope scope, final String name) {
        this.scope = scope;
        this.name = name;
    }

    public Counter.Scope scope() {
        return scope;
    }

    /** What counts, for a person: {@code eth0/1}, {@code udp://192.0.2.1:4739}. */
    public String name() {
        return name;
    }

    /** Adds one; owner only. */
    public void increment(final Counter counter) {
        add(counter, 1);
    }

    /** Adds {@code delta}; owner only. */
    public void add(final Counter counter, final long delta) {
        final int index = counter.ordinal();
        VALUES.setOpaque(values, index, values[index] + delta);
    }

    /** Replaces the value, for counts that are kept elsewhere (the kernel's) and copied here; owner only. */
    public void assign(final Counter counter, final long value) {
        VALUES.setOpaque(values, counter.ordinal(), value);
    }

    /** The value now; any thread. */
    public long value(final Counter counter) {
        return (long) VALUES.getOpaque(values, counter.ordinal());
    }
}
