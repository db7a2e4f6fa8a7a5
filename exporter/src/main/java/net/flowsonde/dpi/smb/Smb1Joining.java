package net.flowsonde.dpi.smb;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Parameters and data of a transaction that comes in several messages, put together: as much of the head of both as any record may need.
 * The parts may come in any order and the totals may shrink (MS-CIFS 2.2.4.34.1). What a part leaves out stays zeros.
 */
final class Smb1Joining extends StateEntry<Smb1Joining> {
    /** Octets kept of the parameters, and of the data: more than the longest path of a record in UTF-16. */
    static final int KEPT = 4_096;

    private final UnsafeBuffer octets = new UnsafeBuffer(new byte[2 * KEPT]);
    /** The request that it is the content of, or an answer to. */
    SmbRequest request;
    /** It is the answer, which succeeded. */
    boolean isAnswer;
    /** The server has asked for the rest. */
    boolean isAskedFor;
    boolean isUnicode;
    boolean isDfs;
    private int totalParameters;
    private int totalData;
    private int parameters;
    private int data;

    @Override
    void reset() {
        request = null;
        isAnswer = false;
        isAskedFor = false;
        parameters = 0;
        data = 0;
        octets.setMemory(0, octets.capacity(), (byte) 0);
    }

    void begin(final Smb1Message message, final Smb1Part first) {
        isUnicode = message.isUnicode();
        isDfs = message.isDfs();
        totalParameters = first.totalParameters;
        totalData = first.totalData;
    }

    /** Takes a part in; false when it cannot be one, and is left out. */
    boolean add(final Octets message, final Smb1Part part) {
        if (!part.isSound() || part.totalParameters > totalParameters || part.totalData > totalData
            || part.parameterCount > part.totalParameters - parameters || part.dataCount > part.totalData - data) {
            return false;
        }
        totalParameters = part.totalParameters;
        totalData = part.totalData;
        parameters += part.parameterCount;
        data += part.dataCount;
        keep(message, part.parameterOffset, part.parameterCount, 0, part.parameterDisplacement);
        keep(message, part.dataOffset, part.dataCount, KEPT, part.dataDisplacement);
        return true;
    }

    private void keep(final Octets message, final int from, final int count, final int base, final int displacement) {
        if (displacement < KEPT) {
            message.copyTo(octets, base + displacement, from, Math.min(count, KEPT - displacement));
        }
    }

    boolean areParametersComplete() {
        return parameters == totalParameters;
    }

    boolean isComplete() {
        return parameters == totalParameters && data == totalData;
    }

    /** All of it: parameters at 0, data at {@link #KEPT}. */
    void wrap(final Octets view) {
        view.wrap(octets, 0, octets.capacity());
    }

    int parametersEnd() {
        return Math.min(totalParameters, KEPT);
    }

    int dataEnd() {
        return KEPT + Math.min(totalData, KEPT);
    }
}
