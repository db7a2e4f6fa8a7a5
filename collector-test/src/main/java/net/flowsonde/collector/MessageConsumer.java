package net.flowsonde.collector;

import java.nio.ByteBuffer;

/** Takes messages as they come from a transport. */
interface MessageConsumer {
    /** One message, which is everything between octet 0 and the limit of the buffer; valid during the call. */
    void onMessage(Session session, ByteBuffer message);

    /** A stream from which no further message can be told, and why. */
    void onBroken(Session session, Rule rule, String detail);
}
