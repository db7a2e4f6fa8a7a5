package net.flowsonde.telemetry;

import java.time.Duration;
import java.util.Set;

/**
 * Which alerts are passed on, and how often.
 *
 * @param coolDown       least time between two alerts of one kind about one subject
 * @param mostPerMinute  most alerts of one kind in a minute, whatever their subjects
 * @param disabled       kinds that are never raised
 */
public record AlertRules(Duration coolDown, int mostPerMinute, Set<AlertKind> disabled) {
    public AlertRules {
        disabled = Set.copyOf(disabled);
    }
}
