package net.flowsonde.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;

/**
 * Reads frames out of the files of a spool, in large pieces. Where a frame is torn or damaged, it looks for the next sound one: by its
 * length, then by its checksum. What was skipped is counted once.
 */
final class SpoolReader {
    private static final int PIECE = 4 * JournalFrame.MAX_LENGTH;

    private final Counters counters;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    private SegmentFile source;
    private long pieceStart;
    private long skippedUntil;

    SpoolReader(final Counters counters) {
        this.counters = counters;
        piece.limit(0);
    }

    /** Points at the first sound frame of a file at or behind {@code from}; false when there is none before its end. */
    boolean read(final SegmentFile file, final long from, final JournalFrame frame) {
        long position = Math.max(from, file.start());
        boolean isSkipping = false;
        while (position < file.end()) {
            if (isLoaded(file, position) && frame.wrap(piece, (int) (position - pieceStart), piece.limit(), position)) {
                return true;
            }
            if (!isSkipping) {
                onUnreadable(position);
                isSkipping = true;
            }
            position = pieceStart + piece.limit() > position ? position + 1 : file.end();
        }
        skippedUntil = Math.max(skippedUntil, isSkipping ? file.end() : 0);
        return false;
    }

    /** The next frame of a file is not in memory any more, or lies elsewhere now. */
    void forget() {
        source = null;
    }

    private boolean isLoaded(final SegmentFile file, final long position) {
        final long pieceEnd = pieceStart + piece.limit();
        final boolean isWithin = file == source && position >= pieceStart && position < pieceEnd;
        if (isWithin && (pieceEnd - position >= JournalFrame.MAX_LENGTH || pieceEnd == file.end())) {
            return true;
        }
        source = file;
        pieceStart = position;
        try {
            file.read(position, piece.clear());
            piece.flip();
            return true;
        } catch (final IOException failure) {
            counters.increment(Counter.SPOOL_ERRORS);
            piece.clear().limit(0);
            return false;
        }
    }

    private void onUnreadable(final long position) {
        if (position >= skippedUntil) {
            counters.increment(Counter.SPOOL_ENTRIES_SKIPPED);
            skippedUntil = position + 1;
        }
    }
}
