package net.flowsonde.dpi.nfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RpcStreamTest {
    private static final int READ = 6;
    private static final int WRITE = 7;
    private static final int FILE = 2;
    private static final int BULK = 200_000;

    private final NfsLab lab = new NfsLab();

    private byte[] writeCall(final int xid, final int octets) {
        return RpcWriter.call(xid, RpcWriter.NFS, 3, WRITE,
            call -> call.handleOf(FILE).hyper(0).integer(octets).integer(2).opaque(new byte[octets]));
    }

    private byte[] writeReply(final int xid, final int octets) {
        return RpcWriter.reply(xid, reply -> reply.integer(0).noChange3().integer(octets).integer(2).hyper(0));
    }

    private byte[] readCall(final int xid) {
        return RpcWriter.call(xid, RpcWriter.NFS, 3, READ, call -> call.handleOf(FILE).hyper(0).integer(BULK));
    }

    private byte[] readReply(final int xid, final int octets) {
        return RpcWriter.reply(xid, reply -> reply.integer(0).integer(0).integer(octets).integer(1).opaque(new byte[octets]));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 100, 1_448, 60_000})
    void shouldReadWhateverTheSegmentsAre(final int segment) {
        lab.send(true, RpcWriter.join(RpcWriter.record(writeCall(1, 1_000)), RpcWriter.record(readCall(2))), segment);
        lab.send(false, RpcWriter.join(RpcWriter.record(writeReply(1, 1_000)), RpcWriter.record(readReply(2, 501))), segment);
        assertThat(lab.close()).singleElement().asString().contains("write").endsWith("read=501/1 written=1000/1 flags=midstream");
        assertThat(lab.count(Counter.NFS_MESSAGES_MALFORMED)).isZero();
        assertThat(lab.count(Counter.NFS_STREAM_LOSSES)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 13, 37, 64, 100})
    void shouldReadMessagesOfManyFragments(final int length) {
        final byte[] call = writeCall(1, 1_000);
        byte[] fragments = {};
        for (int from = 0; from < call.length; from += length) {
            final int to = Math.min(call.length, from + length);
            fragments = RpcWriter.join(fragments, RpcWriter.fragment(call, from, to, to == call.length));
        }
        lab.send(true, RpcWriter.record(readCall(3)), 1_448).send(true, fragments, 50).send(true, RpcWriter.record(readCall(2)), 1_448);
        lab.send(false, RpcWriter.join(RpcWriter.record(writeReply(1, 1_000)), RpcWriter.record(readReply(2, 50))), 33);
        assertThat(lab.close()).singleElement().asString().endsWith("read=50/1 written=1000/1 flags=midstream");
        assertThat(lab.count(Counter.NFS_STREAM_LOSSES)).isZero();
    }

    @Test
    void shouldHoldNothingOfBulkDataAndCountIt() {
        for (int xid = 1; xid <= 20; xid++) {
            lab.send(true, RpcWriter.record(writeCall(xid, BULK)), 60_000).send(false, RpcWriter.record(writeReply(xid, BULK)), 60_000);
        }
        lab.pass(1);
        assertThat(lab.count(Counter.DPI_STREAM_OCTETS_HELD)).isZero();
        assertThat(lab.close()).singleElement().asString().endsWith("written=" + 20 * BULK + "/20 flags=midstream");
    }

    @Test
    void shouldNotMindAHoleInBulkData() {
        final byte[] call = RpcWriter.record(writeCall(1, BULK));
        lab.send(true, Arrays.copyOf(call, 50_000), 1_448).lose(true, 100_000)
            .send(true, Arrays.copyOfRange(call, 150_000, call.length), 1_448);
        lab.send(false, RpcWriter.record(writeReply(1, BULK)), 1_448);
        assertThat(lab.close()).singleElement().asString().endsWith("written=" + BULK + "/1 flags=midstream");
        assertThat(lab.count(Counter.NFS_STREAM_LOSSES)).isZero();
    }

    @Test
    void shouldGoOnWithTheNextMessageAfterALoss() {
        final byte[] lost = RpcWriter.record(readCall(1));
        lab.send(true, Arrays.copyOf(lost, 50), 1_448).lose(true, lost.length - 50);
        lab.send(true, RpcWriter.join(new byte[3], RpcWriter.record(writeCall(2, 100))), 1_448);
        lab.send(false, RpcWriter.record(writeReply(2, 100)), 1_448).send(true, RpcWriter.record(readCall(3)), 1_448)
            .send(false, RpcWriter.record(readReply(3, 7)), 1_448);
        assertThat(lab.close()).singleElement().asString().endsWith("read=7/1 written=100/1 flags=midstream");
        assertThat(lab.count(Counter.NFS_STREAM_LOSSES)).isPositive();
    }

    @Test
    void shouldGoOnAfterALostReply() {
        lab.send(true, RpcWriter.join(RpcWriter.record(readCall(1)), RpcWriter.record(readCall(2)), RpcWriter.record(readCall(3))), 1_448);
        final byte[] first = RpcWriter.record(readReply(1, 1_000));
        final byte[] second = RpcWriter.record(readReply(2, 1_000));
        lab.send(false, first, 1_448).lose(false, 300);
        lab.send(false, Arrays.copyOfRange(second, 300, second.length), 1_448);
        lab.send(false, RpcWriter.record(readReply(3, 1_000)), 1_448).send(true, RpcWriter.record(readCall(4)), 1_448);
        assertThat(lab.close()).singleElement().asString().endsWith("read=2000/2 written=0/0 flags=midstream+gap");
    }

    @Test
    void shouldTellOnceThatTheRestIsEncrypted() {
        lab.send(true, RpcWriter.record(RpcWriter.call(1, RpcWriter.NFS, 4, 0, 7, new byte[0], call -> { })), 1_448);
        lab.send(false, RpcWriter.record(new RpcWriter().integer(1).integer(1).integer(0).integer(0).text("STARTTLS").integer(0).octets()),
            1_448);
        lab.send(true, new byte[] {0x16, 3, 1, 0, 100, 1, 0, 0}, 1_448).send(false, new byte[2_000], 1_448);
        assertThat(lab.close()).containsExactly("NFS encrypted : status=0 unknown user=@ unknown flags=encrypted");
    }

    @Test
    void shouldReadUnderKerberosIntegrityAndTellPrivacyAsSuch() {
        lab.send(true, RpcWriter.record(gssCall(1, 2)), 1_448);
        lab.send(false, RpcWriter.record(RpcWriter.reply(1,
            reply -> reply.integer(2_000).integer(9).integer(0).integer(0).integer(77).integer(1).opaque(new byte[77]))), 1_448);
        lab.send(true, RpcWriter.record(gssCall(2, 3)), 1_448).send(false, RpcWriter.record(RpcWriter.reply(2, reply -> reply.zeros(200))), 1_448);
        assertThat(lab.close()).satisfiesExactlyInAnyOrder(
            line -> assertThat(line).startsWith("NFSv3 read ").endsWith("RPCSEC_GSS read=77/1 written=0/0 flags=midstream"),
            line -> assertThat(line).isEqualTo("NFSv3 encrypted : status=0 ok user=@ RPCSEC_GSS read=0/1 written=0/0 flags=encrypted+unfinished"));
        assertThat(lab.count(Counter.NFS_CALLS_ENCRYPTED)).isEqualTo(1);
    }

    /** A READ whose arguments are protected as a service says: 2 is integrity, 3 privacy. */
    private static byte[] gssCall(final int xid, final int service) {
        final byte[] credential = new RpcWriter().integer(1).integer(0).integer(9).integer(service).text("context").octets();
        final byte[] arguments = new RpcWriter().integer(9).handleOf(FILE).hyper(0).integer(BULK).octets();
        return RpcWriter.call(xid, RpcWriter.NFS, 3, READ, 6, credential, call -> call.opaque(arguments).opaque(new byte[20]));
    }

    @Test
    void shouldLeaveOtherProtocolsAlone() {
        lab.send(true, "GET / HTTP/1.1\r\nHost: example.com\r\n\r\n............".getBytes(StandardCharsets.US_ASCII), 1_448);
        lab.send(false, new byte[2_000], 1_448);
        assertThat(lab.close()).isEmpty();
        assertThat(lab.count(Counter.NFS_CONNECTIONS)).isZero();
    }
}
