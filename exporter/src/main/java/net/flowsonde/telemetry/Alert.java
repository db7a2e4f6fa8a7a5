package net.flowsonde.telemetry;

import java.net.InetAddress;

/**
 * One thing that an operator should know, once: the alert record, the notification and the log line are made from it.
 *
 * @param kind       what it is about
 * @param timeNs     when it was noticed, nanoseconds since 1970; of traffic, by the clock of the capture
 * @param subject    what it is about, told apart from others of its kind: a server, a collector, a client with a domain
 * @param text       the whole story in one line
 * @param client     null when no client is concerned
 * @param server     null when no server is concerned
 * @param value      what was measured; 0 when nothing was
 * @param threshold  what it was measured against; 0 when nothing was measured
 * @param flowId     flowId (148) of the flow that showed it; 0 when none did
 * @param suppressed how many alerts of this kind about this subject were held back since the last one; set by the {@link AlertBus}
 */
public record Alert(
    AlertKind kind, long timeNs, String subject, String text, InetAddress client, InetAddress server, long value, long threshold,
    long flowId, long suppressed) {

    private static final int MOST_SUBJECT_LENGTH = 255;
    private static final int MOST_TEXT_LENGTH = 1_024;

    public Alert {
        subject = cut(subject, MOST_SUBJECT_LENGTH);
        text = cut(text, MOST_TEXT_LENGTH);
    }

    public static Alert of(final AlertKind kind, final long timeNs, final String subject, final String text) {
        return new Alert(kind, timeNs, subject, text, null, null, 0, 0, 0, 0);
    }

    /** The same about these two ends, either of which may be null. */
    public Alert between(final InetAddress someClient, final InetAddress someServer) {
        return new Alert(kind, timeNs, subject, text, someClient, someServer, value, threshold, flowId, suppressed);
    }

    /** The same with what was measured and against what. */
    public Alert measured(final long someValue, final long someThreshold) {
        return new Alert(kind, timeNs, subject, text, client, server, someValue, someThreshold, flowId, suppressed);
    }

    /** The same, shown by this flow. */
    public Alert inFlow(final long someFlowId) {
        return new Alert(kind, timeNs, subject, text, client, server, value, threshold, someFlowId, suppressed);
    }

    Alert withSuppressed(final long count) {
        return new Alert(kind, timeNs, subject, text, client, server, value, threshold, flowId, count);
    }

    public AlertSeverity severity() {
        return kind.severity();
    }

    private static String cut(final String text, final int mostLength) {
        return text.length() <= mostLength ? text : text.substring(0, mostLength);
    }
}
