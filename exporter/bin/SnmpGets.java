import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Asks the SNMP agent of a replay for one counter so many times a second, from when its capture thread begins until it and the export
 * thread end, and prints what CPU those two have had. For the benchmark. Arguments: process, port, community, GETs a second (0 for none).
 */
final class SnmpGets {
    private static final int SLOT_MS = 5;
    private static final int[] FRAMES_CAPTURED = {6, 1, 4, 1, 0x81, 0xFD, 0x59, 1, 1, 2, 1, 6, 1};
    private static final int REQUEST_ID_LENGTH = 4;

    private final Path tasks;
    private final Map<Path, Long> cpuNs = new HashMap<>();
    private final ByteBuffer answer = ByteBuffer.allocate(1_500);
    private long sent;
    private long answered;

    private SnmpGets(final String process) {
        tasks = Path.of("/proc", process, "task");
    }

    public static void main(final String[] args) throws IOException {
        new SnmpGets(args[0]).run(Integer.parseInt(args[1]), args[2], Integer.parseInt(args[3]));
    }

    private void run(final int port, final String community, final int rate) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.configureBlocking(false);
            final long startNs = System.nanoTime();
            long workBeganNs = 0;
            for (boolean isWorking = false; !isWorking || sample(); isWorking |= !cpuNs.isEmpty()) {
                sample();
                workBeganNs = workBeganNs == 0 && !cpuNs.isEmpty() ? System.nanoTime() : workBeganNs;
                ask(channel, community, workBeganNs == 0 ? 0 : (System.nanoTime() - workBeganNs) * rate / 1_000_000_000L);
                LockSupport.parkNanos(SLOT_MS * 1_000_000L);
                if (System.nanoTime() - startNs > 300_000_000_000L) {
                    throw new IOException("the replay does not end");
                }
            }
            final double seconds = (System.nanoTime() - workBeganNs) / 1e9;
            System.out.printf(Locale.ROOT, "%.3f CPU s of capture and export, %.2f s, %.0f GETs a second, %d of %d answered%n",
                cpuNs.values().stream().mapToLong(Long::longValue).sum() / 1e9, seconds, sent / seconds, answered, sent);
        }
    }

    /** Takes the CPU time of the threads of the packet path; false when none of them is left. */
    private boolean sample() throws IOException {
        boolean isAny = false;
        try (Stream<Path> all = Files.list(tasks)) {
            for (final Path task : all.toList()) {
                isAny |= sample(task);
            }
        }
        return isAny;
    }

    private boolean sample(final Path task) throws IOException {
        try {
            final String name = Files.readString(task.resolve("comm")).strip();
            if (!name.startsWith("capture") && !name.equals("export")) {
                return false;
            }
            cpuNs.put(task, Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[0]));
            return true;
        } catch (final NoSuchFileException ended) {
            return false;
        } catch (final IOException ended) {
            return false; // while its files are open
        }
    }

    private void ask(final DatagramChannel channel, final String community, final long due) throws IOException {
        for (; sent < due; sent++) {
            channel.write(ByteBuffer.wrap(request(community, (int) sent)));
            drain(channel);
        }
        drain(channel);
    }

    private void drain(final DatagramChannel channel) throws IOException {
        for (answer.clear(); channel.read(answer) > 0; answer.clear()) {
            answered++;
        }
    }

    /** A GET of version 2c: SEQUENCE { 1, community, [0] { request id, 0, 0, SEQUENCE { SEQUENCE { name, NULL } } } }. */
    private static byte[] request(final String community, final int id) {
        final ByteArrayOutputStream name = new ByteArrayOutputStream();
        name.write(0x2B); // 1.3
        for (final int octet : FRAMES_CAPTURED) {
            name.write(octet);
        }
        final byte[] bindings = tagged(0x30, tagged(0x30, tagged(0x06, name.toByteArray()), tagged(0x05)));
        final byte[] number = ByteBuffer.allocate(REQUEST_ID_LENGTH).putInt(id & 0x7FFF_FFFF).array();
        return tagged(0x30, tagged(0x02, new byte[] {1}), tagged(0x04, community.getBytes(StandardCharsets.UTF_8)),
            tagged(0xA0, tagged(0x02, number), tagged(0x02, new byte[] {0}), tagged(0x02, new byte[] {0}), bindings));
    }

    private static byte[] tagged(final int tag, final byte[]... parts) {
        final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        octets.write(tag);
        octets.write(List.of(parts).stream().mapToInt(part -> part.length).sum());
        for (final byte[] part : parts) {
            octets.writeBytes(part);
        }
        return octets.toByteArray();
    }
}
