package net.flowsonde.dpi.dhcp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.agrona.concurrent.UnsafeBuffer;

/** Hints for the tests of what comes after the analyzer, written as the layout of {@link ServerHint} says. */
public final class HintSample {
    private HintSample() {
    }

    /** DHCP over IPv4: {@code giver} told {@code client} to ask {@code servers}. */
    public static ServerHint dhcp(final String giver, final String client, final long timeNs, final String... servers) {
        return hint(ServerHint.DHCP, giver, client, timeNs, servers);
    }

    /** DHCPv6: {@code giver} told {@code client} to ask {@code servers}. */
    public static ServerHint dhcpv6(final String giver, final String client, final long timeNs, final String... servers) {
        return hint(ServerHint.DHCPV6, giver, client, timeNs, servers);
    }

    /** The router {@code giver} told the hosts of {@code network} to ask {@code servers}. */
    public static ServerHint router(final String giver, final String network, final long timeNs, final String... servers) {
        return hint(ServerHint.ROUTER_ADVERTISEMENT, giver, network, timeNs, servers);
    }

    private static ServerHint hint(final int kind, final String giver, final String client, final long timeNs, final String... servers) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[ServerHint.HEAD_LENGTH + servers.length * ServerHint.ADDRESS_LENGTH]);
        buffer.putLong(ServerHint.FLOW_ID_OFFSET, 66);
        buffer.putLong(ServerHint.TIME_NS_OFFSET, timeNs);
        buffer.putBytes(ServerHint.GIVER_OFFSET, address(giver));
        buffer.putBytes(ServerHint.CLIENT_OFFSET, address(client));
        buffer.putByte(ServerHint.IP_VERSION_OFFSET, (byte) (kind == ServerHint.DHCP ? 4 : 6));
        buffer.putByte(ServerHint.KIND_OFFSET, (byte) kind);
        buffer.putByte(ServerHint.IS_OF_NETWORK_OFFSET, (byte) (kind == ServerHint.ROUTER_ADVERTISEMENT ? 1 : 0));
        buffer.putByte(ServerHint.SERVER_COUNT_OFFSET, (byte) servers.length);
        for (int i = 0; i < servers.length; i++) {
            buffer.putBytes(ServerHint.HEAD_LENGTH + i * ServerHint.ADDRESS_LENGTH, address(servers[i]));
        }
        return new ServerHint().wrap(buffer, 0);
    }

    private static byte[] address(final String text) {
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (final UnknownHostException notAddress) {
            throw new IllegalArgumentException(notAddress);
        }
    }
}
