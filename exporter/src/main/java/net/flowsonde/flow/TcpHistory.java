package net.flowsonde.flow;

/**
 * The connection history, letters as Zeek's {@code history} has them, upper case for the client: {@code s} SYN, {@code h} SYN-ACK,
 * {@code a} pure ACK, {@code d} payload, {@code f} FIN, {@code r} RST, {@code t} retransmission, {@code w} window of 0, {@code g} gap
 * (acknowledged but not seen), {@code i} flags that contradict each other, {@code q} SYN and FIN together. {@code s h f r} are written
 * each time, the others once a side; what comes after {@link FlowRecord#HISTORY_CAPACITY} letters is left out.
 */
final class TcpHistory {
    private TcpHistory() {
    }

    static void add(final FlowRecord record, final int direction, final char letter) {
        record.appendHistory(direction == FlowRecord.FORWARD ? Character.toUpperCase(letter) : letter);
    }

    /** Adds the letter unless the flag of its side says that it was written. */
    static void addOnce(final FlowRecord record, final TcpState state, final int direction, final int flag, final char letter) {
        if (!state.has(direction, flag)) {
            state.raise(direction, flag);
            add(record, direction, letter);
        }
    }
}
