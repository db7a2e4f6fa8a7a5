package net.flowsonde.service;

import java.util.List;

/**
 * What an instance answers to a command.
 *
 * @param isDone  false when it was refused and nothing has changed
 * @param lines   for a person, or for the command that asked
 */
public record ControlReply(boolean isDone, List<String> lines) {
    public ControlReply {
        lines = List.copyOf(lines);
    }

    public static ControlReply done(final List<String> lines) {
        return new ControlReply(true, lines);
    }

    public static ControlReply refused(final List<String> lines) {
        return new ControlReply(false, lines);
    }
}
