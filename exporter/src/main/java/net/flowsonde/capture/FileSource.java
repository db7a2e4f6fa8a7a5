package net.flowsonde.capture;

import java.nio.ByteOrder;
import java.util.Optional;
import net.flowsonde.telemetry.Counters;
import org.agrona.concurrent.UnsafeBuffer;

/** A capture file or standard input, its format recognised by its first octets. Reads without libpcap unless there is a filter. */
final class FileSource implements PacketSource {
    private static final int BATCH_LENGTH = 256;
    private static final int MAGIC_LENGTH = 4;

    private final String name;
    private final FileBlocks blocks;
    private final Runnable wakeUp;
    private final FrameFilter filter;
    private final FrameTally tally;
    private final CapturedFrame frame = new CapturedFrame();
    private FrameReader reader;
    private boolean isFinished;
    private String problem;
    private long nowNs;

    /**
     * @param name    the file, for messages
     * @param wakeUp  makes a waiting read return; does nothing for a file on disk
     * @param filter  null when all frames pass
     */
    FileSource(final String name, final FileBlocks blocks, final Runnable wakeUp, final FrameFilter filter, final Counters counters) {
        this.name = name;
        this.blocks = blocks;
        this.wakeUp = wakeUp;
        this.filter = filter;
        tally = new FrameTally(counters);
    }

    /** Reads the file header, if it is there yet. Throws what is wrong with it. */
    boolean open() {
        if (!blocks.require(MAGIC_LENGTH)) {
            return unreadable();
        }
        final UnsafeBuffer buffer = blocks.buffer();
        final int start = blocks.position();
        if (ClassicReader.matches(buffer, start)) {
            return openClassic();
        }
        if (buffer.getInt(start, ByteOrder.LITTLE_ENDIAN) == PcapngReader.SECTION_HEADER) {
            reader = new PcapngReader(blocks); // its link types, and so the meaning of the filter, come with the interfaces
            return true;
        }
        throw new CaptureException(name + ": " + FileMagic.complaint(buffer, start, name));
    }

    private boolean openClassic() {
        if (!blocks.require(ClassicReader.FILE_HEADER_LENGTH)) {
            return unreadable();
        }
        final ClassicReader classic = new ClassicReader(blocks);
        if (filter != null) {
            filter.select(classic.linkType()); // a mistake in it shows before the first frame
        }
        reader = classic;
        return true;
    }

    private boolean unreadable() {
        if (!blocks.isEnd()) {
            return false;
        }
        if (blocks.error() != null) {
            throw new CaptureException(name + ": cannot be read: " + blocks.error());
        }
        throw new CaptureException(name + ": " + (blocks.available() == 0 ? "the file is empty" : "cut short inside the file header"));
    }

    @Override
    public int poll(final PacketHandler handler) {
        if (isFinished) {
            return 0;
        }
        int frames = 0;
        try {
            if (reader != null || open()) {
                frames = readBatch(handler);
                finishWithReader();
            }
        } catch (final CaptureException exception) { // a bad header on standard input, a filter that a later link type refuses
            finish(exception.getMessage());
        } finally {
            tally.flush();
        }
        if (nowNs != 0) {
            handler.onTime(nowNs);
        }
        return frames;
    }

    private int readBatch(final PacketHandler handler) {
        int frames = 0;
        while (frames < BATCH_LENGTH && reader.next(frame)) {
            frames++;
            nowNs = Math.max(nowNs, frame.timestampNs());
            if (filter == null || filter.matches(frame)) {
                tally.onFrame(frame);
                handler.onPacket(frame);
            } else {
                tally.onFiltered();
            }
        }
        return frames;
    }

    private void finishWithReader() {
        if (reader.isFinished()) {
            finish(reader.problem() == null ? null : name + ": " + reader.problem());
        }
    }

    private void finish(final String reason) {
        isFinished = true;
        problem = reason;
    }

    @Override
    public boolean isFinished() {
        return isFinished;
    }

    @Override
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public void wakeUp() {
        wakeUp.run();
    }

    @Override
    public void close() {
        isFinished = true;
        blocks.close();
        if (filter != null) {
            filter.close();
        }
    }
}
