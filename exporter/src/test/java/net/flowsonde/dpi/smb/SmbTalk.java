package net.flowsonde.dpi.smb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.flowsonde.config.SmbLimits;
import net.flowsonde.dpi.DpiFixture;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileCorpus;
import net.flowsonde.dpi.TicketUsers;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Counter;

/** Connections between one client and one server, their messages in segments of at most 1,400 octets, and what is told of them. */
final class SmbTalk {
    static final int SEGMENT = 1_400;
    private static final int SERVER_PORT = 445;

    private final DpiFixture fixture;
    private final FileAccess access = new FileAccess();
    private long ms;

    /** All there is goes over one queue. */
    SmbTalk() {
        this(new SmbPeers(1));
    }

    /** What one of several queues sees. */
    SmbTalk(final SmbPeers peers) {
        this(peers, new TicketUsers(1));
    }

    SmbTalk(final SmbPeers peers, final TicketUsers tickets) {
        fixture = new DpiFixture((ring, counters) -> new SmbAnalyzer(SmbLimits.DEFAULT, peers, tickets, ring, counters));
    }

    /** One TCP connection. */
    final class Connection {
        private final int port;
        private final int[] next = {1, 1};

        private Connection(final int port, final boolean isFromTheStart) {
            this.port = port;
            if (isFromTheStart) {
                fixture.handshake(++ms, port, SERVER_PORT);
            }
        }

        Connection request(final byte[] message) {
            return octets(true, SmbBytes.frame(message), 0);
        }

        Connection response(final byte[] message) {
            return octets(false, SmbBytes.frame(message), 0);
        }

        /** A request and its response. */
        Connection exchange(final byte[] request, final byte[] response) {
            return request(request).response(response);
        }

        Connection octets(final boolean isFromClient, final byte[] octets, final int lostSegments) {
            final int me = isFromClient ? 0 : 1;
            for (int at = 0, number = 0; at < octets.length; at += SEGMENT, number++) {
                final byte[] segment = Arrays.copyOfRange(octets, at, Math.min(octets.length, at + SEGMENT));
                if (number >= lostSegments) {
                    fixture.segment(++ms, isFromClient, port, SERVER_PORT, next[me], next[1 - me], segment);
                }
                next[me] += segment.length;
            }
            return this;
        }

        /** The capture misses this. */
        Connection lost(final boolean isFromClient, final byte[] message) {
            return octets(isFromClient, SmbBytes.frame(message), Integer.MAX_VALUE);
        }

        void reset() {
            fixture.reset(++ms, port, SERVER_PORT, next[0]);
        }
    }

    Connection connection(final int port) {
        return new Connection(port, true);
    }

    /** The last octet of the server's address from now on. */
    SmbTalk server(final int last) {
        fixture.server(last);
        return this;
    }

    /** The capture begins in the middle of it. */
    Connection midstream(final int port) {
        return new Connection(port, false);
    }

    SmbTalk end() {
        fixture.close();
        return this;
    }

    SmbTalk pass(final long count) {
        ms += count;
        fixture.time(ms);
        return this;
    }

    /** Goes on to a point in time, which must not be past. */
    SmbTalk at(final long pointMs) {
        return pass(pointMs - ms);
    }

    long count(final Counter counter) {
        return fixture.count(counter);
    }

    /** What comes until {@link #deliver} waits for it. */
    SmbTalk hold() {
        fixture.hold();
        return this;
    }

    SmbTalk writeHeld(final Path file) throws IOException {
        fixture.writeHeld(file);
        return this;
    }

    DpiFixture.Cost deliver() {
        return fixture.deliver();
    }

    void discard() {
        fixture.discard();
    }

    /** What was told since the last call, without the addresses. */
    List<String> lines() {
        return fixture.take(RecordRing.FILE_ACCESS, RecordRing.USER_SESSION).stream()
            .map(message -> FileCorpus.line(access.wrap(message.record(), 0)).split(" ", 3)[2]).toList();
    }
}
