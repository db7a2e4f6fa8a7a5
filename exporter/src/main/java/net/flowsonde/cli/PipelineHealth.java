package net.flowsonde.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import net.flowsonde.capture.CaptureAgent;
import net.flowsonde.telemetry.Health;

/** Whether every thread of a pipeline moves. */
final class PipelineHealth implements Health {
    /** More than any step of a thread takes: the longest is the farewell to a collector. */
    private static final long LONGEST_STEP_NS = TimeUnit.SECONDS.toNanos(20);

    private final List<CaptureAgent> agents;
    private final ExportThread export;
    private volatile boolean isReady;
    private volatile boolean isFinishing;

    PipelineHealth(final List<CaptureAgent> agents, final ExportThread export) {
        this.agents = List.copyOf(agents);
        this.export = export;
    }

    void onStarted() {
        isReady = true;
    }

    /** Threads end from now on because they should. */
    void onFinishing() {
        isFinishing = true;
        isReady = false;
    }

    @Override
    public boolean isReady() {
        return isReady;
    }

    @Override
    public List<String> complaints() {
        final List<String> complaints = new ArrayList<>();
        if (isReady && !isFinishing) {
            final long nowNs = System.nanoTime();
            for (final CaptureAgent agent : agents) {
                complain(complaints, agent.roleName(), !agent.isDone(), agent.workedNs(), nowNs);
            }
            complain(complaints, "export", export.isAlive(), export.workedNs(), nowNs);
        }
        return complaints;
    }

    private static void complain(
        final List<String> complaints, final String name, final boolean isAlive, final long workedNs, final long nowNs) {
        if (!isAlive) {
            complaints.add(name + ": its thread has ended");
        } else if (nowNs - workedNs > LONGEST_STEP_NS) {
            complaints.add(String.format(Locale.ROOT, "%s: its thread has not moved for %d s", name,
                TimeUnit.NANOSECONDS.toSeconds(nowNs - workedNs)));
        }
    }
}
