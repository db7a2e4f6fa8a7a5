package net.flowsonde.transport;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import net.flowsonde.ipfix.ExportAgent.Pace;
import net.flowsonde.ipfix.MessageContents;
import net.flowsonde.ipfix.MessageSink;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Gauge;
import net.flowsonde.transport.Announcements.Announcement;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Messages to a collector on the network. All of them go through a {@link Journal}, in memory or on disk, and stay there until they have
 * arrived, so that a session that breaks, or a process that dies, only sends some of them again. To the exporter it is one session that
 * never ends; the sessions of the network are opened here, each beginning with the templates and names in force, each with sequence
 * numbers of its own (RFC 7011, 3.1); the export time of a message stays.
 */
final class CollectorSink implements MessageSink {
    private static final long ONE_SESSION = 1;
    private static final int MOST_MESSAGES_AT_ONCE = 512;
    private static final int IPFIX_SEQUENCE_OFFSET = 8;
    private static final int IPFIX_TIME_OFFSET = 4;
    /** What stays in a spool at the end of a live run need not be waited for. */
    private static final long LONGEST_FAREWELL_NS = TimeUnit.SECONDS.toNanos(5);
    /** How long the end waits for what is on its way to the socket: here the export of everything else waits too. */
    private static final long HANDOVER_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long CLOSE_NS = TimeUnit.SECONDS.toNanos(5);

    private final String name;
    private final int maxMessageLength;
    private final Transport transport;
    private final Counters counters;
    private final Connection connection;
    private final Journal journal;
    private final SpoolGauges spool;
    private final ReplayPacer pacer = new ReplayPacer();
    private final SendRate rate;
    private final ResendWindow resendWindow;
    private final boolean isLive;
    private final Prologue prologue;

    private final SentBatches sent = new SentBatches();
    private final MessageTotals waiting = new MessageTotals();
    private final JournalFrame frame = new JournalFrame();
    private int kept;
    private final int run = ThreadLocalRandom.current().nextInt() & ~JournalFrame.RUN_START;
    private boolean isRunBegun;
    private boolean isDraining;
    private boolean isHandedOver;
    private long drainingNs;
    private long nowNs = System.nanoTime();

    /** Everything before has arrived at the collector's host … */
    private long acknowledged;
    /** … and this much of it will not be sent again. */
    private long released;
    /** Next to be sent. */
    private long cursor;
    /** Furthest that was ever sent. */
    private long furthest;
    private boolean isReturning;

    private TransportSession session;
    private boolean hasSent;
    private boolean isSessionDue;
    private boolean isCatchingUp;
    private int sequence;

    CollectorSink(
        final String name, final Transport transport, final int maxMessageLength, final Connection connection, final JournalMaker maker,
        final SendLimits limits, final Counters counters, final Pace pace) {
        this.name = name;
        this.transport = transport;
        this.maxMessageLength = maxMessageLength;
        this.connection = connection;
        this.counters = counters;
        isLive = pace == Pace.LIVE;
        rate = new SendRate(limits.rate());
        resendWindow = new ResendWindow(transport.isStream() ? limits.resendWindow() : 0);
        counters.set(Gauge.SPOOL_LIMIT, limits.spoolLimit());
        journal = maker.make(this::onEvicted);
        spool = new SpoolGauges(journal, counters);
        prologue = new Prologue(journal.tail());
        if (journal instanceof DiskJournal disk) {
            recover(disk);
        }
    }

    /** Makes the journal of a sink. */
    interface JournalMaker {
        Journal make(Journal.EvictionListener listener);
    }

    /**
     * How messages are sent again.
     *
     * @param spoolLimit    most octets of the spool; 0 without one
     * @param rate          octets a second of what was kept while the collector was away
     * @param resendWindow  octets that a collector may have acknowledged but not read when its connection breaks
     */
    record SendLimits(long spoolLimit, long rate, long resendWindow) {
    }

    /** Finds out what the earlier runs have left. */
    private void recover(final DiskJournal disk) {
        released = disk.released();
        acknowledged = released;
        cursor = released;
        furthest = disk.acknowledged();
        long position = prologue.oldest(disk);
        while (journal.read(position, frame)) {
            position = frame.end();
            if (disk.admit(frame)) {
                prologue.pass(frame, released);
                if (frame.position() >= acknowledged) {
                    waiting.add(frame.contents(), frame.messageLength());
                }
            }
        }
        waiting.countRecovered(counters);
        isReturning = waiting.records() > 0;
    }

    @Override
    public boolean offer(final DirectBuffer message, final int offset, final int length) {
        throw new UnsupportedOperationException("a message is kept with what it holds");
    }

    @Override
    public boolean offer(final DirectBuffer message, final int offset, final int length, final MessageContents contents) {
        if (!journal.append(contents, isRunBegun ? run : run | JournalFrame.RUN_START, message, offset, length)) {
            return false;
        }
        isRunBegun = true;
        kept++;
        waiting.add(contents, length);
        return true;
    }

    @Override
    public int maxMessageLength() {
        return maxMessageLength;
    }

    @Override
    public boolean isLossy() {
        return !transport.isStream();
    }

    @Override
    public long sessionId() {
        return ONE_SESSION;
    }

    @Override
    public int settle(final SettlementListener listener) {
        final int count = kept;
        for (; kept > 0; kept--) {
            listener.onKept();
        }
        return count;
    }

    @Override
    public boolean isUp() {
        return !connection.isAbsent() && (!connection.isOpen() || connection.isTrusted(nowNs));
    }

    @Override
    public long waitingOctets() {
        if (journal.isDurable() && (isHandedOver || connection.isAbsent() || isLive && isDraining && nowNs - drainingNs > LONGEST_FAREWELL_NS)) {
            return 0;
        }
        return journal.tail() - Math.min(journal.tail(), acknowledged);
    }

    @Override
    public int doWork(final long nowNs) {
        this.nowNs = nowNs;
        int work = connection.doWork(nowNs);
        work += acknowledge();
        if (session != null && session != connection.session()) {
            onBroken();
        }
        isSessionDue |= connection.isRenewed(nowNs);
        if (connection.isOpen()) {
            work += send();
        }
        connection.flush();
        if (!transport.isStream()) {
            journal.spare(cursor);
        }
        journal.doWork(nowNs);
        spool.show(acknowledged, nowNs);
        return work;
    }

    @Override
    public void onDraining() {
        isDraining = true;
        drainingNs = nowNs;
    }

    @Override
    public void onHandover() {
        isHandedOver = journal.isDurable();
    }

    @Override
    public void flush() {
        connection.flush();
        journal.doWork(nowNs);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Counters counters() {
        return counters;
    }

    @Override
    public void close() {
        final boolean isInOrder = connection.close(isHandedOver ? HANDOVER_NS : CLOSE_NS);
        acknowledge();
        if (isInOrder) {
            released = acknowledged;
        } else {
            revoke();
        }
        sent.onBroken(waiting, counters);
        session = null;
        journal.acknowledge(acknowledged, released);
        journal.close();
        if (journal.isDurable()) {
            waiting.countSpooled(counters);
        } else {
            waiting.countDropped(counters, Counter.RECORDS_LOST);
        }
    }

    /** What the collector's host had acknowledged when the last session broke may not have been read, and no session is left to tell. */
    private void revoke() {
        final MessageTotals unread = new MessageTotals();
        long position = released;
        while (journal.read(position, frame) && frame.position() < acknowledged) {
            unread.add(frame.contents(), frame.messageLength());
            position = frame.end();
        }
        unread.countUnsent(counters);
        waiting.add(unread);
    }

    private int acknowledge() {
        if (session == null) {
            return 0;
        }
        final long before = acknowledged;
        acknowledged = sent.arrived(session.arrived(), acknowledged, waiting, counters);
        if (acknowledged != before) {
            resendWindow.onAcknowledged(acknowledged);
        }
        released = resendWindow.released(Math.min(acknowledged, session.arrived()), released);
        if (acknowledged != before) {
            journal.acknowledge(acknowledged, released);
            return 1;
        }
        return 0;
    }

    private void onBroken() {
        acknowledge();
        sent.onBroken(waiting, counters);
        if (session.isEndedByCollector()) {
            released = acknowledged;
            journal.acknowledge(acknowledged, released);
        }
        cursor = Math.min(cursor, released);
        isReturning = true;
        session = null;
    }

    private int send() {
        if (session == null) {
            begin();
        }
        int work = 0;
        while (work < MOST_MESSAGES_AT_ONCE && isAllowed()) {
            if (!(prologue.next() != null ? sendPrologue(prologue.next()) : sendNext())) {
                break;
            }
            work++;
        }
        return work;
    }

    /** A session of the network has been opened. */
    private void begin() {
        session = connection.session();
        sequence = 0;
        hasSent = false;
        final boolean isAnyWaiting = journal.read(cursor, frame);
        prologue.begin(isAnyWaiting ? frame : null);
        isSessionDue = false;
        isCatchingUp = isAnyWaiting && (isReturning || counters.value(Counter.CONNECT_FAILURES) > 0);
        isReturning = false;
        sent.begin(cursor);
    }

    private boolean isAllowed() {
        if (!connection.isTrusted(nowNs)) {
            return false;
        }
        if (isCatchingUp && !rate.isAllowed(nowNs)) {
            return false;
        }
        return transport.isStream() || isLive && !isDraining && !isCatchingUp || pacer.isAllowed(connection);
    }

    /** Sends one of the announcements that a session begins with, dated like the message that it makes readable. */
    private boolean sendPrologue(final Announcement opener) {
        final UnsafeBuffer message = opener.message();
        if (!connection.hasRoom(message.capacity())) {
            return false;
        }
        if (opener.contents().sequenceOffset() == IPFIX_SEQUENCE_OFFSET && journal.read(cursor, frame)) {
            message.putBytes(IPFIX_TIME_OFFSET, frame.buffer(), frame.messageOffset() + IPFIX_TIME_OFFSET, Integer.BYTES);
        }
        transmit(message, 0, message.capacity(), opener.contents(), cursor);
        prologue.advance();
        return true;
    }

    private boolean sendNext() {
        if (!journal.read(cursor, frame)) {
            isCatchingUp = false;
            return false;
        }
        if (isSessionDue || frame.isRunStart() && hasSent && !prologue.covers(frame.position())) {
            endSession();
            return false;
        }
        if (!connection.hasRoom(frame.messageLength())) {
            return false;
        }
        final boolean isKnown = frame.contents().isAnnouncement() && prologue.covers(frame.position());
        if (!isKnown) {
            transmit(frame.buffer(), frame.messageOffset(), frame.messageLength(), frame.contents(), frame.end());
        }
        if (frame.position() < furthest) {
            counters.add(Counter.RECORDS_RESENT, isKnown ? 0 : frame.contents().records());
        }
        if (frame.position() >= acknowledged) {
            sent.add(frame, !isKnown);
        }
        prologue.pass(frame, Long.MAX_VALUE);
        furthest = Math.max(furthest, frame.end());
        cursor = frame.end();
        return true;
    }

    private void transmit(
        final DirectBuffer message, final int offset, final int length, final MessageContents contents, final long position) {
        connection.send(message, offset, length, contents.sequenceOffset(), sequence, position);
        sequence += contents.sequenceStep();
        hasSent = true;
        rate.onSent(length);
        pacer.onSent(length);
    }

    /**
     * What follows needs a session of its own, which begins once all of this one has arrived: the templates of the next run may have the
     * same numbers and other fields, or templates were forced out before they were sent, or there are new certificates.
     */
    private void endSession() {
        if (sent.isEmpty()) {
            released = acknowledged;
            journal.acknowledge(acknowledged, released);
            connection.reopen();
        }
    }

    private void onEvicted(final JournalFrame evicted) {
        if (evicted.position() < acknowledged) {
            return;
        }
        if (evicted.end() <= cursor && session != null) {
            sent.onEvicted(evicted);
            return;
        }
        isSessionDue |= evicted.contents().isAnnouncement() || evicted.isRunStart();
        prologue.pass(evicted, Long.MAX_VALUE);
        final MessageTotals one = new MessageTotals();
        one.add(evicted.contents(), evicted.messageLength());
        one.countDropped(counters, Counter.RECORDS_FORCED_OUT);
        waiting.subtract(one);
    }
}
