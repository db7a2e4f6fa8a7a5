package net.flowsonde.collector;

/** Writes one JSON object to a line (RFC 8259). */
final class Json {
    private final StringBuilder text = new StringBuilder(1_024);
    private boolean isFirst;

    Json begin() {
        text.setLength(0);
        text.append('{');
        isFirst = true;
        return this;
    }

    Json string(final String name, final String value) {
        key(name);
        quote(value);
        return this;
    }

    Json number(final String name, final long value) {
        return raw(name, Long.toString(value));
    }

    /** A value that is JSON already. */
    Json raw(final String name, final String value) {
        key(name);
        text.append(value);
        return this;
    }

    String end() {
        return text.append('}').toString();
    }

    private void key(final String name) {
        if (!isFirst) {
            text.append(',');
        }
        isFirst = false;
        quote(name);
        text.append(':');
    }

    private void quote(final String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            final char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7F) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
