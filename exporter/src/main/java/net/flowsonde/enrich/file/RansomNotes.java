package net.flowsonde.enrich.file;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Small new files of one name and size in many directories. A directory counts once the same user has also changed or destroyed other
 * files in it, before or after: what a backup or an archive brings along everywhere is no note.
 */
final class RansomNotes {
    private static final long WINDOW_NS = TimeUnit.MINUTES.toNanos(10);
    private static final long LARGEST = 64 << 10;
    private static final int MOST_NOTES = 64;
    private static final int MOST_DIRECTORIES = 2_048;

    private final RecentKeys harmed = new RecentKeys(WINDOW_NS, MOST_DIRECTORIES);
    private final Map<String, Note> notes = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<String, Note> eldest) {
            return size() > MOST_NOTES;
        }
    };

    private static final class Note {
        private final RecentKeys everywhere = new RecentKeys(WINDOW_NS, MOST_DIRECTORIES);
        private final RecentKeys amongHarmed = new RecentKeys(WINDOW_NS, MOST_DIRECTORIES);
    }

    /** A new file, which may be a note. */
    void onCreation(final FilePath path, final long size, final long nowNs) {
        if (size <= 0 || size > LARGEST) {
            return;
        }
        final Note note = notes.computeIfAbsent(path.name() + '/' + size, key -> new Note());
        final long directory = path.directoryKey();
        note.everywhere.add(directory, nowNs);
        if (harmed.contains(directory, nowNs)) {
            note.amongHarmed.add(directory, nowNs);
        }
    }

    /** A file that was there before was overwritten, renamed, replaced or deleted. */
    void onHarm(final FilePath path, final long nowNs) {
        final long directory = path.directoryKey();
        harmed.add(directory, nowNs);
        for (final Note note : notes.values()) {
            if (note.everywhere.contains(directory, nowNs)) {
                note.amongHarmed.add(directory, nowNs);
            }
        }
    }

    /** In how many directories the most frequent note lies. */
    int size(final long nowNs) {
        int largest = 0;
        for (final Note note : notes.values()) {
            largest = Math.max(largest, note.amongHarmed.size(nowNs));
        }
        return largest;
    }
}
