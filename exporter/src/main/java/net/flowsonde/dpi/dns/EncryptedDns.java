package net.flowsonde.dpi.dns;

import java.util.List;
import net.flowsonde.dpi.ProtocolAnalyzer;
import net.flowsonde.dpi.TlsServerName;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.DirectBuffer;

/**
 * DNS that cannot be read: over TLS and over QUIC by the port that was given to them, over HTTPS by who is asked. Such a flow becomes a
 * transaction without a question, with the name of the server where the handshake shows it.
 */
final class EncryptedDns {
    private static final int TCP = 6;
    private static final int DNS_PORT = 853;
    private static final int HTTPS_PORT = 443;
    private static final int LONG_HEADER = 0xC0;
    private static final int LONG_HEADER_LENGTH = 7;

    private final EncryptedResolvers resolvers;
    private final DnsOpaqueFlows opaque;
    private final Counters counters;
    private final TlsServerName serverName = new TlsServerName();
    private final DnsName name = new DnsName();

    EncryptedDns(final List<String> moreResolvers, final DnsOpaqueFlows opaque, final Counters counters) {
        resolvers = EncryptedResolvers.with(moreResolvers);
        this.opaque = opaque;
        this.counters = counters;
    }

    boolean isPort(final FlowRecord flow) {
        return flow.destinationPort() == DNS_PORT || flow.destinationPort() == HTTPS_PORT;
    }

    int probe(
        final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset, final int length,
        final boolean isStream) {
        final int answer = isStream ? probeTls(flow, direction, buffer, offset, length) : probeQuic(flow, buffer, offset, length);
        if (answer == ProtocolAnalyzer.YES) {
            counters.increment(transport(flow) == DnsTransport.TLS ? Counter.DNS_OVER_TLS_FLOWS
                : transport(flow) == DnsTransport.QUIC ? Counter.DNS_OVER_QUIC_FLOWS : Counter.DNS_OVER_HTTPS_FLOWS);
        }
        return answer;
    }

    private int probeTls(final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset, final int length) {
        if (!TlsServerName.isHandshake(buffer, offset, length)) {
            return ProtocolAnalyzer.NO;
        }
        if (flow.destinationPort() == DNS_PORT || resolvers.hasAddress(flow.buffer(), flow.destinationAddressOffset(), flow.ipVersion())) {
            return ProtocolAnalyzer.YES;
        }
        return direction == FlowRecord.FORWARD && readName(buffer, offset, length) && resolvers.hasName(name)
            ? ProtocolAnalyzer.YES : ProtocolAnalyzer.NO;
    }

    private boolean readName(final DirectBuffer buffer, final int offset, final int length) {
        return serverName.find(buffer, offset, length) && name.set(buffer, serverName.nameOffset(), serverName.nameLength());
    }

    /** A packet with a long header and a version other than 0 (RFC 8999, 5.1), as every connection begins with. */
    private int probeQuic(final FlowRecord flow, final DirectBuffer buffer, final int offset, final int length) {
        final boolean isQuic = length >= LONG_HEADER_LENGTH && (buffer.getByte(offset) & LONG_HEADER) == LONG_HEADER
            && buffer.getInt(offset + 1) != 0;
        return isQuic && (flow.destinationPort() == DNS_PORT
            || resolvers.hasAddress(flow.buffer(), flow.destinationAddressOffset(), flow.ipVersion()))
            ? ProtocolAnalyzer.YES : ProtocolAnalyzer.NO;
    }

    private static DnsTransport transport(final FlowRecord flow) {
        return flow.destinationPort() == HTTPS_PORT ? DnsTransport.HTTPS : flow.protocol() == TCP ? DnsTransport.TLS : DnsTransport.QUIC;
    }

    void onDatagram(
        final DnsContact contact, final FlowRecord flow, final int direction, final int wireLength, final long timestampNs) {
        count(contact, flow, direction, wireLength, timestampNs, null);
    }

    int onStream(
        final DnsSession session, final DnsContact contact, final FlowRecord flow, final int direction, final DirectBuffer buffer,
        final int offset, final int length, final long timestampNs) {
        final boolean isNamed = direction == FlowRecord.FORWARD && !session.isNameRead && readName(buffer, offset, length);
        session.isNameRead |= direction == FlowRecord.FORWARD;
        count(contact, flow, direction, length, timestampNs, isNamed ? name : null);
        return length;
    }

    private void count(
        final DnsContact contact, final FlowRecord flow, final int direction, final int octets, final long timestampNs,
        final DnsName name) {
        final boolean isFromClient = direction == FlowRecord.FORWARD;
        contact.wrap(flow, direction, isFromClient, transport(flow), timestampNs);
        opaque.count(contact, isFromClient, octets, DnsMark.ENCRYPTED, name);
    }
}
