package net.flowsonde.ipfix;

import java.util.Arrays;

/**
 * The kinds of records. Template ids are frozen: 256 to 511 and 1,024 and up for flows, 512 to 767 for options records, 768 to 1,023 for
 * the other kinds, 16 ids each.
 */
enum RecordKind {
    FLOW("flow", 256),
    DNS("dns", 768),
    ALERT("alert", 800),
    FILE("file", 832),
    FILE_ACTIVITY("fileActivity", 848);

    private final String label;
    private final int firstTemplateId;

    RecordKind(final String label, final int firstTemplateId) {
        this.label = label;
        this.firstTemplateId = firstTemplateId;
    }

    /** Value of {@code recordType} in JSON lines. */
    String label() {
        return label;
    }

    static RecordKind of(final String label) {
        return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no kind of records " + label));
    }

    int firstTemplateId() {
        return firstTemplateId;
    }
}
