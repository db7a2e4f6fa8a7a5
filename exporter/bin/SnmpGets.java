import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Asks the SNMP agent of a replay for one counter so many times a second, from when its capture thread begins until it and the export
 * thread end, and prints what CPU those two have had, and what the agent's thread. For the benchmark, whose two cores it shares: so it
 * sends one datagram again and again, looks for answers once a slot, and keeps the files open that it reads. Arguments: process, port,
 * community, GETs a second (0 for none).
 */
final class SnmpGets {
    /** What the system calls the thread that answers: by its name, or by what it was before it was named, when that came too late. */
    private static final Set<String> AGENT = Set.of("snmp", "DefaultUDPTrans");
    private static final int SLOT_MS = 5;
    private static final int SLOTS_BETWEEN_LOOKS = 10;
    private static final int[] FRAMES_CAPTURED = {6, 1, 4, 1, 0x81, 0xFD, 0x59, 1, 1, 2, 1, 6, 1};
    private static final int REQUEST_ID_LENGTH = 4;
    private static final long MOST_WAIT_NS = 300_000_000_000L;

    private final Path tasks;
    private final Set<Path> known = new HashSet<>();
    /** CPU time so far of the threads that are measured, and the files that say it, until the thread has ended. */
    private final Map<String, Long> cpuNs = new HashMap<>();
    private final Map<String, RandomAccessFile> schedule = new HashMap<>();
    private final byte[] line = new byte[100];
    private final ByteBuffer request;
    private final int requestIdOffset;
    private final ByteBuffer answer = ByteBuffer.allocateDirect(1_500);
    private long sent;
    private long answered;

    private SnmpGets(final String process, final String community) {
        tasks = Path.of("/proc", process, "task");
        final byte[] octets = request(community);
        request = ByteBuffer.allocateDirect(octets.length).put(octets);
        // 30 n 02 01 01 04 n community A0 n 02 04, then the number
        requestIdOffset = 7 + community.length() + 4;
    }

    public static void main(final String[] args) throws IOException {
        new SnmpGets(args[0], args[2]).run(Integer.parseInt(args[1]), Integer.parseInt(args[3]));
    }

    private void run(final int port, final int rate) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.configureBlocking(false);
            final long startNs = System.nanoTime();
            while (!isWorking()) {
                look();
                waitForNextSlot(startNs);
            }
            final long workBeganNs = System.nanoTime();
            for (int slot = 0; isWorking(); slot++) {
                if (slot % SLOTS_BETWEEN_LOOKS == 0) {
                    look();
                }
                sample();
                ask(channel, (System.nanoTime() - workBeganNs) * rate / 1_000_000_000L);
                waitForNextSlot(startNs);
            }
            report((System.nanoTime() - workBeganNs) / 1e9);
        }
    }

    private static void waitForNextSlot(final long startNs) throws IOException {
        LockSupport.parkNanos(SLOT_MS * 1_000_000L);
        if (System.nanoTime() - startNs > MOST_WAIT_NS) {
            throw new IOException("the replay does not end");
        }
    }

    private void report(final double seconds) {
        final long pathNs = sum(SnmpGets::isOfPacketPath);
        final long agentNs = sum(AGENT::contains);
        System.out.printf(Locale.ROOT, "%.3f CPU s of capture and export, %.2f s, %.0f GETs a second, %d of %d answered, %.1f us of the agent each%n",
            pathNs / 1e9, seconds, sent / seconds, answered, sent, answered == 0 ? 0 : agentNs / 1e3 / answered);
    }

    private long sum(final Predicate<String> threads) {
        return cpuNs.entrySet().stream().filter(thread -> threads.test(thread.getKey())).mapToLong(Map.Entry::getValue).sum();
    }

    private static boolean isOfPacketPath(final String thread) {
        return thread.startsWith("capture") || thread.equals("export");
    }

    /** Whether a thread of the packet path is there that has not ended. */
    private boolean isWorking() {
        return schedule.keySet().stream().anyMatch(SnmpGets::isOfPacketPath);
    }

    /** Looks for threads that have begun. A thread gets its name after it has begun, so those of other names are looked at again. */
    private void look() throws IOException {
        try (Stream<Path> all = Files.list(tasks)) {
            for (final Path task : all.filter(task -> !known.contains(task)).toList()) {
                final String name = Files.readString(task.resolve("comm")).strip();
                if (isOfPacketPath(name) || AGENT.contains(name)) {
                    known.add(task);
                    schedule.put(name, new RandomAccessFile(task.resolve("schedstat").toFile(), "r"));
                }
            }
        } catch (final NoSuchFileException ended) {
            if (!Files.exists(tasks)) {
                throw new IOException("the replay has ended, not stayed", ended);
            }
        }
    }

    private void sample() throws IOException {
        for (final String name : List.copyOf(schedule.keySet())) {
            final RandomAccessFile file = schedule.get(name);
            try {
                file.seek(0);
                final int length = file.read(line);
                cpuNs.put(name, Long.parseLong(new String(line, 0, length, StandardCharsets.US_ASCII).split(" ")[0]));
            } catch (final IOException ended) {
                file.close();
                schedule.remove(name);
            }
        }
    }

    private void ask(final DatagramChannel channel, final long due) throws IOException {
        for (; sent < due; sent++) {
            request.clear();
            request.putInt(requestIdOffset, (int) sent & 0x7FFF_FFFF);
            channel.write(request);
        }
        for (answer.clear(); channel.read(answer) > 0; answer.clear()) {
            answered++;
        }
    }

    /** A GET of version 2c: SEQUENCE { 1, community, [0] { request id, 0, 0, SEQUENCE { SEQUENCE { name, NULL } } } }. */
    private static byte[] request(final String community) {
        final ByteArrayOutputStream name = new ByteArrayOutputStream();
        name.write(0x2B); // 1.3
        for (final int octet : FRAMES_CAPTURED) {
            name.write(octet);
        }
        final byte[] bindings = tagged(0x30, tagged(0x30, tagged(0x06, name.toByteArray()), tagged(0x05)));
        final byte[] pdu = tagged(0xA0, tagged(0x02, new byte[REQUEST_ID_LENGTH]), tagged(0x02, new byte[1]), tagged(0x02, new byte[1]), bindings);
        return tagged(0x30, tagged(0x02, new byte[] {1}), tagged(0x04, community.getBytes(StandardCharsets.UTF_8)), pdu);
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
