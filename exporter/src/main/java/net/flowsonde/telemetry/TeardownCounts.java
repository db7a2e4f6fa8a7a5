package net.flowsonde.telemetry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * How TCP connections ended, counted by reason and impact as they are exported. Written by the export thread, read by any. The codes'
 * names come from who counts, because nothing here knows of flows.
 */
public final class TeardownCounts {
    /** Who counts, for a list of counts. */
    public static final String NAME = "teardowns";

    /** Reasons have codes of one octet. */
    private static final int REASONS = 256;
    /** More than there are impacts; codes above it are counted as the last. */
    private static final int IMPACTS = 16;
    private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] values = new long[REASONS * IMPACTS];
    private volatile IntFunction<String> reasonNames = Integer::toString;
    private volatile IntFunction<String> impactNames = Integer::toString;

    /** One pair that has been seen. */
    public record Row(int reason, int impact, String reasonName, String impactName, long count) {
        /** Both in one, for lists of counts: {@code RST_MID_TRANSFER/TRUNCATED}. */
        public String name() {
            return reasonName + "/" + impactName;
        }
    }

    /** Says what the codes mean. */
    public void name(final IntFunction<String> reasons, final IntFunction<String> impacts) {
        reasonNames = reasons;
        impactNames = impacts;
    }

    /** Export thread only. */
    public void increment(final int reason, final int impact) {
        final int index = (reason & REASONS - 1) * IMPACTS + Math.min(impact, IMPACTS - 1);
        VALUES.setOpaque(values, index, values[index] + 1);
    }

    /** What has been seen so far, in the order of reason and impact. */
    public List<Row> rows() {
        final List<Row> rows = new ArrayList<>();
        for (int index = 0; index < values.length; index++) {
            final long count = (long) VALUES.getOpaque(values, index);
            if (count != 0) {
                final int reason = index / IMPACTS;
                final int impact = index % IMPACTS;
                rows.add(new Row(reason, impact, reasonNames.apply(reason), impactNames.apply(impact), count));
            }
        }
        return rows;
    }
}
