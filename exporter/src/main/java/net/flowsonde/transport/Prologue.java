package net.flowsonde.transport;

import java.util.Collections;
import java.util.Iterator;
import net.flowsonde.transport.Announcements.Announcement;

/**
 * What a session of the network begins with: the templates and names that were in force where the journal stands. Follows the messages
 * as they go by, sent or forced out. Owned by the export thread.
 */
final class Prologue {
    private final Announcements announcements = new Announcements();
    /** Where the messages of this run begin. */
    private final long runStart;
    /** Everything announced before is in {@link #announcements}. */
    private long announcedUntil;
    private boolean isRunSeen;
    private Iterator<Announcement> rest = Collections.emptyIterator();
    private Announcement next;
    /** Announcements before this position were sent at the start of the session. */
    private long openedUntil;

    Prologue(final long runStart) {
        this.runStart = runStart;
    }

    /** Position of the oldest frame of a journal, whose announcements of before are taken over. */
    long oldest(final DiskJournal journal) {
        return journal.oldest(announcements);
    }

    /** A message goes by: what it announces holds from here on, unless it lies at or behind {@code limit}. */
    void pass(final JournalFrame passing, final long limit) {
        if (passing.position() < announcedUntil || passing.position() >= limit) {
            return;
        }
        if (passing.isRunStart()) {
            announcements.clear();
            isRunSeen = passing.position() >= runStart;
        }
        announcements.add(passing);
        announcedUntil = passing.end();
    }

    /** A session begins in front of a message, or of whatever comes next when that is null. */
    void begin(final JournalFrame first) {
        final boolean isOfNoUse = first == null ? !isRunSeen : first.isRunStart() && first.position() >= announcedUntil;
        if (isOfNoUse) {
            announcements.clear();
        }
        openedUntil = announcedUntil;
        rest = announcements.all().iterator();
        advance();
    }

    /** What is to be sent next, or null when the session has heard all of it. */
    Announcement next() {
        return next;
    }

    void advance() {
        next = rest.hasNext() ? rest.next() : null;
    }

    /** The session has heard what is announced before this position. */
    boolean covers(final long position) {
        return position < openedUntil;
    }
}
