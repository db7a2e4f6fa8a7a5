package net.flowsonde.dpi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import net.flowsonde.capture.CapturedFrame;
import net.flowsonde.capture.PacketHandler;
import net.flowsonde.capture.PacketSource;
import net.flowsonde.capture.PacketSources;
import net.flowsonde.config.DpiConfig;
import net.flowsonde.config.FlowConfig;
import net.flowsonde.config.TcpConfig;
import net.flowsonde.dpi.FileAccess.Name;
import net.flowsonde.flow.FlowMeter;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.DirectBuffer;

/** Meters a capture file with the real meter and one analyzer, and says each file access in one line. */
public final class FileCorpus {
    private static final int RING_CAPACITY = 1 << 24;
    private static final int LONGEST_PATH = 120;
    private static final String[] FLAGS = {
        "directory", "encrypted", "compressed", "guessed", "midstream", "delete-on-close", "overwritten", "created", "duplicate", "signed",
        "path-cut", "user-inferred", "unfinished", "gap", "snapshot", "reconnected", "silly-rename", "replaced"};

    private FileCorpus() {
    }

    /** The file accesses of a capture, in the order in which they were told. */
    public static List<String> lines(final Path file, final BiFunction<RecordRing, Counters, ProtocolAnalyzer> analyzer) {
        final List<String> lines = new ArrayList<>();
        read(file, analyzer, frame -> true, access -> lines.add(line(access)));
        return lines;
    }

    /** Which frames are to be seen. */
    public interface Selection {
        boolean includes(int number);
    }

    /** Runs a capture, or the frames of it that are selected, and hands over each file access; answers what was counted. */
    public static Counters read(
        final Path file, final BiFunction<RecordRing, Counters, ProtocolAnalyzer> analyzer, final Selection selection,
        final Consumer<FileAccess> consumer) {
        final RecordRing ring = new RecordRing(RING_CAPACITY, () -> false);
        final Counters counters = new Telemetry().register(Counter.Scope.QUEUE, "test");
        final FlowConfig standard = FlowConfig.DEFAULT;
        final FlowConfig config = new FlowConfig(20_000, standard.tcp(), standard.udp(), standard.icmp(), standard.other(),
            standard.tcpMemory(), standard.keyVlan(), standard.keyTunnel(), standard.nestingLimit(), standard.fragmentTable());
        final FlowMeter meter = new FlowMeter(config, TcpConfig.DEFAULT, 1, ring, counters,
            DpiDispatcher.of(DpiConfig.DEFAULT, List.of(analyzer.apply(ring, counters)), counters));
        final PacketHandler selecting = new PacketHandler() {
            private int number;

            @Override
            public void onPacket(final CapturedFrame frame) {
                if (selection.includes(number++)) {
                    meter.onPacket(frame);
                }
            }

            @Override
            public int onTime(final long nowNs) {
                return meter.onTime(nowNs);
            }

            @Override
            public void onClose() {
                meter.onClose();
            }
        };
        try (PacketSource source = PacketSources.file(file, "", counters)) {
            while (!source.isFinished()) {
                source.poll(selecting);
                drain(ring, consumer);
            }
        }
        meter.onClose();
        drain(ring, consumer);
        return counters;
    }

    private static void drain(final RecordRing ring, final Consumer<FileAccess> consumer) {
        final FileAccess access = new FileAccess();
        ring.drain((type, buffer, index, length) -> {
            if (type == RecordRing.FILE_ACCESS || type == RecordRing.USER_SESSION) {
                consumer.accept(access.wrap(buffer, index));
            }
        }, Integer.MAX_VALUE);
    }

    /** One record for a person to read; parts that say nothing are left out. */
    public static String line(final FileAccess access) {
        final StringJoiner line = new StringJoiner(" ");
        line.add(address(access, access.clientAddressOffset()) + "," + access.clientPort());
        line.add(address(access, access.serverAddressOffset()) + "," + access.serverPort());
        line.add(FileProtocol.of(access.protocol()).text());
        line.add(FileOperation.of(access.operation()).text());
        line.add(result(access));
        line.add(access.text(Name.DOMAIN) + "\\" + access.text(Name.USER) + "@" + access.text(Name.WORKSTATION)
            + "(" + FileAuthentication.of(access.authentication()).text() + ")");
        line.add("share=[" + access.text(Name.SHARE) + "]");
        line.add("path=[" + shortened(access.text(Name.PATH)) + "]");
        if (access.textLength(Name.SECOND_PATH) > 0) {
            line.add("to=[" + shortened(access.text(Name.SECOND_PATH)) + "]");
        }
        if (access.readOperations() > 0) {
            line.add("read=" + access.readOctets() + "/" + access.readOperations());
        }
        if (access.writeOperations() > 0) {
            line.add("written=" + access.writeOctets() + "/" + access.writeOperations());
        }
        if (access.sizeAtOpen() >= 0 || access.sizeAtClose() >= 0) {
            line.add("size=" + access.sizeAtOpen() + "/" + access.sizeAtClose());
        }
        for (int bit = 0; bit < FLAGS.length; bit++) {
            if (access.hasFlag(1 << bit)) {
                line.add(FLAGS[bit]);
            }
        }
        return line.toString();
    }

    private static String shortened(final String path) {
        return path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "...(" + path.length() + ")";
    }

    private static String result(final FileAccess access) {
        final FileResult result = FileResult.of(access.result());
        return access.status() == 0 ? result.text() : result.text() + "(" + Integer.toHexString(access.status()) + ")";
    }

    private static String address(final FileAccess access, final int offset) {
        final DirectBuffer buffer = access.buffer();
        final byte[] octets = new byte[access.ipVersion() == 4 ? 4 : 16];
        buffer.getBytes(offset, octets);
        try {
            return InetAddress.getByAddress(octets).getHostAddress();
        } catch (final UnknownHostException exception) {
            throw new AssertionError(exception);
        }
    }
}
