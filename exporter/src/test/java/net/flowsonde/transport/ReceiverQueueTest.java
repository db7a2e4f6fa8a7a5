package net.flowsonde.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiverQueueTest {
    private static final String HEADER =
        "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n";

    @TempDir
    private Path directory;

    @Test
    void shouldFindTheFullestReceiverOfThePortAndNoOtherSocket() throws Exception {
        final ReceiverQueue queue = queue(HEADER
            + "  161: 0100007F:1283 00000000:0000 07 00000000:00012C00 00:00000000 00000000     0        0 1 2 0 0\n"
            + "  162: 0100007F:1283 00000000:0000 07 00000000:00000300 00:00000000 00000000     0        0 1 2 0 0\n"
            + "  163: 0100007F:A000 0100007F:1283 01 00000000:00FF0000 00:00000000 00000000     0        0 1 2 0 0\n"
            + "  164: 00000000:1284 00000000:0000 07 00000000:00FF0000 00:00000000 00000000     0        0 1 2 0 0\n");
        assertThat(queue.locate(new InetSocketAddress("127.0.0.1", 0x1283))).isTrue();
        assertThat(queue.waitingOctets()).isEqualTo(0x12C00);
    }

    @Test
    void shouldNotKnowWhenNobodyListensOrTheTableIsMissingOrCut() throws Exception {
        final InetSocketAddress receiver = new InetSocketAddress("127.0.0.1", 0x1283);
        final ReceiverQueue nobody = queue(HEADER);
        nobody.locate(receiver);
        assertThat(nobody.waitingOctets()).isEqualTo(ReceiverQueue.UNKNOWN);
        final ReceiverQueue cut = queue(HEADER + "  161: 0100007F:1283 000000");
        cut.locate(receiver);
        assertThat(cut.waitingOctets()).isEqualTo(ReceiverQueue.UNKNOWN);
        final ReceiverQueue missing = new ReceiverQueue(List.of(directory.resolve("none")));
        missing.locate(receiver);
        assertThat(missing.waitingOctets()).isEqualTo(ReceiverQueue.UNKNOWN);
    }

    @Test
    void shouldKnowAnAddressOfAnotherHost() throws Exception {
        final InetAddress elsewhere = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 77});
        assertThat(new ReceiverQueue().locate(new InetSocketAddress(elsewhere, 4739))).isFalse();
    }

    private ReceiverQueue queue(final String table) throws Exception {
        return new ReceiverQueue(List.of(Files.writeString(directory.resolve("udp"), table)));
    }
}
