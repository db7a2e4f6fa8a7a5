package net.flowsonde.transport;

import net.flowsonde.transport.Announcements.Announcement;
import org.agrona.collections.LongHashSet;

/**
 * What the frames of earlier runs come to where some are damaged: a message whose template was lost could not be read by the collector, and
 * when the first message of a run was lost, the run begins with the next. Owned by the export thread.
 */
final class RecoveredFrames {
    private final LongHashSet unreadable = new LongHashSet();
    private final LongHashSet runStarts = new LongHashSet();
    private final KnownTemplates templates = new KnownTemplates();
    private boolean isAnySeen;
    private int run;

    /** Takes over what had been announced before the oldest frame. */
    void begin(final Announcements before) {
        for (final Announcement one : before.all()) {
            templates.read(one.message(), 0, one.message().capacity(), one.contents().sequenceOffset());
        }
    }

    /** Looks at one frame after the other, once each; false when no collector could read its message. */
    boolean admit(final JournalFrame frame) {
        if (isAnySeen && frame.run() != run) {
            runStarts.add(frame.position());
        }
        isAnySeen = true;
        run = frame.run();
        mark(frame);
        if (frame.isRunStart()) {
            templates.clear();
        }
        final boolean isReadable =
            templates.read(frame.buffer(), frame.messageOffset(), frame.messageLength(), frame.contents().sequenceOffset());
        if (!isReadable) {
            unreadable.add(frame.position());
        }
        return isReadable;
    }

    /** What {@link #admit} answered for the frame, which knows afterwards whether a run begins with it. */
    boolean isAdmitted(final JournalFrame frame) {
        mark(frame);
        return !unreadable.contains(frame.position());
    }

    private void mark(final JournalFrame frame) {
        if (runStarts.contains(frame.position())) {
            frame.markRunStart();
        }
    }
}
