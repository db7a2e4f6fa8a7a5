package net.flowsonde.dpi.dns;

import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;

/** Hands finished transactions to the export thread, while flows leave room for them, and counts what they tell. */
final class DnsPublisher {
    private static final Counter[] COUNTERS = new Counter[DnsMark.count()];

    static {
        count(DnsMark.UNANSWERED, Counter.DNS_UNANSWERED);
        count(DnsMark.UNSOLICITED, Counter.DNS_UNSOLICITED);
        count(DnsMark.SECOND_ANSWER, Counter.DNS_SECOND_ANSWERS);
        count(DnsMark.DIFFERENT_ANSWER, Counter.DNS_DIFFERENT_ANSWERS);
        count(DnsMark.QUESTION_DIFFERS, Counter.DNS_QUESTION_DIFFERS);
        count(DnsMark.TRUNCATED, Counter.DNS_TRUNCATED);
        count(DnsMark.TRUNCATION_RETRIED, Counter.DNS_TRUNCATION_RETRIED);
        count(DnsMark.TRAILING_OCTETS, Counter.DNS_TRAILING_OCTETS);
        count(DnsMark.ZERO_FILLED, Counter.DNS_ZERO_FILLED);
        count(DnsMark.MALFORMED, Counter.DNS_MALFORMED);
        count(DnsMark.BAD_POINTER, Counter.DNS_BAD_POINTER);
        count(DnsMark.BAD_NAME, Counter.DNS_BAD_NAME);
        count(DnsMark.COUNT_TOO_LARGE, Counter.DNS_COUNT_TOO_LARGE);
        count(DnsMark.SEVERAL_OPT, Counter.DNS_SEVERAL_OPT);
        count(DnsMark.CUT, Counter.DNS_RECORDS_CUT);
        count(DnsMark.CAPTURE_CUT, Counter.DNS_CAPTURE_CUT);
        count(DnsMark.MULTICAST, Counter.DNS_MULTICAST);
    }

    private final RecordRing ring;
    private final Counters counters;

    DnsPublisher(final RecordRing ring, final Counters counters) {
        this.ring = ring;
        this.counters = counters;
    }

    private static void count(final DnsMark mark, final Counter counter) {
        COUNTERS[mark.bit()] = counter;
    }

    /** Takes what the writer has, or drops it where flows need the room. */
    void publish(final DnsTransactionWriter writer) {
        final int length = writer.finish();
        countMarks(writer.buffer().getLong(DnsTransaction.MARKS_OFFSET));
        final boolean isTaken = ring.isRoomy() && ring.offer(RecordRing.DNS_TRANSACTION, writer.buffer(), 0, length);
        counters.increment(isTaken ? Counter.DNS_TRANSACTIONS : Counter.DNS_TRANSACTIONS_DROPPED);
    }

    private void countMarks(final long marks) {
        for (long rest = marks; rest != 0; rest &= rest - 1) {
            final Counter counter = COUNTERS[Long.numberOfTrailingZeros(rest)];
            if (counter != null) {
                counters.increment(counter);
            }
        }
    }
}
