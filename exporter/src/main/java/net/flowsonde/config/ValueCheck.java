package net.flowsonde.config;

import java.util.Optional;

/** Checks a value by what this package does not know. */
public interface ValueCheck {
    /** Accepts everything. */
    ValueCheck NONE = value -> Optional.empty();

    /** What is wrong, to be read after the value itself; empty when nothing is. */
    Optional<String> refusal(String value);
}
