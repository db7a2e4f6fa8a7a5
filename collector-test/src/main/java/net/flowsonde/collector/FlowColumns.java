package net.flowsonde.collector;

/** Where a template has what makes up a flow; -1 where it has none. */
record FlowColumns(
    int source, int destination, int sourcePort, int destinationPort, int protocol, int packets, int octets, int reversePackets,
    int reverseOctets, int flowId, int start, int end, int endReason) {

    private static final int OCTETS = 1;
    private static final int PACKETS = 2;
    private static final int PROTOCOL = 4;
    private static final int SOURCE_PORT = 7;
    private static final int DESTINATION_PORT = 11;
    private static final int END_REASON = 136;
    private static final int FLOW_ID = 148;
    private static final int[] SOURCES = {8, 27};
    private static final int[] DESTINATIONS = {12, 28};
    private static final int[] STARTS = {156, 154, 152, 150};
    private static final int[] ENDS = {157, 155, 153, 151};

    static FlowColumns of(final Template template) {
        final long reverse = Element.REVERSE_ENTERPRISE;
        return new FlowColumns(firstOf(template, SOURCES), firstOf(template, DESTINATIONS), template.indexOf(0, SOURCE_PORT),
            template.indexOf(0, DESTINATION_PORT), template.indexOf(0, PROTOCOL), template.indexOf(0, PACKETS),
            template.indexOf(0, OCTETS), template.indexOf(reverse, PACKETS), template.indexOf(reverse, OCTETS),
            template.indexOf(0, FLOW_ID), firstOf(template, STARTS), firstOf(template, ENDS), template.indexOf(0, END_REASON));
    }

    /** Whether records of the template are flows. */
    boolean isFlow() {
        return packets >= 0 && octets >= 0;
    }

    private static int firstOf(final Template template, final int[] ids) {
        for (final int id : ids) {
            final int index = template.indexOf(0, id);
            if (index >= 0) {
                return index;
            }
        }
        return -1;
    }

    /** The value, or 0 where the template has none. */
    static long valueOrZero(final DataRecord dataRecord, final int index) {
        return index < 0 ? 0 : dataRecord.unsigned(index);
    }
}
