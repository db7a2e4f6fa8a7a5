package net.flowsonde.flow;

/** Flag bits of the TCP header (RFC 9293, 3.1) as {@code PacketLayout.tcpFlags()} has them. */
final class TcpFlags {
    static final int FIN = 0x01;
    static final int SYN = 0x02;
    static final int RST = 0x04;
    static final int ACK = 0x10;

    private TcpFlags() {
    }
}
