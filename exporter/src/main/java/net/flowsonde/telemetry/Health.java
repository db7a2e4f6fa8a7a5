package net.flowsonde.telemetry;

import java.util.List;

/** How the pipeline is; any thread may ask at any time. */
public interface Health {
    /** Everything is open and started, and not yet told to stop. */
    boolean isReady();

    /** What does not work, a line each: a thread that has ended or has not moved for too long. Empty while all is well. */
    List<String> complaints();
}
