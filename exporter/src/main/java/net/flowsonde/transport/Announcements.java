package net.flowsonde.transport;

import java.util.ArrayList;
import java.util.List;
import net.flowsonde.ipfix.MessageContents;
import org.agrona.concurrent.UnsafeBuffer;

/** The messages with templates and names that a new session has to hear first: those of the latest round, and of the one that it replaces. */
final class Announcements {
    private final List<Announcement> replaced = new ArrayList<>();
    private final List<Announcement> latest = new ArrayList<>();

    /** One such message. */
    record Announcement(MessageContents contents, UnsafeBuffer message) {
    }

    /** Adds the message of a frame if it is one. */
    void add(final JournalFrame frame) {
        if (!frame.contents().isAnnouncement()) {
            return;
        }
        if (frame.contents().isFirstAnnouncement()) {
            replaced.clear();
            replaced.addAll(latest);
            latest.clear();
        }
        final byte[] octets = new byte[frame.messageLength()];
        frame.buffer().getBytes(frame.messageOffset(), octets);
        final MessageContents contents = new MessageContents();
        contents.decode(frame.buffer(), frame.offset() + JournalFrame.HEADER_LENGTH - MessageContents.LENGTH);
        latest.add(new Announcement(contents, new UnsafeBuffer(octets)));
    }

    List<Announcement> all() {
        final List<Announcement> all = new ArrayList<>(replaced);
        all.addAll(latest);
        return all;
    }

    void clear() {
        replaced.clear();
        latest.clear();
    }
}
