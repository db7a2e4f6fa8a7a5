package net.flowsonde.telemetry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;

/**
 * The counts of one thing (one queue, one collector, the export thread). Written by the one thread that owns it, without a lock;
 * read by any thread, which may see a value that is a moment old but never a torn one.
 */
public final class Counters {
    private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(long[].class);

    private final Counter.Scope scope;
    private final String name;
    private final long[] values = new long[Counter.values().length];
    private final AtomicReferenceArray<LongSupplier> gauges = new AtomicReferenceArray<>(Gauge.values().length);
    private final AtomicReferenceArray<String> labels = new AtomicReferenceArray<>(Label.values().length);
    private volatile SessionEnds session;
    private volatile List<TemplateFacts> templates = List.of();

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

    /** Says where a gauge is read whenever somebody asks, by their thread; any thread. */
    public void measure(final Gauge gauge, final LongSupplier source) {
        gauges.set(gauge.ordinal(), source);
    }

    /** Replaces what a gauge shows; any thread, not for the packet path, since it allocates. */
    public void set(final Gauge gauge, final long value) {
        if (value(gauge) != value) {
            gauges.set(gauge.ordinal(), () -> value);
        }
    }

    /** What the gauge shows now, 0 until somebody says; any thread. */
    public long value(final Gauge gauge) {
        final LongSupplier source = gauges.get(gauge.ordinal());
        return source == null ? 0 : source.getAsLong();
    }

    public void set(final Label label, final String text) {
        labels.set(label.ordinal(), text);
    }

    /** What is known, or an empty string; any thread. */
    public String value(final Label label) {
        final String text = labels.get(label.ordinal());
        return text == null ? "" : text;
    }

    /** The transport session with this collector that is open now, null for none; any thread. */
    public void session(final SessionEnds ends) {
        session = ends;
    }

    public Optional<SessionEnds> session() {
        return Optional.ofNullable(session);
    }

    /** The templates that this collector has been sent; replaced when there is another. */
    public void templates(final List<TemplateFacts> all) {
        templates = all;
    }

    public List<TemplateFacts> templates() {
        return templates;
    }
}
