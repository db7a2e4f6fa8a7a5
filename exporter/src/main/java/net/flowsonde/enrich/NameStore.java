package net.flowsonde.enrich;

import org.agrona.DirectBuffer;

/**
 * Names as octets of their own, which those who keep the same name share as long as it is asked for now and then. Owned by the export
 * thread.
 */
final class NameStore {
    private static final int INDEX_BITS = 13;

    private final byte[][] names = new byte[1 << INDEX_BITS][];

    /** The name at {@code offset}, cut as {@link NameText#copy} does. Nobody may write into it. */
    byte[] of(final DirectBuffer buffer, final int offset, final int length) {
        final int slot = (int) (NameHash.of(buffer, offset, length) >>> Long.SIZE - INDEX_BITS);
        if (names[slot] == null || !isEqual(names[slot], buffer, offset, length)) {
            names[slot] = NameText.copy(buffer, offset, length);
        }
        return names[slot];
    }

    /** Names are exported in the case that they were asked for in. */
    private static boolean isEqual(final byte[] name, final DirectBuffer buffer, final int offset, final int length) {
        if (name.length != Math.min(length, NameText.MOST_LENGTH)) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (name[i] != buffer.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }
}
