package net.flowsonde.dpi;

import org.agrona.DirectBuffer;

/** Takes the octets of one TCP flow, each direction in order. The contract is that of {@link ProtocolAnalyzer}. */
interface StreamConsumer {
    /** See {@link ProtocolAnalyzer#onStream}. */
    int onStream(int direction, DirectBuffer buffer, int offset, int length, long timestampNs);

    /** See {@link ProtocolAnalyzer#onGap}. */
    void onGap(int direction, long octets, long timestampNs);
}
