package net.flowsonde.dpi.nfs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import net.flowsonde.config.NfsLimits;
import net.flowsonde.dpi.DpiFixture;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Assumptions;

/** A client and a server of NFS, over one TCP connection or over datagrams, in front of the real pipeline. */
final class NfsLab {
    static final int PORT = 2_049;
    private static final int CLIENT_PORT = 700;
    private static final int MOUNT_CLIENT_PORT = 701;
    private static final int MOUNT_PORT = 20_048;

    private final DpiFixture fixture;
    private final int clientPort;
    private long ms;
    private int toServer = 1;
    private int toClient = 1;
    private int xid = 100;

    NfsLab() {
        this(new HandleNames(1 << 13), CLIENT_PORT);
    }

    NfsLab(final HandleNames names, final int clientPort) {
        this(names, NfsLimits.DEFAULT.calls(), NfsLimits.DEFAULT.files(), clientPort);
    }

    NfsLab(final HandleNames names, final int calls, final int files, final int clientPort) {
        this(names, new NfsPeers(1), calls, files, clientPort);
    }

    /** One of several queues. */
    NfsLab(final HandleNames names, final NfsPeers peers, final int clientPort) {
        this(names, peers, NfsLimits.DEFAULT.calls(), NfsLimits.DEFAULT.files(), clientPort);
    }

    private NfsLab(final HandleNames names, final NfsPeers peers, final int calls, final int files, final int clientPort) {
        this.clientPort = clientPort;
        fixture = new DpiFixture((ring, counters) -> new NfsAnalyzer(names, peers, new NfsLimits(1_024, calls, files), ring, counters));
        fixture.handshake(0, clientPort, PORT);
    }

    /** Octets of the stream, cut into segments of a length. */
    NfsLab send(final boolean isFromClient, final byte[] octets, final int segment) {
        for (int from = 0; from < octets.length; from += segment) {
            final byte[] payload = Arrays.copyOfRange(octets, from, Math.min(octets.length, from + segment));
            fixture.segment(++ms, isFromClient, clientPort, PORT, isFromClient ? toServer : toClient, isFromClient ? toClient : toServer,
                payload);
            if (isFromClient) {
                toServer += payload.length;
            } else {
                toClient += payload.length;
            }
        }
        return this;
    }

    /** The octets never come by here; the other side acknowledges them with its next segment. */
    NfsLab lose(final boolean isFromClient, final int octets) {
        if (isFromClient) {
            toServer += octets;
        } else {
            toClient += octets;
        }
        return this;
    }

    /** A call and its reply, each in one segment, of a version of NFS. */
    NfsLab exchange(final int version, final int procedure, final Consumer<RpcWriter> arguments, final Consumer<RpcWriter> results) {
        return exchangeAs(RpcWriter.USER, version, procedure, arguments, results);
    }

    NfsLab exchangeAs(
        final int user, final int version, final int procedure, final Consumer<RpcWriter> arguments, final Consumer<RpcWriter> results) {
        xid++;
        send(true, RpcWriter.record(RpcWriter.callAs(user, xid, RpcWriter.NFS, version, procedure, arguments)), 1 << 15);
        return send(false, RpcWriter.record(RpcWriter.reply(xid, results)), 1 << 15);
    }

    /** A mount of version 3 over UDP. */
    NfsLab mount(final String path, final int handle) {
        xid++;
        fixture.udp(++ms, true, MOUNT_CLIENT_PORT, MOUNT_PORT,
            RpcWriter.call(xid, RpcWriter.MOUNT, 3, 1, arguments -> arguments.text(path)));
        fixture.udp(++ms, false, MOUNT_CLIENT_PORT, MOUNT_PORT,
            RpcWriter.reply(xid, results -> results.integer(0).handleOf(handle).integer(1).integer(1)));
        return this;
    }

    /** A datagram of NFS. */
    NfsLab datagram(final boolean isFromClient, final byte[] message) {
        fixture.udp(++ms, isFromClient, clientPort, PORT, message);
        return this;
    }

    NfsLab pass(final long milliseconds) {
        ms += milliseconds;
        fixture.time(ms);
        return this;
    }

    /** What comes until {@link #deliver} waits for it. */
    NfsLab hold() {
        fixture.hold();
        return this;
    }

    static void requireTshark() {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")), "no tshark");
    }

    /** Of each message that is held, the fields that tshark reads in it. */
    List<String[]> shownByTshark(final Path directory, final List<String> fields) throws IOException, InterruptedException {
        final Path capture = directory.resolve("talk.pcap");
        fixture.writeHeld(capture);
        final List<String> command = new ArrayList<>(List.of("tshark", "-r", capture.toString(), "-Y", "nfs", "-T", "fields"));
        fields.forEach(field -> command.addAll(List.of("-e", field)));
        final Process tshark = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        final List<String[]> messages = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
            .map(line -> (line + "\t.").split("\t")).toList();
        tshark.waitFor();
        return messages;
    }

    DpiFixture.Cost deliver() {
        return fixture.deliver();
    }

    NfsLab reset() {
        fixture.reset(++ms, clientPort, PORT, toServer);
        return this;
    }

    int nextXid() {
        return ++xid;
    }

    long count(final Counter counter) {
        return fixture.count(counter);
    }

    /** Ends everything; the lines of the records that came since the last call. */
    List<String> close() {
        fixture.close();
        return lines();
    }

    List<String> lines() {
        return records().stream().map(AccessText::of).toList();
    }

    List<FileAccess> records() {
        return fixture.take(RecordRing.FILE_ACCESS).stream().map(message -> new FileAccess().wrap(message.record(), 0)).toList();
    }
}
