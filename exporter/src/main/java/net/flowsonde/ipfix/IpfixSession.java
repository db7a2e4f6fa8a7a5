package net.flowsonde.ipfix;

import net.flowsonde.config.ExportConfig;
import org.agrona.concurrent.EpochClock;

/**
 * The transport sessions with one collector, one after the other: numbers the messages of each and knows when a new one
 * has begun. A message that is refused for good takes no numbers, so that a collector sees holes only where messages were lost on
 * their way; what was refused is told in options records.
 */
final class IpfixSession {
    private static final long NO_SESSION = 0;

    private final MessageSink sink;
    private final MessageForm form;
    private final UpTime upTime;
    private final MessageStamp stamp;
    private final EpochClock clock;
    private final MessageLedger ledger;
    private long id = NO_SESSION;
    private int sequence;
    private long messages;

    IpfixSession(
        final MessageSink sink, final ExportConfig config, final MessageForm form, final UpTime upTime, final EpochClock clock,
        final MessageLedger ledger) {
        this.sink = sink;
        this.clock = clock;
        this.ledger = ledger;
        this.form = form;
        this.upTime = upTime;
        stamp = new MessageStamp(config.observationDomain(), upTime);
    }

    /** True once for every new session: templates must be sent before anything else. */
    boolean isNew() {
        if (sink.sessionId() == id) {
            return false;
        }
        id = sink.sessionId();
        sequence = 0;
        messages = 0;
        return id != NO_SESSION;
    }

    /** No newer session has been opened meanwhile. */
    boolean isCurrent() {
        return sink.sessionId() == id;
    }

    /** There has been a session; it may be broken. */
    boolean isOpen() {
        return id != NO_SESSION;
    }

    /** Messages sent in this session. */
    long messages() {
        return messages;
    }

    /** Numbers a message and offers it once; false when the sink refuses it. */
    boolean offer(final MessageBuilder message, final MessageContents contents) {
        final int length = message.finish(stamp.at(upTime.exportMs(clock.time())), sequence);
        contents.number(form.sequenceOffset(), form.numbers(message.dataRecords()));
        if (!sink.offer(message.buffer(), 0, length, contents)) {
            return false;
        }
        sequence += form.numbers(message.dataRecords());
        messages++;
        ledger.onTaken(length, contents);
        return true;
    }
}
