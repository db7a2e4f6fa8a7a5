package net.flowsonde.capture;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import net.flowsonde.config.CaptureConfig;
import net.flowsonde.telemetry.Counters;

/** Opens what packets come from. What the operator can mend is a {@link CaptureException} with one clear line. */
public final class PacketSources {
    /** The path that means standard input. */
    public static final Path STANDARD_INPUT = Path.of("-");

    private PacketSources() {
    }

    /**
     * Opens the queues of one interface, joined in one fanout group when there are several, so that both directions of a flow and its
     * fragments meet in one queue.
     *
     * @param interfaceName  the interface
     * @param counters       one block a queue; as many queues are opened
     * @param ownTraffic     what is left out where {@link CaptureConfig#excludeOwn()} says so
     * @return one source a block of counters, in the same order
     */
    public static List<PacketSource> live(
        final CaptureConfig config, final String interfaceName, final List<Counters> counters, final OwnTraffic ownTraffic) {
        throw new CaptureException("live capture is not built yet: " + interfaceName);
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
