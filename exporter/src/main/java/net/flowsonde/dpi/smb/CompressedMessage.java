package net.flowsonde.dpi.smb;

/**
 * The part of a compressed message (MS-SMB2 2.2.42) that is not compressed, which mostly holds the headers: unchained, what comes before
 * the offset of the compressed data; chained, a first payload with the algorithm "none".
 * <pre>
 *   unchained  0        4               8           10      12        16
 *              +--------+---------------+-----------+-------+---------+---------------------------+------------
 *              | FC SMB | original size | algorithm | 0     | offset  | uncompressed, offset long | compressed
 *              +--------+---------------+-----------+-------+---------+---------------------------+------------
 *   chained    0        4               8           10      12        16
 *              +--------+---------------+-----------+-------+---------+---------+------------------------------
 *              | FC SMB | original size | algorithm | 1     | length  | payload | algorithm, flags, length ...
 *              +--------+---------------+-----------+-------+---------+---------+------------------------------
 * </pre>
 */
final class CompressedMessage {
    private static final int HEADER_LENGTH = 16;
    private static final int ALGORITHM_NONE = 0;
    private static final int FLAG_CHAINED = 1;

    /** Narrows the view to what is not compressed, and says whether a message begins there. */
    boolean unwrap(final Octets message) {
        final boolean isChained = message.number16(10) == FLAG_CHAINED;
        final int plain = message.available(HEADER_LENGTH, message.extent(12));
        if (isChained && message.number16(8) != ALGORITHM_NONE || plain < Smb2Header.LENGTH) {
            return false;
        }
        message.narrow(HEADER_LENGTH, plain);
        return true;
    }
}
