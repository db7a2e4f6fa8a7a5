package net.flowsonde.dpi.nfs;

/**
 * Attributes of version 4 (RFC 7531, fattr4): a bit map of those that follow, and their values in an opaque, in the order of the bits. Read
 * as far as they are needed here, up to the handle. Reused.
 * <pre>
 *  +-------+------------+--------+---------------------------------
 *  | words | bit map    | length | values
 *  +-------+------------+--------+---------------------------------
 * </pre>
 */
final class Attributes4 {
    private static final int DIRECTORY_TYPE = 2;
    private static final int MOST_WORDS = 8;
    private static final int TYPE = 1;
    private static final int SIZE = 4;
    private static final int FILE_SYSTEM = 8;
    private static final int ACCESS_LIST = 12;
    private static final int HANDLE = 19;
    private static final int FILE_SYSTEM_LENGTH = 16;
    private static final int MOST_ACCESS_ENTRIES = 4_096;
    private static final int ACCESS_ENTRY_NUMBERS = 3 * Integer.BYTES;
    /** Octets of the values of bits 0 to 19; 0 for those of no fixed length. */
    private static final int[] LENGTHS = {0, 4, 4, 8, 8, 4, 4, 4, 16, 4, 4, 4, 0, 4, 4, 4, 4, 4, 4, 0};

    private final XdrReader values = new XdrReader();
    private int map;
    private int type;
    private long size;
    private int fileSystem;
    private int handleOffset;
    private int handleLength;

    /** Reads bit map and values; what the values lack is taken for absent. */
    void read(final XdrReader xdr) {
        readMap(xdr);
        type = 0;
        size = NfsOperations.NO_SIZE;
        fileSystem = 0;
        handleLength = 0;
        if (xdr.readOpaque(RpcStream.LONGEST_PIECE)) {
            values.wrap(xdr.buffer(), xdr.itemOffset(), xdr.itemOffset() + xdr.itemLength());
            for (int bit = 0; bit <= HANDLE && values.isWhole(); bit++) {
                if ((map & 1 << bit) != 0) {
                    readValue(bit);
                }
            }
        }
    }

    private void readMap(final XdrReader xdr) {
        final int words = xdr.readLength(MOST_WORDS);
        map = 0;
        for (int i = 0; i < words; i++) {
            final int word = xdr.readInt();
            map |= i == 0 ? word : 0;
        }
    }

    private void readValue(final int bit) {
        final int at = values.position();
        switch (bit) {
            case 0 -> values.skip(Integer.BYTES * values.readLength(MOST_WORDS));
            case TYPE -> type = values.readInt();
            case SIZE -> {
                final long value = values.readLong();
                size = values.isWhole() ? value : size;
            }
            case FILE_SYSTEM -> {
                if (values.readFixed(FILE_SYSTEM_LENGTH)) {
                    final long mixed = values.buffer().getLong(at) * 31 + values.buffer().getLong(at + Long.BYTES);
                    fileSystem = (int) (mixed ^ mixed >>> 32) | 1;
                }
            }
            case ACCESS_LIST -> skipAccessList();
            case HANDLE -> {
                if (values.readOpaque(Handles.LONGEST_HANDLE)) {
                    handleOffset = values.itemOffset();
                    handleLength = values.itemLength();
                }
            }
            default -> values.skip(LENGTHS[bit]);
        }
    }

    private void skipAccessList() {
        final int entries = values.readLength(MOST_ACCESS_ENTRIES);
        for (int i = 0; i < entries && values.isWhole(); i++) {
            values.skip(ACCESS_ENTRY_NUMBERS);
            values.readOpaque(RpcStream.LONGEST_PIECE);
        }
    }

    /** The size is among them; in arguments: it is to be set. */
    boolean hasSize() {
        return (map & 1 << SIZE) != 0;
    }

    boolean isDirectory() {
        return type == DIRECTORY_TYPE;
    }

    long size() {
        return isDirectory() ? NfsOperations.NO_SIZE : size;
    }

    /** Hash of the server's identifier of the file system, never 0; 0 when it is not told. */
    int fileSystem() {
        return fileSystem;
    }

    int handleOffset() {
        return handleOffset;
    }

    /** 0 when there is no handle. */
    int handleLength() {
        return handleLength;
    }
}
