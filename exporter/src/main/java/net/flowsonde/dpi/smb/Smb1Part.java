package net.flowsonde.dpi.smb;

/**
 * View over what one message of a transaction carries: a part of the parameters and a part of the data (MS-CIFS 2.2.4.33, 2.2.4.34,
 * 2.2.4.46, 2.2.4.47, 2.2.4.62, 2.2.4.63). The words of all kinds have these fields in this order, with others before and between.
 * <pre>
 *   +------------+-------+-------+--------+--------------+-------+--------+--------------+
 *   | total      | total | count | offset | displacement | count | offset | displacement |
 *   | parameters | data  |    of the parameters here     |      of the data here         |
 *   +------------+-------+-------+--------+--------------+-------+--------+--------------+
 * </pre>
 * Requests that begin a transaction have no displacements: theirs are 0. Reused; owned by one queue thread.
 */
final class Smb1Part {
    private static final int TOTALS_NT = 3;
    private static final int FIRST = 18;
    private static final int FIRST_NT = 19;
    private static final int NEXT = 4;
    private static final int ANSWER = 6;
    private static final int NEXT_NT = 11;

    int totalParameters;
    int totalData;
    int parameterCount;
    int parameterOffset;
    int parameterDisplacement;
    int dataCount;
    int dataOffset;
    int dataDisplacement;

    private Smb1Message message;
    private int at;
    private boolean isWide;

    /** Of a request that begins a transaction. */
    void first(final Smb1Message request) {
        isWide = request.command() == Smb1Commands.NT_TRANSACT;
        read(request, isWide ? FIRST_NT : FIRST, false);
    }

    /** Of a request that goes on with one. */
    void next(final Smb1Message request) {
        isWide = request.command() == Smb1Commands.NT_TRANSACT_SECONDARY;
        read(request, isWide ? NEXT_NT : NEXT, true);
    }

    /** Of an answer, of which each message has the same form. */
    void answer(final Smb1Message response) {
        isWide = response.command() == Smb1Commands.NT_TRANSACT;
        read(response, isWide ? NEXT_NT : ANSWER, true);
    }

    private void read(final Smb1Message from, final int counts, final boolean hasDisplacements) {
        message = from;
        at = isWide ? TOTALS_NT : 0;
        totalParameters = number();
        totalData = number();
        at = counts;
        parameterCount = number();
        parameterOffset = number();
        parameterDisplacement = hasDisplacements ? number() : 0;
        dataCount = number();
        dataOffset = number();
        dataDisplacement = hasDisplacements ? number() : 0;
    }

    /** The next field: one word, or two, of which a negative number lies outside of every message. */
    private int number() {
        if (!isWide) {
            at += 2;
            return message.word(at - 2);
        }
        at += 4;
        final int value = message.doubleWord(at - 4);
        return value < 0 ? Integer.MAX_VALUE : value;
    }

    /** Nothing of the transaction is in another message. */
    boolean isWhole() {
        return parameterCount == totalParameters && dataCount == totalData;
    }

    /** What is said to be here is within the message, and within the transaction. */
    boolean isSound() {
        return isWithin(parameterCount, message.wireLength() - parameterOffset, totalParameters - parameterDisplacement)
            && isWithin(dataCount, message.wireLength() - dataOffset, totalData - dataDisplacement);
    }

    private static boolean isWithin(final int count, final int room, final int left) {
        return count == 0 || count <= room && count <= left;
    }
}
