package net.flowsonde.dpi.dhcp;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Router advertisements as IPv6 packets. */
public final class RouterSample {
    private static final int IPV6_LENGTH = 40;
    private static final int HEAD_LENGTH = 8;
    private static final int ICMPV6 = 58;
    private static final int VERSION = 0x60;
    private static final int ADVERTISEMENT = 134;

    private RouterSample() {
    }

    /**
     * To all hosts, from an address that begins with {@code sender} and ends with 1.
     *
     * @param sender   four digits
     * @param message  what follows the eight octets of the ICMPv6 header
     */
    public static byte[] advertisement(final int hopLimit, final String sender, final byte[] message) {
        return ByteBuffer.allocate(IPV6_LENGTH + HEAD_LENGTH + message.length).put((byte) VERSION).put(new byte[3])
            .putShort((short) (HEAD_LENGTH + message.length)).put((byte) ICMPV6).put((byte) hopLimit)
            .put(HexFormat.of().parseHex(sender + "0".repeat(27) + "1")).put(HexFormat.of().parseHex("ff02" + "0".repeat(27) + "1"))
            .put((byte) ADVERTISEMENT).put(new byte[HEAD_LENGTH - 1]).put(message).array();
    }

    /** The digits of 2001:db8:0:{@code network}::{@code host}. */
    static String address(final String network, final String host) {
        return "20010db80000" + "0".repeat(4 - network.length()) + network + "0".repeat(16 - host.length()) + host;
    }
}
