package net.flowsonde.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.flowsonde.ipfix.MessageContents;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal on disk, the spool. Frames are gathered in memory and written to files at every turn of the export thread, so that they are
 * with the kernel, and survive this process, about a millisecond after they were made; the disk is waited for by another thread. A file
 * goes once all of it has arrived, or to keep the bound. Where the disk is full or fails, what fits in memory is still sent.
 */
final class DiskJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(DiskJournal.class);
    private static final int PENDING_CAPACITY = 1 << 20;
    private static final long MAX_SEGMENT = 16L << 20;
    private static final int SEGMENTS = 8;
    private static final long CURSOR_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(1);

    private final String name;
    private final Path directory;
    private final long limit;
    private final boolean isEvicting;
    private final EvictionListener listener;
    private final Counters counters;
    private final FileChannel lock;
    private final SpoolCursor cursor;
    private final SpoolReader reader;
    private final SpoolSync sync;
    private final List<SegmentFile> segments = new ArrayList<>();
    private final Announcements announcements = new Announcements();
    private final RecoveredFrames recovered = new RecoveredFrames();
    /** Where the messages of this run begin. */
    private final long runStart;
    private final JournalFrame scratch = new JournalFrame();
    private final ByteBuffer pending = ByteBuffer.allocateDirect(PENDING_CAPACITY);
    /** Position of the first octet in {@link #pending}. */
    private long stored;
    private long tail;
    private long acknowledged;
    private long released;
    private long cursorWrittenNs;
    /** The last file was begun by this run. */
    private boolean isOurs;
    private boolean hasAnnouncements;
    private boolean isFailing;
    private boolean isRetryDue = true;
    private long failedNs;

    /** @throws UncheckedIOException when the directory cannot be used, with a line for the operator */
    DiskJournal(
        final String name, final Path directory, final long limit, final long syncNs, final boolean isEvicting,
        final EvictionListener listener, final Counters counters) {
        this.name = name;
        this.directory = directory;
        this.limit = limit;
        this.isEvicting = isEvicting;
        this.listener = listener;
        this.counters = counters;
        reader = new SpoolReader(counters);
        try {
            Files.createDirectories(directory);
            lock = lock(directory);
            cursor = new SpoolCursor(directory.resolve("cursor"));
            openSegments();
        } catch (final IOException failure) {
            throw new UncheckedIOException("cannot use the spool " + directory + ": " + failure.getMessage(), failure);
        }
        sync = new SpoolSync(name, syncNs);
        acknowledged = cursor.acknowledged();
        released = cursor.released();
        final long end = segments.isEmpty() ? 0 : segments.get(segments.size() - 1).end();
        stored = Math.max(end, acknowledged);
        tail = stored;
        runStart = tail;
    }

    private static FileChannel lock(final Path directory) throws IOException {
        final FileChannel lock = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() != null) {
                return lock;
            }
        } catch (final OverlappingFileLockException ours) {
            lock.close();
            throw new IOException("another collector of this process uses it", ours);
        }
        lock.close();
        throw new IOException("another process uses it");
    }

    private void openSegments() throws IOException {
        final List<Path> paths;
        try (Stream<Path> files = Files.list(directory)) {
            paths = files.filter(path -> path.getFileName().toString().endsWith(SegmentFile.SUFFIX)).sorted().toList();
        }
        for (final Path path : paths) {
            final SegmentFile segment = SegmentFile.open(path);
            final boolean isInOrder = segment != null && (segments.isEmpty() || segment.start() >= segments.get(segments.size() - 1).end());
            if (isInOrder) {
                segments.add(segment);
            } else {
                counters.increment(Counter.SPOOL_ENTRIES_SKIPPED);
                LOG.warn("{}: {} is damaged, or no file of a spool: left out, and deleted", name, path);
                Files.delete(path);
            }
        }
    }

    /** How far the collector had come in earlier runs. */
    long acknowledged() {
        return acknowledged;
    }

    long released() {
        return released;
    }

    /** Position of the oldest frame; the announcements that were in force there are added to {@code into}. */
    long oldest(final Announcements into) {
        if (segments.isEmpty()) {
            return tail;
        }
        try {
            segments.get(0).announcements(into);
            recovered.begin(into);
        } catch (final IOException failure) {
            onFailure(failure);
        }
        return segments.get(0).start();
    }

    /** Looks at what the earlier runs have left, one after the other; what no collector could read is left out from here on, and counted. */
    boolean admit(final JournalFrame frame) {
        final boolean isReadable = recovered.admit(frame);
        if (!isReadable) {
            counters.increment(Counter.SPOOL_ENTRIES_SKIPPED);
        }
        return isReadable;
    }

    @Override
    public boolean append(
        final MessageContents contents, final int flags, final DirectBuffer message, final int offset, final int length) {
        final int needed = JournalFrame.HEADER_LENGTH + length;
        if (needed > pending.remaining() && !makeRoom(needed)) {
            return false;
        }
        final int at = pending.position();
        scratch.write(pending, at, contents, flags, message, offset, length);
        pending.position(at + needed);
        hasAnnouncements |= contents.isAnnouncement();
        tail += needed;
        return true;
    }

    @Override
    public boolean read(final long from, final JournalFrame frame) {
        for (final SegmentFile segment : segments) {
            if (segment.end() > from && read(segment, from, frame)) {
                return true;
            }
        }
        final long position = Math.max(from, stored);
        return position < tail && frame.wrap(pending, (int) (position - stored), pending.position(), position);
    }

    private boolean read(final SegmentFile segment, final long from, final JournalFrame frame) {
        long position = from;
        while (reader.read(segment, position, frame)) {
            if (frame.position() >= runStart || recovered.isAdmitted(frame)) {
                return true;
            }
            position = frame.end();
        }
        return false;
    }

    @Override
    public long tail() {
        return tail;
    }

    @Override
    public void acknowledge(final long acknowledgedNow, final long releasedNow) {
        acknowledged = acknowledgedNow;
        released = releasedNow;
    }

    @Override
    public void doWork(final long nowNs) {
        isRetryDue = !isFailing || nowNs - failedNs >= RETRY_NS;
        if (isFailing && isRetryDue) {
            failedNs = nowNs;
        }
        store();
        forgetReleased();
        sync.doWork(nowNs, acknowledged < stored && !segments.isEmpty() ? segments.get(segments.size() - 1) : null);
        if (nowNs - cursorWrittenNs >= CURSOR_INTERVAL_NS) {
            cursorWrittenNs = nowNs;
            writeCursor();
        }
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public long octets() {
        return tail - Math.min(tail, Math.max(acknowledged, segments.isEmpty() ? stored : segments.get(0).start()));
    }

    @Override
    public void close() {
        isRetryDue = true;
        if (!store()) {
            giveUpPending();
        }
        forgetReleased();
        writeCursor();
        sync.close();
        try {
            if (released >= tail && !segments.isEmpty()) {
                delete(segments.get(segments.size() - 1));
            }
            for (final SegmentFile segment : segments) {
                segment.force();
                segment.close();
            }
            cursor.close();
            lock.close();
        } catch (final IOException failure) {
            onFailure(failure);
        }
    }

    /** What the disk has not taken to the end does not survive. */
    private void giveUpPending() {
        final int limit = pending.position();
        int offset = (int) Math.max(0, acknowledged - stored);
        while (offset < limit && scratch.wrap(pending, offset, limit, stored + offset)) {
            listener.onEvicted(scratch);
            offset += scratch.length();
        }
    }

    /** Room in memory: by writing it out or, where the disk fails, by leaving out what has arrived already. */
    private boolean makeRoom(final int needed) {
        if (!store() && acknowledged > stored) {
            final int arrived = (int) (acknowledged - stored);
            pending.flip().position(arrived);
            pending.compact();
            stored = acknowledged;
            isOurs = false;
        }
        return needed <= pending.remaining();
    }

    /** Writes what is in memory to a file; false when that cannot be now. */
    private boolean store() {
        if (pending.position() == 0) {
            return true;
        }
        if (!isRetryDue || !isWithinLimit(pending.position())) {
            return false;
        }
        try {
            final SegmentFile segment = segment();
            segment.append(pending.flip());
            rememberAnnouncements();
            stored = tail;
            pending.clear();
            if (isFailing) {
                isFailing = false;
                LOG.info("{}: writing to the spool again", name);
            }
            return true;
        } catch (final IOException failure) {
            pending.limit(PENDING_CAPACITY).position((int) (tail - stored));
            onFailure(failure);
            return false;
        }
    }

    private SegmentFile segment() throws IOException {
        final boolean isNew = !isOurs || segments.isEmpty()
            || segments.get(segments.size() - 1).end() - segments.get(segments.size() - 1).start() >= Math.min(MAX_SEGMENT, limit / SEGMENTS);
        if (isNew) {
            if (isOurs && !segments.isEmpty()) {
                sync.rolled(segments.get(segments.size() - 1));
            }
            segments.add(SegmentFile.create(directory, stored, announcements.all()));
            isOurs = true;
        }
        return segments.get(segments.size() - 1);
    }

    private void rememberAnnouncements() {
        int offset = 0;
        while (hasAnnouncements && scratch.wrap(pending, offset, (int) (tail - stored), stored + offset)) {
            if (scratch.isRunStart()) {
                announcements.clear();
            }
            announcements.add(scratch);
            offset += scratch.length();
        }
        hasAnnouncements = false;
    }

    private boolean isWithinLimit(final int more) {
        while (!segments.isEmpty() && length() + more > limit) {
            final SegmentFile oldest = segments.get(0);
            if (oldest.end() > acknowledged) {
                if (!isEvicting) {
                    return false;
                }
                evict(oldest);
            }
            delete(oldest);
        }
        return true;
    }

    private long length() {
        long length = 0;
        for (final SegmentFile segment : segments) {
            length += segment.length();
        }
        return length;
    }

    private void evict(final SegmentFile oldest) {
        long position = Math.max(acknowledged, oldest.start());
        while (read(oldest, position, scratch)) {
            listener.onEvicted(scratch);
            position = scratch.end();
        }
    }

    /** Files whose every frame has arrived go; the one that is written to goes when it is long. */
    private void forgetReleased() {
        while (segments.size() > 1 && segments.get(0).end() <= released) {
            delete(segments.get(0));
        }
    }

    private void delete(final SegmentFile segment) {
        segments.remove(segment);
        reader.forget();
        try {
            segment.delete();
        } catch (final IOException failure) {
            onFailure(failure);
        }
    }

    private void writeCursor() {
        try {
            cursor.write(acknowledged, released);
        } catch (final IOException failure) {
            onFailure(failure);
        }
    }

    private void onFailure(final IOException failure) {
        counters.increment(Counter.SPOOL_ERRORS);
        if (!isFailing) {
            isFailing = true;
            LOG.error("{}: the spool {} fails: {}; trying again every second", name, directory, failure.getMessage());
        }
    }
}
