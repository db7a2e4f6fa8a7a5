package net.flowsonde.telemetry;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** One template that a collector has been sent, and what was sent by it. Written by the export thread, read by any. */
public final class TemplateFacts {
    /** Set that holds options templates. */
    public static final int OPTIONS_SET = 3;

    private final int id;
    private final int setId;
    private final List<FieldFacts> fields;
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong announcements = new AtomicLong();
    private volatile long announcedMs;

    /**
     * One field of a template.
     *
     * @param id                number of the element, without the enterprise bit
     * @param length            octets; 65,535 when variable
     * @param enterpriseNumber  0 for IANA's
     * @param isScope           a scope of an options template
     */
    public record FieldFacts(int id, int length, long enterpriseNumber, boolean isScope) {
    }

    /** @param setId  2 for a template, 3 for an options template */
    public TemplateFacts(final int id, final int setId, final List<FieldFacts> fields) {
        this.id = id;
        this.setId = setId;
        this.fields = List.copyOf(fields);
    }

    public int id() {
        return id;
    }

    public int setId() {
        return setId;
    }

    public List<FieldFacts> fields() {
        return fields;
    }

    /** Data records that were put into messages by this template. */
    public long records() {
        return records.get();
    }

    /** How often it was sent. */
    public long announcements() {
        return announcements.get();
    }

    /** When it was last sent; milliseconds since 1970. */
    public long announcedMs() {
        return announcedMs;
    }

    /** Export thread only. */
    public void onRecord() {
        records.lazySet(records.getPlain() + 1);
    }

    /** Export thread only. */
    public void onAnnounced(final long timeMs) {
        announcements.lazySet(announcements.getPlain() + 1);
        announcedMs = timeMs;
    }
}
