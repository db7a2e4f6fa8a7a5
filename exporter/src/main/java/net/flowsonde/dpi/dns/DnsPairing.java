package net.flowsonde.dpi.dns;

import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.MutableDirectBuffer;

/**
 * Makes transactions of messages. A query waits for its answer under its endpoints, transport, identifier, name (case kept: resolvers
 * mix it to make forging harder) and type. An answered one is remembered for half the timeout, to tell a second answer; one whose answer
 * was cut waits for its retry over TCP. Owned by one queue thread.
 */
final class DnsPairing {
    /** How many are given up in one step, at most. */
    private static final int MOST_EXPIRED = 2_000;

    private final long timeoutNs;
    private final DnsPending pending;
    private final DnsTransactionWriter writer = new DnsTransactionWriter();
    private final DnsPublisher publisher;
    private final Counters counters;

    /**
     * @param limit      most transactions under way at one time
     * @param timeoutNs  how long an answer is waited for
     */
    DnsPairing(final int limit, final long timeoutNs, final DnsPublisher publisher, final Counters counters) {
        this.timeoutNs = timeoutNs;
        this.publisher = publisher;
        this.counters = counters;
        pending = new DnsPending(limit);
    }

    int size() {
        return pending.size();
    }

    // ---- messages

    /** A message to a group of hosts, or an answer to such a one: a transaction by itself. */
    void onLoneMessage(final DnsContact contact, final DnsMessage message, final long marks) {
        writer.begin();
        if (message.header().isAnswer()) {
            DnsHeads.answerAlone(writer.buffer(), 0, contact, message);
            finishAnswer(contact, message, marks);
            return;
        }
        writer.queryName(message);
        writer.records(message);
        DnsHeads.query(writer.buffer(), 0, contact, message);
        DnsHeads.raise(writer.buffer(), 0, marks | writer.marks());
        publisher.publish(writer);
    }

    /** A query to one host. */
    void onQuery(final DnsContact contact, final DnsMessage message, final long marks) {
        message.walk();
        final int hash = contact.hash(message.header().id());
        final int earlier = find(hash, contact, message, true);
        if (earlier != DnsPending.NONE && pending.list(earlier) == DnsPending.WAITING) {
            onRetry(earlier, contact, message);
            return;
        }
        if (earlier != DnsPending.NONE) {
            pending.close(earlier);
        }
        final int slot = open(hash, DnsPending.WAITING, contact.timestampNs());
        final MutableDirectBuffer head = pending.buffer(slot);
        final int at = pending.offset(slot);
        DnsTransaction.clear(head, at);
        DnsHeads.query(head, at, contact, message);
        DnsHeads.raise(head, at, marks);
        pending.name(slot, message.question().octets(), message.nameLength());
        if (head.getByte(at + DnsTransaction.TRANSPORT_OFFSET) == DnsTransport.TCP.code()) {
            joinTruncated(slot, contact, message);
        }
    }

    private void onRetry(final int slot, final DnsContact contact, final DnsMessage message) {
        final MutableDirectBuffer head = pending.buffer(slot);
        final int retries = pending.offset(slot) + DnsTransaction.RETRIES_OFFSET;
        head.putShort(retries, (short) Math.min(0xFFFF, (head.getShort(retries) & 0xFFFF) + 1));
        DnsHeads.raise(head, pending.offset(slot), DnsMark.RETRIED.mask() | message.marks());
        pending.move(slot, DnsPending.WAITING, contact.timestampNs());
        counters.increment(Counter.DNS_RETRIES);
    }

    /** An answer from one host. */
    void onAnswer(final DnsContact contact, final DnsMessage message, final long marks) {
        final int hash = contact.hash(message.header().id());
        final int slot = find(hash, contact, message, false);
        if (slot == DnsPending.NONE) {
            onUnexpected(hash, contact, message, marks);
            return;
        }
        final boolean isSecond = pending.list(slot) == DnsPending.ANSWERED;
        if (!isSecond && message.header().isTruncated() && pending.buffer(slot)
            .getByte(pending.offset(slot) + DnsTransaction.TRANSPORT_OFFSET) == DnsTransport.UDP.code()) {
            onTruncated(slot, contact, message, marks);
            return;
        }
        finishAnswer(contact, message, marks, slot, isSecond);
        if (!isSecond) {
            pending.move(slot, DnsPending.ANSWERED, contact.timestampNs());
        }
    }

    private void finishAnswer(
        final DnsContact contact, final DnsMessage message, final long marks, final int slot, final boolean isSecond) {
        writer.begin(pending, slot, 0);
        writer.records(message);
        final long digest = writer.digest() + message.responseCode();
        long more = marks | writer.marks();
        if (isSecond) {
            more |= DnsMark.SECOND_ANSWER.mask() | (digest == pending.digest(slot) ? 0 : DnsMark.DIFFERENT_ANSWER.mask());
        } else {
            pending.digest(slot, digest);
        }
        DnsHeads.answer(writer.buffer(), 0, contact, message, more);
        publisher.publish(writer);
    }

    /** An answer whose query is not known. */
    private void finishAnswer(final DnsContact contact, final DnsMessage message, final long marks) {
        writer.queryName(message);
        writer.records(message);
        DnsHeads.answer(writer.buffer(), 0, contact, message, marks | writer.marks());
        publisher.publish(writer);
    }

    /** The local protocols answer to one host what was asked of all, so their answers are not unsolicited. */
    private void onUnexpected(final int hash, final DnsContact contact, final DnsMessage message, final long marks) {
        if (message.dialect() != DnsDialect.DNS) {
            onLoneMessage(contact, message, marks);
        } else {
            onLoneMessage(contact, message, marks | DnsMark.UNSOLICITED.mask()
                | (isIdentifierAwaited(hash, contact, message) ? DnsMark.QUESTION_DIFFERS.mask() : 0));
        }
    }

    // ---- cut answers

    /**
     * The client will ask again over TCP. Until then (or the timeout) what the query and the cut answer said waits under the question; the
     * records of a cut answer are not kept, as nobody is to use them (RFC 2181, 9).
     */
    private void onTruncated(final int slot, final DnsContact contact, final DnsMessage message, final long marks) {
        message.walk();
        final int hash = contact.questionHash(
            pending.buffer(slot), pending.labelsOffset(slot), pending.nameLength(slot), pending.queryType(slot));
        pending.digest(slot, 0);
        pending.move(slot, DnsPending.ANSWERED, contact.timestampNs());
        if (pending.isFull()) {
            evict(slot);
        }
        final int waiting = pending.open(hash, DnsPending.TRUNCATED, contact.timestampNs());
        pending.buffer(waiting).putBytes(pending.offset(waiting), pending.buffer(slot), pending.offset(slot), DnsPending.CONTENT_LENGTH);
        DnsHeads.answer(pending.buffer(waiting), pending.offset(waiting), contact, message, marks);
    }

    /** A query over TCP that repeats one whose answer over UDP was cut takes over its time of asking. */
    private void joinTruncated(final int slot, final DnsContact contact, final DnsMessage message) {
        if (pending.oldest(DnsPending.TRUNCATED) == DnsPending.NONE) {
            return;
        }
        final int hash = contact.questionHash(message.question().octets(), 0, message.nameLength(), message.queryType());
        for (int cut = pending.first(hash); cut != DnsPending.NONE; cut = pending.next(cut)) {
            if (pending.list(cut) == DnsPending.TRUNCATED && pending.hasQuestion(cut, message)
                && contact.isBetweenSameHosts(pending.buffer(cut), pending.offset(cut))) {
                join(slot, cut);
                return;
            }
        }
    }

    private void join(final int slot, final int cut) {
        final MutableDirectBuffer head = pending.buffer(slot);
        final int at = pending.offset(slot);
        final MutableDirectBuffer first = pending.buffer(cut);
        final int from = pending.offset(cut);
        head.putLong(at + DnsTransaction.QUERY_TIME_NS_OFFSET, first.getLong(from + DnsTransaction.QUERY_TIME_NS_OFFSET));
        head.putShort(at + DnsTransaction.RETRIES_OFFSET, first.getShort(from + DnsTransaction.RETRIES_OFFSET));
        DnsHeads.raise(head, at, first.getLong(from + DnsTransaction.MARKS_OFFSET)
            | DnsMark.TRUNCATED.mask() | DnsMark.TRUNCATION_RETRIED.mask());
        pending.close(cut);
    }

    // ---- finding

    /**
     * The transaction of a message: one of the same flow before one of another (a packet that is seen on two VLANs is two flows), one that
     * waits before one that is answered. An answer without a question fits any.
     */
    private int find(final int hash, final DnsContact contact, final DnsMessage message, final boolean isOfFlowOnly) {
        int best = DnsPending.NONE;
        int bestScore = -1;
        for (int slot = pending.first(hash); slot != DnsPending.NONE; slot = pending.next(slot)) {
            if (pending.list(slot) <= DnsPending.ANSWERED && isOf(slot, contact, message)) {
                final boolean isOfFlow = contact.isOfFlow(pending.buffer(slot), pending.offset(slot));
                final int score = (isOfFlow ? 2 : 0) + (pending.list(slot) == DnsPending.WAITING ? 1 : 0);
                if (score > bestScore && (isOfFlow || !isOfFlowOnly)) {
                    best = slot;
                    bestScore = score;
                }
            }
        }
        return best;
    }

    private boolean isOf(final int slot, final DnsContact contact, final DnsMessage message) {
        return isIdentified(slot, contact, message) && (pending.hasQuestion(slot, message) || isAnswerWithoutQuestion(message));
    }

    private boolean isIdentified(final int slot, final DnsContact contact, final DnsMessage message) {
        final MutableDirectBuffer head = pending.buffer(slot);
        final int at = pending.offset(slot);
        return (head.getShort(at + DnsTransaction.ID_OFFSET) & 0xFFFF) == message.header().id() && contact.isOf(head, at);
    }

    /** Some errors are answered without the question; LLMNR and NetBIOS answers of names have none either. */
    private static boolean isAnswerWithoutQuestion(final DnsMessage message) {
        return message.header().isAnswer() && !message.hasQuestion();
    }

    /** Whether the client waits for an answer with this identifier, to another question. */
    private boolean isIdentifierAwaited(final int hash, final DnsContact contact, final DnsMessage message) {
        for (int slot = pending.first(hash); slot != DnsPending.NONE; slot = pending.next(slot)) {
            if (pending.list(slot) == DnsPending.WAITING && isIdentified(slot, contact, message)) {
                return true;
            }
        }
        return false;
    }

    // ---- leaving

    private int open(final int hash, final int list, final long nowNs) {
        if (pending.isFull()) {
            evict(DnsPending.NONE);
        }
        return pending.open(hash, list, nowNs);
    }

    /** Makes room: what is only remembered goes first, what waits for an answer last. */
    private void evict(final int spared) {
        counters.increment(Counter.DNS_PENDING_EVICTED);
        final int answered = pending.oldest(DnsPending.ANSWERED);
        if (answered != DnsPending.NONE && answered != spared) {
            pending.close(answered);
            return;
        }
        if (pending.oldest(DnsPending.TRUNCATED) != DnsPending.NONE) {
            giveUp(DnsPending.TRUNCATED, 0);
        } else {
            giveUp(DnsPending.WAITING, DnsMark.UNANSWERED.mask() | DnsMark.EVICTED.mask());
        }
    }

    /** Gives up what has waited too long, in bounded steps. */
    void expire(final long nowNs) {
        int budget = MOST_EXPIRED;
        while (budget > 0 && isDue(DnsPending.WAITING, nowNs, timeoutNs)) {
            giveUp(DnsPending.WAITING, DnsMark.UNANSWERED.mask());
            budget--;
        }
        while (budget > 0 && isDue(DnsPending.TRUNCATED, nowNs, timeoutNs)) {
            giveUp(DnsPending.TRUNCATED, 0);
            budget--;
        }
        while (budget > 0 && isDue(DnsPending.ANSWERED, nowNs, timeoutNs >> 1)) {
            pending.close(pending.oldest(DnsPending.ANSWERED));
            budget--;
        }
    }

    private boolean isDue(final int list, final long nowNs, final long ageNs) {
        final int slot = pending.oldest(list);
        return slot != DnsPending.NONE && nowNs - pending.touchedNs(slot) >= ageNs;
    }

    private void giveUp(final int list, final long marks) {
        final int slot = pending.oldest(list);
        writer.begin(pending, slot, marks);
        publisher.publish(writer);
        pending.close(slot);
    }

    /** Passes on everything that waits. */
    void flush() {
        while (pending.oldest(DnsPending.WAITING) != DnsPending.NONE) {
            giveUp(DnsPending.WAITING, DnsMark.UNANSWERED.mask());
        }
        while (pending.oldest(DnsPending.TRUNCATED) != DnsPending.NONE) {
            giveUp(DnsPending.TRUNCATED, 0);
        }
        while (pending.oldest(DnsPending.ANSWERED) != DnsPending.NONE) {
            pending.close(pending.oldest(DnsPending.ANSWERED));
        }
    }
}
