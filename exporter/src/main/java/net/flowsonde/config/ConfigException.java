package net.flowsonde.config;

import java.util.List;

/** The configuration cannot be used. Holds one line for each mistake, in the order of the file, ready to be shown to an operator. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> mistakes;

    ConfigException(final List<String> mistakes) {
        super(String.join(System.lineSeparator(), mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    public List<String> mistakes() {
        return mistakes;
    }
}
