package net.flowsonde.collector;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of JSON that the exporter wrote. */
final class JsonRecord {
    private JsonRecord() {
    }

    /** A field as text, empty where there is none. */
    static String field(final String record, final String name) {
        final Matcher matcher = Pattern.compile("\"" + name + "\":\"?((?:[^\",}\\\\]|\\\\.)*)").matcher(record);
        return matcher.find() ? matcher.group(1).replace("\\\\", "\\") : "";
    }
}
