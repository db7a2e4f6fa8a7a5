package net.flowsonde.capture;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import net.flowsonde.capture.FrameCollector.Seen;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CaptureFileTest {
    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;
    private static final byte[] DATA = {1, 2, 3, 4, 5};

    @TempDir
    private Path directory;
    private final Counters counters = new Telemetry().register(Counter.Scope.QUEUE, "file");
    private final FrameCollector collector = new FrameCollector();

    private String read(final byte... file) {
        return read("", file);
    }

    /** Reads all frames and answers the problem, or null. */
    private String read(final String filter, final byte... file) {
        try {
            final PacketSource source = PacketSources.file(Files.write(directory.resolve("test.pcap"), file), filter, counters);
            final CaptureAgent agent = new CaptureAgent("test.pcap", source, collector);
            agent.run();
            assertThat(agent.failure()).isEmpty();
            assertThat(collector.isClosed).isTrue();
            return agent.problem().orElse(null);
        } catch (final IOException exception) {
            throw new AssertionError(exception);
        }
    }

    private static ByteOrder order(final String name) {
        return name.equals("big") ? BIG_ENDIAN : LITTLE_ENDIAN;
    }

    private long count(final Counter counter) {
        return counters.value(counter);
    }

    @ParameterizedTest
    @CsvSource({"big, a1b2c3d4, 1500000000000007000", "little, a1b2c3d4, 1500000000000007000",
        "big, a1b23c4d, 1500000000000000007", "little, a1b23c4d, 1500000000000000007"})
    void shouldReadClassicFile(final String order, final String magic, final long stamp) {
        final byte[] file = new CaptureBytes(order(order)).classicHeader(Integer.parseUnsignedInt(magic, 16), 1)
            .classicPacket(1_500_000_000, 7, 60, DATA)
            .classicPacket(1_500_000_001, 0, 5, DATA)
            .toArray();
        assertThat(read(file)).isNull();
        assertThat(collector.frames).startsWith(new Seen(stamp, 1, 60, false, "0102030405"))
            .endsWith(new Seen(1_500_000_001_000_000_000L, 1, 5, false, "0102030405")).hasSize(2);
        assertThat(collector.times).last().isEqualTo(1_500_000_001_000_000_000L);
        assertThat(count(Counter.FRAMES_CAPTURED)).isEqualTo(2);
        assertThat(count(Counter.OCTETS_CAPTURED)).isEqualTo(65);
        assertThat(count(Counter.FRAMES_TRUNCATED)).isEqualTo(1);
    }

    @Test
    void shouldReadStampsAfter2038AsUnsigned() {
        read(new CaptureBytes(LITTLE_ENDIAN).classicHeader(MICROSECONDS, 1).classicPacket(0xF0000000, 999_999, 5, DATA).toArray());
        assertThat(collector.frames.get(0).timestampNs()).isEqualTo(0xF0000000L * 1_000_000_000L + 999_999_000L);
    }

    @Test
    void shouldMaskTheUpperHalfOfTheLinkType() {
        read(new CaptureBytes(BIG_ENDIAN).classicHeader(MICROSECONDS, 0x54000071).classicPacket(1, 2, 5, DATA).toArray());
        assertThat(collector.frames.get(0).linkType()).isEqualTo(LinkTypes.LINUX_SLL);
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 14, 101})
    void shouldTakeEveryRawIpForRawIp(final int linkType) {
        read(new CaptureBytes(BIG_ENDIAN).classicHeader(MICROSECONDS, linkType).classicPacket(1, 2, 5, DATA).toArray());
        assertThat(collector.frames.get(0).linkType()).isEqualTo(LinkTypes.RAW_IP);
    }

    @Test
    void shouldSkipTheLongerHeaderOfTheModifiedForm() {
        final byte[] file = new CaptureBytes(LITTLE_ENDIAN).classicHeader(0xa1b2cd34, 1)
            .int32(1).int32(2).int32(5).int32(9).int32(3).int16(8).int16(4).bytes(DATA).toArray();
        assertThat(read(file)).isNull();
        assertThat(collector.frames).containsExactly(new Seen(1_000_002_000L, 1, 9, false, "0102030405"));
    }

    @Test
    void shouldExchangeTheLengthsOfOldFiles() {
        final byte[] file = new CaptureBytes(BIG_ENDIAN).int32(MICROSECONDS).int16(2).int16(3).int32(0).int32(0).int32(96).int32(1)
            .int32(1).int32(2).int32(1_500).int32(5).bytes(DATA).toArray();
        assertThat(read(file)).isNull();
        assertThat(collector.frames).containsExactly(new Seen(1_000_002_000L, 1, 1_500, false, "0102030405"));
    }

    @Test
    void shouldKeepWhatCameBeforeACutPacket() {
        final byte[] whole = new CaptureBytes(LITTLE_ENDIAN).classicHeader(NANOSECONDS, 1)
            .classicPacket(1, 0, 5, DATA).classicPacket(2, 0, 5, DATA).toArray();
        assertThat(read(Arrays.copyOf(whole, whole.length - 1)))
            .isEqualTo(directory + "/test.pcap: cut short: it ends inside a packet of 5 octets after 1 frames (offset 45)");
        assertThat(collector.frames).hasSize(1);
    }

    @Test
    void shouldSayThatAPacketHeaderIsCut() {
        final byte[] whole = new CaptureBytes(LITTLE_ENDIAN).classicHeader(NANOSECONDS, 1).classicPacket(1, 0, 5, DATA).toArray();
        assertThat(read(Arrays.copyOf(whole, 30))).endsWith("cut short: it ends inside a packet header after 0 frames (offset 24)");
    }

    @ParameterizedTest
    @ValueSource(ints = {(1 << 20) + 1, Integer.MAX_VALUE, -1})
    void shouldStopAtAFrameLengthBeyondBelief(final int length) {
        final byte[] file = new CaptureBytes(LITTLE_ENDIAN).classicHeader(NANOSECONDS, 1)
            .classicPacket(1, 0, 5, DATA).int32(2).int32(0).int32(length).int32(length).bytes(new byte[100]).toArray();
        assertThat(read(file)).endsWith("corrupt after 1 frames at offset 45: a frame of " + (length & 0xFFFFFFFFL) + " octets");
        assertThat(collector.frames).hasSize(1);
    }

    @Test
    void shouldReadFramesOfBigTcp() {
        final byte[] frame = new byte[524_288];
        frame[frame.length - 1] = 9;
        final CaptureBytes file = new CaptureBytes(LITTLE_ENDIAN).classicHeader(NANOSECONDS, 1);
        for (int i = 0; i < 9; i++) {
            file.classicPacket(i, 0, frame.length, frame);
        }
        assertThat(read(file.toArray())).isNull();
        assertThat(collector.frames).hasSize(9).allMatch(seen -> seen.data().length() == 2 * frame.length && seen.data().endsWith("09"));
    }

    @Test
    void shouldReadAcrossBlocks() {
        final CaptureBytes file = new CaptureBytes(BIG_ENDIAN).classicHeader(NANOSECONDS, 1);
        for (int i = 0; i < 3_000; i++) {
            final byte[] frame = new byte[1_000 + i % 7];
            Arrays.fill(frame, (byte) i);
            file.classicPacket(i, i, frame.length, frame);
        }
        assertThat(read(file.toArray())).isNull();
        assertThat(collector.frames).hasSize(3_000);
        for (int i = 0; i < 3_000; i++) {
            assertThat(collector.frames.get(i)).isEqualTo(
                new Seen(i * 1_000_000_001L, 1, 1_000 + i % 7, false, String.format("%02x", i & 0xFF).repeat(1_000 + i % 7)));
        }
    }

    @Test
    void shouldAcceptAFileWithoutPackets() {
        assertThat(read(new CaptureBytes(BIG_ENDIAN).classicHeader(NANOSECONDS, 1).toArray())).isNull();
        assertThat(collector.frames).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"big", "little"})
    void shouldReadEveryPacketBlockOfPcapng(final String order) {
        final byte[] file = new CaptureBytes(order(order)).section().networkInterface(1, 4)
            .enhancedPacket(0, 1_500_000_000_000_001L, 60, DATA)
            .block(0x0BAD, new CaptureBytes(LITTLE_ENDIAN).bytes(new byte[100]))
            .outboundPacket(0, 1_500_000_000_000_002L, DATA)
            .obsoletePacket(0, 1_500_000_000_000_003L, 61, DATA)
            .simplePacket(99, (byte) 1, (byte) 2, (byte) 3, (byte) 4)
            .simplePacket(3, (byte) 1, (byte) 2, (byte) 3)
            .toArray();
        assertThat(read(file)).isNull();
        assertThat(collector.frames).containsExactly(
            new Seen(1_500_000_000_000_001_000L, 1, 60, false, "0102030405"),
            new Seen(1_500_000_000_000_002_000L, 1, 5, true, "0102030405"),
            new Seen(1_500_000_000_000_003_000L, 1, 61, false, "0102030405"),
            new Seen(1_500_000_000_000_003_000L, 1, 99, false, "01020304"),
            new Seen(1_500_000_000_000_003_000L, 1, 3, false, "010203"));
    }

    @Test
    void shouldReadSectionsOfBothByteOrdersWithInterfacesOfTheirOwn() {
        final CaptureBytes big = new CaptureBytes(BIG_ENDIAN).section().networkInterface(113, 0).networkInterface(101, 9, 0)
            .enhancedPacket(1, 7, 5, DATA).enhancedPacket(0, 8, 5, DATA);
        final byte[] file = new CaptureBytes(LITTLE_ENDIAN).section().networkInterface(1, 0).enhancedPacket(0, 6, 5, DATA)
            .bytes(big.toArray()).toArray();
        assertThat(read(file)).isNull();
        assertThat(collector.frames).containsExactly(new Seen(6_000, 1, 5, false, "0102030405"),
            new Seen(7, 101, 5, false, "0102030405"), new Seen(8_000, 113, 5, false, "0102030405"));
    }

    @ParameterizedTest
    @CsvSource({
        "3, 0, 1500, 1500000000", "0, 0, 15, 15000000000", "12, 0, 1500, 1", "30, 0, 1500, 0", "9, 100, 7, 100000000007",
        "6, -1, 2000003, 1000003000", "0x81, 0, 3, 1500000000", "0xa0, 0, 0x180000000, 1500000000", "0xbf, 0, 0x4000000000000000, 500000000",
        "0xff, 0, 5, 0", "0xc0, 0, -1, 999999999", "0x80, 0, 4, 4000000000"})
    void shouldConvertStampsOfEveryResolution(final String resolution, final long offset, final String ticks, final long expected) {
        final PcapngInterface converted = new PcapngInterface(1, 0, Integer.decode(resolution), offset);
        assertThat(converted.nanoseconds(Long.decode(ticks))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0x7fffffffffffffff", "6, 0, -1", "6, -9, 1000000", "9, 0x7fffffffffffffff, 1", "0x80, 0, -1", "9, 9000000000, 9000000000000000000"})
    void shouldRefuseStampsThatAreNoDate(final String resolution, final String offset, final String ticks) {
        final PcapngInterface converted = new PcapngInterface(1, 0, Integer.decode(resolution), Long.decode(offset));
        assertThat(converted.nanoseconds(Long.decode(ticks))).isEqualTo(PcapngInterface.INVALID);
    }

    @Test
    void shouldNotLetAnImpossibleStampMoveTheClock() {
        final byte[] file = new CaptureBytes(BIG_ENDIAN).section().networkInterface(1, 0)
            .enhancedPacket(0, 5, 5, DATA).enhancedPacket(0, -1, 5, DATA).toArray();
        assertThat(read(file)).isNull();
        assertThat(collector.frames).extracting(Seen::timestampNs).containsExactly(5_000L, 5_000L);
    }

    @Test
    void shouldStopAtAnUndescribedInterface() {
        final byte[] file = new CaptureBytes(BIG_ENDIAN).section().networkInterface(1, 0).enhancedPacket(1, 5, 5, DATA).toArray();
        assertThat(read(file)).endsWith("a packet of interface 1, which is not described");
    }

    @Test
    void shouldForgetInterfacesInANewSection() {
        final byte[] file = new CaptureBytes(BIG_ENDIAN).section().networkInterface(1, 0).section().enhancedPacket(0, 5, 5, DATA).toArray();
        assertThat(read(file)).endsWith("a packet of interface 0, which is not described");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11, 13, -4})
    void shouldStopAtAnImpossibleBlockLength(final int length) {
        final byte[] file = new CaptureBytes(LITTLE_ENDIAN).section().int32(99).int32(length).int32(0).int32(0).toArray();
        assertThat(read(file)).endsWith("a block of " + (length & 0xFFFFFFFFL) + " octets");
    }

    @Test
    void shouldStopWhereTheTwoLengthsOfABlockDiffer() {
        final byte[] file = new CaptureBytes(LITTLE_ENDIAN).section().networkInterface(1, 0).enhancedPacket(0, 5, 5, DATA).toArray();
        file[file.length - 4]++;
        assertThat(read(file)).contains("that says 41 at its end");
    }

    @Test
    void shouldSkipBlocksLargerThanItsBuffer() {
        final byte[] file = new CaptureBytes(LITTLE_ENDIAN).section().networkInterface(1, 0)
            .block(4, new CaptureBytes(LITTLE_ENDIAN).bytes(new byte[5 << 20])).enhancedPacket(0, 5, 5, DATA).toArray();
        assertThat(read(file)).isNull();
        assertThat(collector.frames).hasSize(1);
    }

    @Test
    void shouldSayThatASkippedBlockIsCut() {
        final byte[] file = new CaptureBytes(LITTLE_ENDIAN).section().int32(4).int32(1 << 30).int32(0).toArray();
        assertThat(read(file)).contains("cut short");
    }

    @Test
    void shouldFilterWithLibpcap() {
        final byte[] http = ipv4Tcp(80);
        final byte[] https = ipv4Tcp(443);
        final byte[] file = new CaptureBytes(LITTLE_ENDIAN).classicHeader(MICROSECONDS, 101)
            .classicPacket(1, 0, http.length, http).classicPacket(2, 0, https.length, https).classicPacket(3, 0, http.length, http)
            .toArray();
        assertThat(read("tcp port 443", file)).isNull();
        assertThat(collector.frames).extracting(Seen::timestampNs).containsExactly(2_000_000_000L);
        assertThat(collector.times).last().isEqualTo(3_000_000_000L);
        assertThat(count(Counter.FRAMES_FILTERED)).isEqualTo(2);
        assertThat(count(Counter.FRAMES_CAPTURED)).isEqualTo(1);
    }

    @Test
    void shouldFilterEachLinkTypeInItsOwnWay() {
        final byte[] packet = ipv4Tcp(443);
        final byte[] ethernet = new byte[14 + packet.length];
        ethernet[12] = 8;
        System.arraycopy(packet, 0, ethernet, 14, packet.length);
        final byte[] file = new CaptureBytes(LITTLE_ENDIAN).section().networkInterface(101, 0).networkInterface(1, 0)
            .enhancedPacket(0, 1, packet.length, packet).enhancedPacket(1, 2, ethernet.length, ethernet)
            .enhancedPacket(1, 3, packet.length, packet).toArray();
        assertThat(read("tcp port 443", file)).isNull();
        assertThat(collector.frames).extracting(Seen::timestampNs).containsExactly(1_000L, 2_000L);
    }

    private static byte[] ipv4Tcp(final int port) {
        final byte[] packet = new byte[40];
        packet[0] = 0x45;
        packet[3] = 40;
        packet[9] = 6;
        packet[22] = (byte) (port >> 8);
        packet[23] = (byte) port;
        return packet;
    }

    @Test
    void shouldGiveLibpcapsWordOnABadFilter() {
        final byte[] file = new CaptureBytes(LITTLE_ENDIAN).classicHeader(MICROSECONDS, 1).toArray();
        assertThatThrownBy(() -> read("tcp prt 80", file)).isInstanceOf(CaptureException.class)
            .hasMessageContaining("filter \"tcp prt 80\": ").hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource({"1f8b0800, gzip -dc", "28b52ffd, zstd -dc", "fd377a58, xz -dc", "425a6839, bzip2 -dc", "00000000, neither pcap nor pcapng: it begins with 0x00000000"})
    void shouldSayWhatAFileIsThatIsNoCapture(final String magic, final String expected) {
        final byte[] file = new CaptureBytes(BIG_ENDIAN).int32(Integer.parseUnsignedInt(magic, 16)).bytes(new byte[60]).toArray();
        assertThatThrownBy(() -> read(file)).isInstanceOf(CaptureException.class).hasMessageContaining(expected);
    }

    @Test
    void shouldSayThatAFileIsEmptyCutMissingOrADirectory() {
        assertThatThrownBy(() -> read(new byte[0])).hasMessageEndingWith("test.pcap: the file is empty");
        assertThatThrownBy(() -> read((byte) 1)).hasMessageEndingWith("test.pcap: cut short inside the file header");
        final byte[] header = Arrays.copyOf(new CaptureBytes(BIG_ENDIAN).classicHeader(MICROSECONDS, 1).toArray(), 23);
        assertThatThrownBy(() -> read(header)).hasMessageEndingWith("test.pcap: cut short inside the file header");
        assertThatThrownBy(() -> PacketSources.file(directory, "", counters)).hasMessageEndingWith("is a directory, not a capture file");
        assertThatThrownBy(() -> PacketSources.file(directory.resolve("absent"), "", counters)).hasMessageEndingWith("absent: no such file");
    }

    @Test
    void shouldReadAPipeThatComesInPieces() {
        final byte[] file = new CaptureBytes(LITTLE_ENDIAN).classicHeader(NANOSECONDS, 1)
            .classicPacket(1, 0, 5, DATA).classicPacket(2, 0, 5, DATA).toArray();
        final FileBlocks blocks = new FileBlocks(new java.nio.channels.ReadableByteChannel() {
            private int turn;

            @Override
            public int read(final java.nio.ByteBuffer destination) {
                turn++;
                if (turn % 2 == 1) {
                    return 0; // nothing yet
                }
                if (turn / 2 > file.length) {
                    return -1;
                }
                destination.put(file[turn / 2 - 1]);
                return 1;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
            }
        });
        final CaptureAgent agent = new CaptureAgent("pipe", new FileSource("pipe", blocks, () -> { }, null, counters), collector);
        agent.run();
        assertThat(agent.problem()).isEmpty();
        assertThat(agent.failure()).isEmpty();
        assertThat(collector.frames).extracting(Seen::timestampNs).containsExactly(1_000_000_000L, 2_000_000_000L);
    }

    @Test
    void shouldStopWhileStandardInputIsSilent() throws IOException, InterruptedException {
        final Path silent = directory.resolve("silent");
        assertThat(new ProcessBuilder("mkfifo", silent.toString()).start().waitFor()).isZero();
        try (FileChannel bothEnds = FileChannel.open(silent, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final int descriptor = descriptorOf(silent);
            final StandardInput input = new StandardInput(bothEnds, descriptor);
            final FileSource source = new FileSource("standard input", new FileBlocks(input), input::wakeUp, null, counters);
            final CaptureAgent agent = new CaptureAgent("-", source, collector);
            final Thread thread = new Thread(agent);
            thread.start();
            agent.stop();
            thread.join(10_000);
            assertThat(agent.isDone()).isTrue();
            assertThat(agent.failure()).isEmpty();
        }
    }

    private static int descriptorOf(final Path target) throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(link -> target.toString().equals(targetOf(link)))
                .mapToInt(link -> Integer.parseInt(link.getFileName().toString())).findFirst().orElseThrow();
        }
    }

    private static String targetOf(final Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (final IOException gone) {
            return "";
        }
    }
}
