package net.flowsonde.collector.generate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static net.flowsonde.collector.generate.SyntheticFlow.CLIENT;
import static net.flowsonde.collector.generate.SyntheticFlow.SERVER;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import net.flowsonde.collector.generate.OrdinaryLookups.Question;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the DNS look-ups of one client: ordinary ones, or a tunnel as iodine makes it, for detectors to tell apart. */
@Command(
    name = "generate-lookups", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Writes DNS look-ups of one client as a pcap file: of ordinary names, or of a tunnel through names.")
public final class Lookups implements Callable<Integer> {
    private static final int UDP_HEADER_LENGTH = 8;
    private static final int HEADER_LENGTH = 12;
    private static final int DNS_PORT = 53;
    private static final int TYPE_NULL = 10;
    private static final int CLASS_IN = 1;
    private static final int QUERY = 0x0100;
    private static final int ANSWER = 0x8180;
    private static final int NO_SUCH_NAME = 3;
    private static final int ROUND_TRIP_US = 8_000;
    private static final int MICROSECONDS = 1_000_000;
    private static final int LONGEST_LABEL = 57;
    private static final int MOST_LABELS = 3;
    private static final int SHORTEST_ANSWER = 40;
    private static final int LONGEST_ANSWER = 600;
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz012345";
    /** How iodine's data and ping queries begin. */
    private static final String PING = "p";
    private static final int PING_PERCENT = 20;

    @Option(names = "--count", paramLabel = "N", defaultValue = "1000", description = "Look-ups (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--tunnel", paramLabel = "DOMAIN", description = "Carry data in names under this domain, instead of asking for ordinary names.")
    private String tunnel;

    @Option(names = "--names", paramLabel = "FILE", description = {"Ask for the hosts of a list, one a line, and once for what goes with them:",
        "hosts beside them, of content networks and clouds, mail, services, reverse look-ups."})
    private Path list;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "20", description = "Look-ups a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "" + TrafficOptions.DEFAULT_SEED,
        description = "The same seed gives the same file (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "The pcap file.")
    private Path output;

    private final SyntheticFlow flow = new SyntheticFlow();
    private Randomness random;
    private HostNames names;
    private byte[] block;
    private int position;

    private Lookups() {
    }

    public static void main(final String[] args) {
        System.exit(new CommandLine(new Lookups()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        random = new Randomness(seed);
        names = new HostNames(random);
        final List<Question> questions = list == null ? some() : OrdinaryLookups.of(hosts(), random);
        long timeUs = TrafficOptions.DEFAULT_START_SECONDS * (long) MICROSECONDS;
        try (FrameWriter frames = new FrameWriter(Files.newOutputStream(output))) {
            for (final Question question : questions) {
                lookUp(frames, question, timeUs);
                timeUs += MICROSECONDS / rate;
            }
        }
        return CommandLine.ExitCode.OK;
    }

    /** As many as wanted, of names that are made. */
    private List<Question> some() {
        final int type = tunnel == null ? OrdinaryLookups.A : TYPE_NULL;
        return IntStream.range(0, count).mapToObj(index -> new Question(tunnel == null ? names.name(index) : dataName(), type, true)).toList();
    }

    private List<String> hosts() throws IOException {
        return Files.readAllLines(list).stream().filter(line -> !line.startsWith("#")).toList();
    }

    private void lookUp(final FrameWriter frames, final Question question, final long timeUs) throws IOException {
        flow.open(FlowKind.DNS, 2);
        flow.protocol = SyntheticFlow.PROTOCOL_UDP;
        flow.identifier = random.below(1 << 16);
        flow.ports[CLIENT] = 1_024 + random.below(60_000);
        flow.ports[SERVER] = DNS_PORT;
        AddressBlock.CLIENT.write(flow.addresses[CLIENT], 0, false, 7);
        AddressBlock.RESOLVER.write(flow.addresses[SERVER], 0, false, 0);
        send(frames, question, CLIENT, timeUs);
        send(frames, question, SERVER, timeUs + ROUND_TRIP_US);
    }

    private String dataName() {
        final StringBuilder name = new StringBuilder();
        final boolean isPing = random.chance(PING_PERCENT);
        final int labels = isPing ? 1 : 1 + random.below(MOST_LABELS);
        for (int label = 0; label < labels; label++) {
            name.append(label == 0 && isPing ? PING : "");
            final int length = isPing ? 7 : LONGEST_LABEL;
            for (int i = 0; i < length; i++) {
                name.append(BASE32.charAt(random.below(BASE32.length())));
            }
            name.append('.');
        }
        return name.append(tunnel).toString();
    }

    private void send(final FrameWriter frames, final Question question, final int from, final long timeUs) throws IOException {
        final int start = frames.begin(flow);
        block = frames.block();
        position = start + UDP_HEADER_LENGTH;
        writeMessage(question, from == SERVER);
        Octets.putShort(block, start, flow.ports[from]);
        Octets.putShort(block, start + 2, flow.ports[1 - from]);
        Octets.putShort(block, start + 4, position - start);
        frames.finish(flow, from, position - start, FrameWriter.UDP_CHECKSUM_OFFSET, timeUs);
    }

    private void writeMessage(final Question question, final boolean isAnswer) {
        final boolean hasRecord = isAnswer && question.exists() && (question.type() == OrdinaryLookups.A || question.type() == TYPE_NULL);
        writeShorts(flow.identifier, isAnswer ? ANSWER | (question.exists() ? 0 : NO_SUCH_NAME) : QUERY, 1, hasRecord ? 1 : 0, 0, 0);
        for (final String label : question.name().split("\\.")) {
            block[position++] = (byte) label.length();
            System.arraycopy(label.getBytes(US_ASCII), 0, block, position, label.length());
            position += label.length();
        }
        block[position++] = 0;
        writeShorts(question.type(), CLASS_IN);
        if (hasRecord) {
            writeAnswer(question.type());
        }
    }

    private void writeAnswer(final int type) {
        final int length = type == OrdinaryLookups.A ? Integer.BYTES : SHORTEST_ANSWER + random.below(LONGEST_ANSWER - SHORTEST_ANSWER);
        writeShorts(0xC000 | HEADER_LENGTH, type, CLASS_IN, 0, type == OrdinaryLookups.A ? 300 : 0, length);
        for (int i = 0; i < length; i++) {
            block[position++] = (byte) random.nextLong();
        }
        if (type == OrdinaryLookups.A) {
            AddressBlock.SERVER.write(block, position - length, false, random.below(1 << 16));
        }
    }

    private void writeShorts(final int... values) {
        for (final int value : values) {
            Octets.putShort(block, position, value);
            position += Short.BYTES;
        }
    }
}
