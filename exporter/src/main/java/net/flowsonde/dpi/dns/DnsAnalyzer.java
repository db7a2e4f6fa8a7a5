package net.flowsonde.dpi.dns;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import net.flowsonde.config.DpiConfig;
import net.flowsonde.dpi.ProtocolAnalyzer;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.DirectBuffer;

/**
 * DNS and its kin on their ports, whatever comes there, and DNS on any port where it is beyond doubt; encrypted DNS as far as it shows. It
 * makes {@link DnsTransaction}s. Owned by one queue thread.
 */
public final class DnsAnalyzer implements ProtocolAnalyzer {
    private final DnsMessage message = new DnsMessage();
    private final DnsContact contact = new DnsContact(new SecureRandom().nextLong());
    private final DnsPairing pairing;
    private final DnsOpaqueFlows opaque;
    private final EncryptedDns encrypted;
    private final DnsStreamStart streamStart = new DnsStreamStart();
    private final List<DnsSession> sessions = new ArrayList<>();
    private final Counters counters;
    private DnsSession free;

    public DnsAnalyzer(final DpiConfig config, final RecordRing ring, final Counters counters) {
        this.counters = counters;
        final DnsPublisher publisher = new DnsPublisher(ring, counters);
        final long timeoutNs = config.dnsTimeout().toNanos();
        pairing = new DnsPairing(config.dnsPending(), timeoutNs, publisher, counters);
        opaque = new DnsOpaqueFlows(timeoutNs, publisher, counters);
        encrypted = new EncryptedDns(config.encryptedResolvers(), opaque, counters);
    }

    @Override
    public int probe(
        final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset, final int length,
        final boolean isStream) {
        if (dialect(flow.destinationPort(), isStream) != null) {
            return YES;
        }
        if (encrypted.isPort(flow)) {
            return encrypted.probe(flow, direction, buffer, offset, length, isStream);
        }
        return isStream ? streamStart.probe(message, buffer, offset, length) : probeDatagram(flow, buffer, offset, length);
    }

    private static DnsDialect dialect(final int port, final boolean isStream) {
        return isStream ? DnsDialect.ofStreams(port) : DnsDialect.ofDatagrams(port);
    }

    private static DnsDialect dialect(final FlowRecord flow, final boolean isStream) {
        final DnsDialect dialect = dialect(flow.destinationPort(), isStream);
        return dialect == null ? dialect(flow.sourcePort(), isStream) : dialect;
    }

    /** A client may have such a port too, by chance or because it is a resolver; then the message has to look right at least. */
    private int probeDatagram(final FlowRecord flow, final DirectBuffer buffer, final int offset, final int length) {
        final DnsDialect dialect = DnsDialect.ofDatagrams(flow.sourcePort());
        final boolean isMessage = message.wrap(buffer, offset, length, length, dialect == null ? DnsDialect.DNS : dialect)
            && (dialect != null || message.isCertain());
        return isMessage ? YES : NO;
    }

    // ---- datagrams

    @Override
    public void onDatagram(
        final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset, final int length, final int wireLength,
        final long timestampNs) {
        if (encrypted.isPort(flow)) {
            encrypted.onDatagram(contact, flow, direction, wireLength, timestampNs);
        } else {
            onMessage(flow, direction, buffer, offset, length, wireLength, DnsTransport.UDP, timestampNs);
        }
    }

    private void onMessage(
        final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset, final int length, final int wireLength,
        final DnsTransport transport, final long timestampNs) {
        final DnsDialect dialect = dialect(flow, transport == DnsTransport.TCP);
        counters.increment(Counter.DNS_MESSAGES);
        if (!message.wrap(buffer, offset, length, wireLength, dialect == null ? DnsDialect.DNS : dialect)) {
            onOther(dialect, flow, direction, length, wireLength, transport, timestampNs);
            return;
        }
        final boolean isQuery = !message.header().isAnswer();
        contact.wrap(flow, direction, isQuery, transport, timestampNs);
        final long marks = dialect == null ? DnsMark.UNEXPECTED_PORT.mask() : 0;
        counters.increment(isQuery ? Counter.DNS_QUERIES : Counter.DNS_ANSWERS);
        if (contact.isReceiverGroup() || isNetbiosBroadcast(dialect)) {
            pairing.onLoneMessage(contact, message, marks | DnsMark.MULTICAST.mask());
        } else if (isQuery) {
            pairing.onQuery(contact, message, marks);
        } else {
            pairing.onAnswer(contact, message, marks);
        }
    }

    /** An answer to a broadcast has the bit too, but goes to one host (RFC 1002, 4.2.13). */
    private boolean isNetbiosBroadcast(final DnsDialect dialect) {
        return dialect == DnsDialect.NETBIOS && !message.header().isAnswer() && message.header().isNetbiosBroadcast();
    }

    /** What the capture has cut to less than a header says nothing about itself. */
    private void onOther(
        final DnsDialect dialect, final FlowRecord flow, final int direction, final int length, final int wireLength,
        final DnsTransport transport, final long timestampNs) {
        if (length < wireLength && length < DnsHeader.LENGTH) {
            counters.increment(Counter.DNS_CAPTURE_CUT);
            return;
        }
        counters.increment(Counter.DNS_NOT_DNS);
        if (dialect == DnsDialect.DNS) {
            countOpaque(flow, direction, wireLength, transport, timestampNs);
        }
    }

    private void countOpaque(
        final FlowRecord flow, final int direction, final int octets, final DnsTransport transport, final long timestampNs) {
        final boolean isFromClient = direction == FlowRecord.FORWARD;
        opaque.count(contact.wrap(flow, direction, isFromClient, transport, timestampNs), isFromClient, octets, DnsMark.NOT_DNS, null);
    }

    // ---- streams

    @Override
    public int open(final FlowRecord flow, final long timestampNs) {
        final DnsSession session = free == null ? new DnsSession(sessions.size()) : free;
        if (free == null) {
            sessions.add(session);
        } else {
            free = session.nextFree;
        }
        session.open(flow.hasFlag(FlowRecord.FLAG_SYN_SEEN), encrypted.isPort(flow));
        return session.index;
    }

    @Override
    public int onStream(
        final int index, final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset, final int length,
        final long timestampNs) {
        final DnsSession session = sessions.get(index);
        if (session.isEncrypted) {
            return encrypted.onStream(session, contact, flow, direction, buffer, offset, length, timestampNs);
        }
        if (session.isOther) {
            countOpaque(flow, direction, length, DnsTransport.TCP, timestampNs);
            return length;
        }
        final int limit = offset + length;
        int at = offset;
        boolean isSearched;
        do {
            isSearched = !session.isAligned(direction);
            at = isSearched ? align(session, direction, buffer, at, limit) : at;
            at = onMessages(session, flow, direction, buffer, at, limit, timestampNs);
        } while (!session.isAligned(direction) && !session.isOther && (!isSearched || streamStart.isFound()));
        if (session.isOther) {
            counters.increment(Counter.DNS_NOT_DNS);
            countOpaque(flow, direction, length, DnsTransport.TCP, timestampNs);
            return length;
        }
        return at - offset;
    }

    /** Finds the beginning of a message and says where it is, or how far there is none. */
    private int align(final DnsSession session, final int direction, final DirectBuffer buffer, final int offset, final int limit) {
        final int at = streamStart.find(message, buffer, offset, limit - offset);
        if (streamStart.isFound()) {
            session.align(direction);
        } else {
            session.skip(at - offset);
        }
        return at;
    }

    /** Takes the whole messages, each a length (16) and so many octets (RFC 1035, 4.2.2), and says where the rest begins. */
    private int onMessages(
        final DnsSession session, final FlowRecord flow, final int direction, final DirectBuffer buffer, final int start, final int limit,
        final long timestampNs) {
        int at = start;
        while (session.isAligned(direction) && limit - at >= DnsStreamStart.PREFIX_LENGTH) {
            final int length = DnsStreamStart.length(buffer, at);
            if (!streamStart.isPlausible(message, buffer, at, limit)) {
                session.misalign(direction);
                return at + 1;
            }
            if (limit - at - DnsStreamStart.PREFIX_LENGTH < length) {
                break;
            }
            at += DnsStreamStart.PREFIX_LENGTH;
            session.message(direction);
            onMessage(flow, direction, buffer, at, length, length, DnsTransport.TCP, timestampNs);
            at += length;
        }
        return at;
    }

    @Override
    public void onGap(final int index, final FlowRecord flow, final int direction, final long octets, final long timestampNs) {
        counters.increment(Counter.DNS_STREAM_GAPS);
        sessions.get(index).lose(direction);
    }

    @Override
    public void close(final int index, final long nowNs) {
        final DnsSession session = sessions.get(index);
        session.nextFree = free;
        free = session;
    }

    // ---- time

    @Override
    public void onTime(final long nowNs) {
        pairing.expire(nowNs);
        opaque.expire(nowNs);
        counters.assign(Counter.DNS_PENDING, pairing.size());
    }

    @Override
    public void onClose(final long nowNs) {
        pairing.flush();
        opaque.flush();
        counters.assign(Counter.DNS_PENDING, pairing.size());
    }
}
