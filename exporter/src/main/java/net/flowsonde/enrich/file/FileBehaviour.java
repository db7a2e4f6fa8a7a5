package net.flowsonde.enrich.file;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileOperation;
import net.flowsonde.dpi.FileResult;

/**
 * What one user of one client did to the files of one share lately, as far as the {@link FileSignal}s need it. What programs do in good
 * faith is told apart by its sequence: a file that is deleted and made anew, or emptied and written anew, was not destroyed, temporary
 * files count for nothing, and endings that are commonly known or that the share has known for long are no news.
 */
final class FileBehaviour {
    private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);
    private static final long TEN_MINUTES_NS = TimeUnit.MINUTES.toNanos(10);
    /** A file that was emptied may be written anew so much later: NFS 3 has no close, and tells what was written after ten seconds. */
    private static final long ANEW_NS = TimeUnit.SECONDS.toNanos(15);
    private static final int MOST_KEYS = 2_048;
    private static final int MOST_EXTENSIONS = 16;

    private final ShareExtensions extensions;
    private final RecentKeys readWhole = new RecentKeys(TEN_MINUTES_NS, MOST_KEYS);
    private final RecentKeys created = new RecentKeys(MINUTE_NS, MOST_KEYS);
    /** Names that a new file may be a copy of: its own without the ending. */
    private final RecentKeys copied = new RecentKeys(MINUTE_NS, MOST_KEYS);
    /** Names of deleted files, with and without their ending. */
    private final RecentKeys deleted = new RecentKeys(MINUTE_NS, 2 * MOST_KEYS);
    /** By directory, how many new files with an unknown ending, and how many deleted ones that had been read whole, wait for the other. */
    private final RecentKeys strangers = new RecentKeys(MINUTE_NS, MOST_KEYS);
    private final RecentKeys missing = new RecentKeys(MINUTE_NS, MOST_KEYS);
    private final RecentKeys overwritten = new RecentKeys(MINUTE_NS, MOST_KEYS);
    private final RecentKeys replaced = new RecentKeys(MINUTE_NS, MOST_KEYS);
    private final RecentKeys renewed = new RecentKeys(MINUTE_NS, MOST_KEYS);
    private final RecentKeys listed = new RecentKeys(MINUTE_NS, MOST_KEYS);
    private final RecentKeys emptied = new RecentKeys(TEN_MINUTES_NS, MOST_KEYS);
    private final RecentKeys destroyed = new RecentKeys(MINUTE_NS, MOST_KEYS);
    private final RecentKeys denied = new RecentKeys(MINUTE_NS, MOST_KEYS);
    private final RansomNotes notes = new RansomNotes();
    private final Map<String, RecentKeys> renames = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<String, RecentKeys> eldest) {
            return size() > MOST_EXTENSIONS;
        }
    };

    /** @param extensions  of the share, known to all of its users */
    FileBehaviour(final ShareExtensions extensions) {
        this.extensions = extensions;
    }

    void onEvent(final FileEvent event) {
        final long nowNs = event.endNs();
        emptied.moveOlder(ANEW_NS, nowNs, destroyed);
        if (event.result() == FileResult.DENIED) {
            denied.add(event.path().key(), nowNs);
        }
        if (!event.isOk() || event.path().isEmpty() && event.operation() != FileOperation.LIST) {
            return;
        }
        switch (event.operation()) {
            case LIST -> listed.add(event.path().key(), nowNs);
            case MKDIR -> { }
            case RENAME -> onRename(event, nowNs);
            default -> onFile(event, nowNs);
        }
    }

    private void onFile(final FileEvent event, final long nowNs) {
        if (event.isCreation()) {
            onCreation(event, nowNs);
        } else {
            onContents(event, nowNs);
        }
        if (event.isDeletion() || event.hasFlag(FileAccess.FLAG_DELETE_ON_CLOSE)) {
            onDeletion(event, nowNs);
        } else if (isEmptied(event)) {
            onEmptied(event.path(), nowNs);
        } else if (event.writeOctets() > 0 && event.sizeAtClose() != 0) {
            emptied.remove(event.path().key());
        }
    }

    /** A file has lost what was in it, or all but a tenth: by a truncation, a hole, or an open that wrote nothing. */
    private static boolean isEmptied(final FileEvent event) {
        final long before = event.sizeAtOpen();
        final long after = event.sizeAtClose();
        return switch (event.operation()) {
            case TRUNCATE -> after == 0 ? before != 0 : after > 0 && after < before / 10;
            case ZERO -> true;
            case WRITE -> event.hasFlag(FileAccess.FLAG_OVERWRITTEN) && event.writeOctets() == 0 && after <= 0;
            default -> false;
        };
    }

    private void onEmptied(final FilePath path, final long nowNs) {
        if (!path.isTemporary() && !created.contains(path.key(), nowNs)) {
            emptied.add(path.key(), nowNs);
        }
    }

    /** Nothing more will come: what was emptied stays so. */
    void onEnd(final long nowNs) {
        emptied.moveOlder(0, nowNs, destroyed);
    }

    /** S1: the same octets are read and then written over, by one open or by several. */
    private void onContents(final FileEvent event, final long nowNs) {
        final long key = event.path().key();
        final long size = event.sizeAtOpen();
        final boolean isRead = event.readOctets() > 0 && isWhole(event.readOctets(), size);
        final long before = isRead ? size : readWhole.value(key, FileAccess.UNKNOWN_SIZE, nowNs);
        if (event.writeOctets() > 0 && before > 0 && isWhole(event.writeOctets(), before) && !event.path().isTemporary()) {
            overwritten.add(key, nowNs);
            notes.onHarm(event.path(), nowNs);
        }
        if (isRead) {
            readWhole.put(key, size, nowNs);
        }
    }

    /** Nine tenths of a file are taken for all of it. */
    private static boolean isWhole(final long octets, final long size) {
        return size > 0 && octets >= size - size / 10;
    }

    private void onCreation(final FileEvent event, final long nowNs) {
        final FilePath path = event.path();
        destroyed.remove(path.key());
        emptied.remove(path.key());
        if (path.isTemporary()) {
            return;
        }
        created.add(path.key(), nowNs);
        if (isNews(path)) {
            onCopy(path, path.key(path.stem()), nowNs);
        }
        notes.onCreation(path, Math.max(event.writeOctets(), event.sizeAtClose()), nowNs);
    }

    private void onCopy(final FilePath path, final long original, final long nowNs) {
        copied.add(original, nowNs);
        if (deleted.contains(original, nowNs)) {
            replaced.add(original, nowNs);
        }
        if (deleted.contains(original, nowNs) || readWhole.contains(original, nowNs)) {
            renewed.add(path.key(), nowNs);
        } else {
            pair(path, missing, strangers, nowNs);
        }
    }

    /** A file whose counterpart has another name: one for one, within a directory. */
    private void pair(final FilePath path, final RecentKeys waiting, final RecentKeys own, final long nowNs) {
        final long directory = path.directoryKey();
        final long others = waiting.value(directory, 0, nowNs);
        if (others > 0) {
            replaced.add(path.key(), nowNs);
            waiting.put(directory, others - 1, nowNs);
        } else {
            own.put(directory, own.value(directory, 0, nowNs) + 1, nowNs);
        }
    }

    /** S2: the original is deleted, before or after its copy with another ending is made; a copy of another name lies beside it. */
    private void onDeletion(final FileEvent event, final long nowNs) {
        final FilePath path = event.path();
        if (path.isTemporary()) {
            return;
        }
        if (created.contains(path.key(), nowNs)) {
            created.remove(path.key());
            return;
        }
        final long stem = path.key(path.stem());
        destroyed.add(path.key(), nowNs);
        notes.onHarm(path, nowNs);
        deleted.add(path.key(), nowNs);
        deleted.add(stem, nowNs);
        if (copied.contains(path.key(), nowNs) || copied.contains(stem, nowNs)) {
            replaced.add(path.key(), nowNs);
        } else if (readWhole.contains(path.key(), nowNs)) {
            pair(path, strangers, missing, nowNs);
        }
    }

    private boolean isNews(final FilePath path) {
        return !path.extension().isEmpty() && !extensions.isKnown(path.extension());
    }

    /** S3 and S4: the name got an ending that is news to the share. */
    private void onRename(final FileEvent event, final long nowNs) {
        final FilePath from = event.path();
        final FilePath to = event.secondPath();
        destroyed.remove(to.key());
        emptied.remove(to.key());
        if (from.isTemporary() || to.isTemporary() || to.isEmpty() || !isNews(to) || from.extension().equals(to.extension())) {
            return;
        }
        renewed.add(to.key(), nowNs);
        notes.onHarm(from, nowNs);
        renames.computeIfAbsent(to.extension(), extension -> new RecentKeys(MINUTE_NS, MOST_KEYS))
            .add(from.key(), nowNs);
    }

    /** How far a signal has come. */
    int value(final FileSignal signal, final long nowNs) {
        emptied.moveOlder(ANEW_NS, nowNs, destroyed);
        return switch (signal) {
            case READ_THEN_OVERWRITE -> overwritten.size(nowNs);
            case WRITE_NEW_DELETE_OLD -> replaced.size(nowNs);
            case MASS_RENAME -> largestRename(nowNs);
            case NEW_EXTENSIONS -> renewed.size(nowNs);
            case SAME_FILE -> notes.size(nowNs);
            case DIRECTORY_WALK -> listed.size(nowNs);
            case DESTRUCTION -> destroyed.size(nowNs);
            case DENIED -> denied.size(nowNs);
        };
    }

    private int largestRename(final long nowNs) {
        int largest = 0;
        for (final RecentKeys keys : renames.values()) {
            largest = Math.max(largest, keys.size(nowNs));
        }
        return largest;
    }
}
