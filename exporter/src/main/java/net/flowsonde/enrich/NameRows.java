package net.flowsonde.enrich;

import java.util.Arrays;

/**
 * What {@link NameTable} keeps of each name that led a client to an address, as rows of longs in pages: a name is no object, so that a
 * million of them cost the garbage collector nothing and a look-up touches one line of memory. Rows of one address are chained; its
 * first row stays, and has the key and the links to what else the client knows. Three of the times of an answer are kept (the first, the
 * last and the one before), because a flow is looked up when it ends and the client may have asked again since it began. Owned by the
 * export thread.
 */
final class NameRows {
    /** No row. */
    static final int NONE = 0;
    static final long NEVER = Long.MIN_VALUE;

    private static final int ROW_BITS = 3;
    private static final int PAGE_BITS = 10;
    private static final int PAGE_ROWS = 1 << PAGE_BITS;

    private static final int HIGH = 0;
    private static final int LOW = 1;
    private static final int FIRST = 2;
    private static final int PREVIOUS = 3;
    private static final int LAST = 4;
    private static final int TTL = 5;
    /** Of the first row: that of the address which the client was given after it; above it whether it was used since it was put there. */
    private static final int NEWER = 6;
    /** The next row of the address. */
    private static final int NEXT = 7;
    private static final long USED = 1L << Integer.SIZE;

    private long[][] pages = new long[1][];
    /** The name and the canonical name of each row. */
    private byte[][][] texts = new byte[1][][];
    private int taken;
    /** Rows that are free again, chained by {@link #NEXT}. */
    private int free = NONE;

    /** A row for the address under a key, with nothing else. */
    int take(final AddressKey key) {
        int row = free;
        if (row == NONE) {
            row = ++taken;
            makePage(row >>> PAGE_BITS);
        } else {
            free = next(row);
        }
        word(row, HIGH, key.high());
        word(row, LOW, key.low());
        word(row, NEWER, 0);
        word(row, NEXT, 0);
        return row;
    }

    private void makePage(final int page) {
        if (page == pages.length) {
            pages = Arrays.copyOf(pages, 2 * page);
            texts = Arrays.copyOf(texts, 2 * page);
        }
        if (pages[page] == null) {
            pages[page] = new long[PAGE_ROWS << ROW_BITS];
            texts[page] = new byte[PAGE_ROWS << 1][];
        }
    }

    void release(final int row) {
        texts(row)[textAt(row)] = null;
        texts(row)[textAt(row) + 1] = null;
        word(row, NEXT, free);
        free = row;
    }

    boolean isKey(final int row, final long high, final long low) {
        return word(row, LOW) == low && word(row, HIGH) == high;
    }

    long high(final int row) {
        return word(row, HIGH);
    }

    long low(final int row) {
        return word(row, LOW);
    }

    /** Writes a name that was not known to lead to the address. */
    void name(final int row, final byte[] text, final byte[] canonical, final long timeNs, final long ttlNs) {
        texts(row)[textAt(row)] = text;
        texts(row)[textAt(row) + 1] = canonical;
        word(row, FIRST, timeNs);
        word(row, PREVIOUS, NEVER);
        word(row, LAST, timeNs);
        word(row, TTL, ttlNs);
    }

    /** The name led to the address again. */
    void again(final int row, final byte[] canonical, final long timeNs, final long ttlNs) {
        if (canonical(row) != canonical) {
            texts(row)[textAt(row) + 1] = canonical;
        }
        word(row, TTL, ttlNs);
        if (timeNs > lastNs(row)) {
            word(row, PREVIOUS, lastNs(row));
            word(row, LAST, timeNs);
        }
    }

    byte[] text(final int row) {
        return texts(row)[textAt(row)];
    }

    byte[] canonical(final int row) {
        return texts(row)[textAt(row) + 1];
    }

    long ttlNs(final int row) {
        return word(row, TTL);
    }

    long lastNs(final int row) {
        return word(row, LAST);
    }

    /** The latest known answer that is not later than {@code timeNs}; {@link #NEVER} when all are. */
    long answeredNs(final int row, final long timeNs) {
        if (lastNs(row) <= timeNs) {
            return lastNs(row);
        }
        final long previousNs = word(row, PREVIOUS);
        if (previousNs <= timeNs && previousNs != NEVER) {
            return previousNs;
        }
        return word(row, FIRST) <= timeNs ? word(row, FIRST) : NEVER;
    }

    /** The row of another name of the same address, or {@link #NONE}. */
    int next(final int row) {
        return (int) word(row, NEXT);
    }

    /** Puts a row behind the first of an address. */
    void chain(final int first, final int row) {
        word(row, NEXT, next(first));
        word(first, NEXT, row);
    }

    /** The address was used. */
    void markUsed(final int first) {
        word(first, NEWER, word(first, NEWER) | USED);
    }

    boolean isUsed(final int first) {
        return (word(first, NEWER) & USED) != 0;
    }

    int newer(final int first) {
        return (int) word(first, NEWER);
    }

    /** An address is the newest of its client, and not used since. */
    void markNewest(final int first) {
        word(first, NEWER, NONE);
    }

    /** Says what came after an address that was the newest. */
    void newer(final int first, final int row) {
        word(first, NEWER, word(first, NEWER) | row);
    }

    /** How many names an address has. */
    int count(final int first) {
        int count = 0;
        for (int row = first; row != NONE; row = next(row)) {
            count++;
        }
        return count;
    }

    private long word(final int row, final int index) {
        return pages[row >>> PAGE_BITS][((row & PAGE_ROWS - 1) << ROW_BITS) + index];
    }

    private void word(final int row, final int index, final long value) {
        pages[row >>> PAGE_BITS][((row & PAGE_ROWS - 1) << ROW_BITS) + index] = value;
    }

    private byte[][] texts(final int row) {
        return texts[row >>> PAGE_BITS];
    }

    private static int textAt(final int row) {
        return (row & PAGE_ROWS - 1) << 1;
    }
}
