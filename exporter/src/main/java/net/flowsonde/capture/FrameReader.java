package net.flowsonde.capture;

/** The frames of one capture file format, in the order of the file. Not thread-safe. */
abstract class FrameReader {
    /** Longest frame that is believed: twice the largest BIG TCP frame. A longer one means that the file is corrupt. */
    static final int MAX_FRAME_LENGTH = 1 << 20;

    final FileBlocks blocks;
    private long frames;
    private boolean isFinished;
    private String problem;

    FrameReader(final FileBlocks blocks) {
        this.blocks = blocks;
    }

    /** Points {@code frame} at the next frame, or says false when there is none, now or ever ({@link #isFinished}). */
    abstract boolean next(CapturedFrame frame);

    final boolean isFinished() {
        return isFinished;
    }

    /** Why it finished before its end; null if it did not. */
    final String problem() {
        return problem;
    }

    final void onFrame() {
        frames++;
    }

    /** The octets that a record needs are not there: the end of the file, a file cut short, or nothing for now. Always false. */
    final boolean outOfOctets(final String what) {
        if (blocks.isEnd()) {
            isFinished = true;
            if (blocks.error() != null) {
                problem = "reading failed after " + frames + " frames: " + blocks.error();
            } else if (blocks.available() > 0 || blocks.unskipped() > 0) {
                problem = "cut short: it ends inside " + what + " after " + frames + " frames (offset " + blocks.streamOffset() + ')';
            }
        }
        return false;
    }

    /** The file cannot be read any further. Always false. */
    final boolean corrupt(final String reason) {
        isFinished = true;
        problem = "corrupt after " + frames + " frames at offset " + blocks.streamOffset() + ": " + reason;
        return false;
    }

    /** Octets on the wire, never fewer than were captured; a value past 2 GiB is a corrupt one. */
    static int wireLength(final int original, final int captured) {
        return Math.max(original, captured);
    }
}
