package net.flowsonde.transport;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import net.flowsonde.ipfix.MessageSink;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Gauge;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages one after the other in a file (RFC 5655), or lines of JSON. They are gathered and written in large blocks, a second apart at
 * most. Where the disk is full, the file is cut back to its last whole message, the rest waits, and it goes on once there is room again.
 */
final class FileSink implements MessageSink {
    private static final Logger LOG = LoggerFactory.getLogger(FileSink.class);
    private static final int MAX_MESSAGE_LENGTH = 16_384;
    private static final long MAX_DELAY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long ONE_SESSION = 1;

    private final String name;
    private final Encoding encoding;
    private final FileChannel file;
    private final boolean isOurFile;
    private final Counters counters;
    private final MessageBlock block = new MessageBlock();
    /** End of the last whole message in the file. */
    private long fileEnd;
    private boolean isTornEnd;
    private long writtenNs = System.nanoTime();
    private boolean isFailing;
    private boolean isRetryDue;
    private int sent;
    private int lost;

    private FileSink(
        final String name, final Encoding encoding, final FileChannel file, final boolean isOurFile, final Counters counters) {
        this.name = name;
        this.encoding = encoding;
        this.file = file;
        this.isOurFile = isOurFile;
        this.counters = counters;
        counters.increment(Counter.SESSIONS_OPENED);
        counters.set(Gauge.SESSION_STATE, Gauge.SESSION_OPEN);
    }

    /** Writes to a file, which is replaced when it exists. */
    static FileSink toFile(final String name, final Encoding encoding, final Path path, final Counters counters) {
        try {
            return new FileSink(name, encoding, FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING), true, counters);
        } catch (final IOException failure) {
            throw new UncheckedIOException("cannot write " + path + ": " + reason(failure), failure);
        }
    }

    /** Writes to standard output; a reader that is slow holds up the export thread. */
    static FileSink toStandardOutput(final String name, final Encoding encoding, final Counters counters) {
        return new FileSink(name, encoding, new FileOutputStream(FileDescriptor.out).getChannel(), false, counters);
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    @Override
    public boolean offer(final DirectBuffer message, final int offset, final int length) {
        if (!block.hasRoom(length) && (isFailing && !isRetryDue || !write())) {
            return false;
        }
        if (!block.hasRoom(length)) {
            return false;
        }
        block.append(message, offset, length);
        return true;
    }

    @Override
    public int maxMessageLength() {
        return MAX_MESSAGE_LENGTH;
    }

    @Override
    public boolean isLossy() {
        return false;
    }

    @Override
    public long sessionId() {
        return ONE_SESSION;
    }

    @Override
    public int settle(final SettlementListener listener) {
        final int count = sent + lost;
        for (; sent > 0; sent--) {
            listener.onSettled(true);
        }
        for (; lost > 0; lost--) {
            listener.onSettled(false);
        }
        return count;
    }

    @Override
    public int doWork(final long nowNs) {
        if (nowNs - writtenNs < MAX_DELAY_NS) {
            return 0;
        }
        writtenNs = nowNs;
        isRetryDue = true;
        if (block.isEmpty()) {
            return 0;
        }
        write();
        return 1;
    }

    /** A pipe that was closed at the other end does not open again. */
    @Override
    public boolean isHopeless() {
        return isFailing && !isOurFile;
    }

    @Override
    public void flush() {
        if (!isFailing) {
            write();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Counters counters() {
        return counters;
    }

    @Override
    public void close() {
        write();
        lost += block.clear();
        if (!isOurFile) {
            return;
        }
        try {
            cutTornEnd();
            file.close();
        } catch (final IOException failure) {
            counters.increment(Counter.SEND_ERRORS);
            LOG.error("{}: {}", name, reason(failure));
        }
    }

    /** Writes the block out; false when not all of it could be written. */
    private boolean write() {
        isRetryDue = false;
        try {
            cutTornEnd();
            while (!block.isWritten()) {
                block.writeTo(file);
            }
            settleWritten();
            if (isFailing) {
                isFailing = false;
                LOG.info("{}: writing again", name);
            }
            return true;
        } catch (final IOException failure) {
            onFailure(failure);
            return false;
        }
    }

    private void onFailure(final IOException failure) {
        counters.increment(Counter.SEND_ERRORS);
        if (!isFailing) {
            isFailing = true;
            LOG.error("{}: cannot write: {}; {}", name, reason(failure), isOurFile
                ? "trying again every second, what does not fit meanwhile is dropped and counted" : "the rest is dropped and counted");
        }
        isTornEnd = settleWritten() && isOurFile;
        try {
            cutTornEnd();
        } catch (final IOException later) {
            counters.increment(Counter.SEND_ERRORS);
        }
    }

    /** Whole messages that were written are sent; answers whether a part of one was written too. */
    private boolean settleWritten() {
        final long before = block.wholeMessagesLength();
        final boolean isTorn = block.writtenLength() > before;
        fileEnd += before;
        sent += block.removeWritten();
        return isTorn;
    }

    private void cutTornEnd() throws IOException {
        if (isTornEnd) {
            file.truncate(fileEnd);
            file.position(fileEnd);
            isTornEnd = false;
        }
    }

    private static String reason(final IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such directory";
        }
        return failure instanceof AccessDeniedException ? "permission denied" : failure.getMessage();
    }
}
