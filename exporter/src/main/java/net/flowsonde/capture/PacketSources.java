package net.flowsonde.capture;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import net.flowsonde.config.CaptureConfig;
import net.flowsonde.telemetry.Counters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens what packets come from. What the operator can mend is a {@link CaptureException} with one clear line. */
public final class PacketSources {
    /** The path that means standard input. */
    public static final Path STANDARD_INPUT = Path.of("-");

    private static final Logger LOGGER = LoggerFactory.getLogger(PacketSources.class);
    private static final boolean IS_LINUX = System.getProperty("os.name").startsWith("Linux");

    private PacketSources() {
    }

    /**
     * Opens the queues of one interface, joined in one fanout group when there are several, so that both directions of a flow and its
     * fragments meet in one queue.
     *
     * @param interfaceName  the interface
     * @param counters       one block a queue; as many queues are opened
     * @param filter         what passes
     * @return one source a block of counters, in the same order
     */
    public static List<PacketSource> live(
        final CaptureConfig config, final String interfaceName, final List<Counters> counters, final LiveFilter filter) {
        if (!IS_LINUX && counters.size() > 1) {
            throw new CaptureException("several queues of one interface need Linux; use one");
        }
        final LiveInterface live = new LiveInterface(config, interfaceName, filter, counters.size());
        final boolean isAny = interfaceName.equals(LiveInterface.ANY);
        final int index = isAny ? 0 : live.find().index();
        if (IS_LINUX) {
            live.fanout().tryProgram(index);
        }
        if (!live.fanout().keepsFragments()) {
            LOGGER.warn("{}: the kernel refuses to share frames by address, so that fragments may be metered apart from their flow",
                interfaceName);
        }
        if (config.backend() == CaptureConfig.Backend.PCAP || (config.backend() == CaptureConfig.Backend.AUTO && (isAny || !IS_LINUX))) {
            return open(live, tally -> new PcapHandle(live, tally), counters);
        }
        try {
            return open(live, tally -> new RingHandle(live, tally), counters);
        } catch (final RingUnavailableException unavailable) {
            if (config.backend() == CaptureConfig.Backend.RING) {
                throw live.failure(unavailable.getMessage());
            }
            return open(live, tally -> new PcapHandle(live, tally), counters);
        }
    }

    /** All or none. */
    private static List<PacketSource> open(
        final LiveInterface live, final Function<FrameTally, LiveHandle> opener, final List<Counters> counters) {
        final List<PacketSource> sources = new ArrayList<>();
        try {
            for (final Counters queue : counters) {
                sources.add(new LiveSource(live, opener, queue, sources.isEmpty()));
            }
            return List.copyOf(sources);
        } catch (final CaptureException exception) {
            sources.forEach(PacketSource::close);
            throw exception;
        }
    }

    /**
     * Opens a capture file, pcap or pcapng.
     *
     * @param path    the file, or {@link #STANDARD_INPUT}
     * @param filter  libpcap filter expression; blank for all
     */
    public static PacketSource file(final Path path, final String filter, final Counters counters) {
        final FrameFilter compiled = filter.isBlank() ? null : new FrameFilter(filter);
        if (path.equals(STANDARD_INPUT)) {
            final StandardInput input = new StandardInput();
            return new FileSource("standard input", new FileBlocks(input), input::wakeUp, compiled, counters);
        }
        final FileSource source = new FileSource(path.toString(), new FileBlocks(open(path)), () -> { }, compiled, counters);
        try {
            source.open();
        } catch (final CaptureException exception) {
            source.close();
            throw exception;
        }
        return source;
    }

    private static FileChannel open(final Path path) {
        try {
            if (Files.isDirectory(path)) {
                throw new CaptureException(path + ": is a directory, not a capture file");
            }
            return FileChannel.open(path, StandardOpenOption.READ);
        } catch (final NoSuchFileException exception) {
            throw new CaptureException(path + ": no such file", exception);
        } catch (final AccessDeniedException exception) {
            throw new CaptureException(path + ": permission denied", exception);
        } catch (final IOException exception) {
            throw new CaptureException(path + ": cannot be read: " + exception.getMessage(), exception);
        }
    }
}
