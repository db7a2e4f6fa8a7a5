package net.flowsonde.decode;

import static net.flowsonde.decode.FrameBuilder.frame;

import java.util.LinkedHashMap;
import java.util.Map;

/** One good frame of every encapsulation, by name, each Ethernet unless {@link Sample#linkType} says otherwise. */
final class SampleFrames {
    private static final String INNER_MACS = "0200000000AA 0200000000BB";

    /** A frame and the flow key that it must be decoded to, as {@link LayoutText} writes it. */
    record Sample(int linkType, byte[] octets, String key) {
    }

    private static final Map<String, Sample> SAMPLES = new LinkedHashMap<>();
    private static final String UDP1 = "10.0.0.1 > 10.0.1.1 17 1000:2000";
    private static final String UDP2 = "10.0.0.2 > 10.0.1.2 17 1000:2000";
    private static final String OUTER = " 10.0.0.1 > 10.0.1.1";
    private static final String V6 = "2001:db8:0:0:0:0:0:1 > 2001:db8:0:0:0:0:1:1";

    static {
        link();
        tags();
        ip();
        tunnels();
        udpTunnels();
    }

    private SampleFrames() {
    }

    static Map<String, Sample> all() {
        return SAMPLES;
    }

    private static void ethernet(final String name, final FrameBuilder frame, final String key) {
        SAMPLES.put(name, new Sample(1, frame.build(), key));
    }

    private static void link(final String name, final int linkType, final FrameBuilder frame, final String key) {
        SAMPLES.put(name, new Sample(linkType, frame.build(), key));
    }

    private static FrameBuilder udp(final FrameBuilder frame) {
        return frame.ipv4(17).udp(1000, 2000).payload(20);
    }

    private static FrameBuilder innerEthernet(final FrameBuilder frame) {
        return udp(frame.hex(INNER_MACS).u16(0x0800));
    }

    private static void link() {
        link("null, little endian", 0, udp(frame().hex("02000000")), UDP1);
        link("null, big endian IPv6", 0, frame().hex("0000001e").ipv6(6).tcp(1, 2, 2), V6 + " 6 1:2");
        link("loop", 108, udp(frame().hex("00000002")), UDP1);
        link("raw", 101, udp(frame()), UDP1);
        link("raw IPv6", 12, frame().ipv6(17).udp(1, 2), V6 + " 17 1:2");
        link("raw OpenBSD", 14, udp(frame()), UDP1);
        link("IPv4 only", 228, udp(frame()), UDP1);
        link("IPv6 only", 229, frame().ipv6(17).udp(1, 2), V6 + " 17 1:2");
        link("SLL", 113, udp(frame().hex("0000 0001 0006 020000000001 0000 0800")), UDP1);
        link("SLL with VLANs", 113, udp(frame().hex("0000 0001 0006 020000000001 0000 8100").vlan(7, 0x8100).vlan(8, 0x0800)),
            UDP1 + " vlan 7.8");
        link("SLL2", 276, udp(frame().hex("0800 0000 00000002 0001 00 06 020000000001 0000")), UDP1);
        link("PPP", 9, udp(frame().hex("ff03 0021")), UDP1);
        link("PPP, compressed", 9, udp(frame().hex("21")), UDP1);
        link("PPP in HDLC, IPv6", 50, frame().hex("ff03 0057").ipv6(17).udp(1, 2), V6 + " 17 1:2");
        link("Cisco HDLC", 104, udp(frame().hex("0f00 0800")), UDP1);
    }

    private static void tags() {
        ethernet("Ethernet", udp(frame().ethernet(0x0800)), UDP1);
        ethernet("SNAP", udp(frame().ethernet(56).hex("aaaa03 000000 0800")), UDP1);
        ethernet("VLAN", udp(frame().ethernet(0x8100).vlan(5, 0x0800)), UDP1 + " vlan 5");
        ethernet("QinQ", udp(frame().ethernet(0x88A8).vlan(5, 0x8100).vlan(4095, 0x0800)), UDP1 + " vlan 5.4095");
        ethernet("three tags", udp(frame().ethernet(0x9100).vlan(0, 0x8100).vlan(2, 0x8100).vlan(3, 0x0800)), UDP1 + " vlan 0.2");
        ethernet("VN-tag", udp(frame().ethernet(0x8926).hex("00010002 0800")), UDP1);
        ethernet("E-tag", udp(frame().ethernet(0x893F).hex("000100020003 0800")), UDP1);
        ethernet("provider backbone", innerEthernet(frame().ethernet(0x88E7).u32(77)), UDP1);
        ethernet("FabricPath", innerEthernet(frame().ethernet(0x8903).u16(0x0020)), UDP1);
        ethernet("MPLS", udp(frame().ethernet(0x8847).mpls(100, false).mpls(200, true)), UDP1 + " mpls 100");
        ethernet("MPLS, IPv6", frame().ethernet(0x8847).mpls(16, true).ipv6(17).udp(1, 2), V6 + " 17 1:2 mpls 16");
        ethernet("pseudowire", innerEthernet(frame().ethernet(0x8847).mpls(16, true).u32(0)), UDP1 + " mpls 16");
        ethernet("pseudowire, no control word", innerEthernet(frame().ethernet(0x8848).mpls(16, true)), UDP1 + " mpls 16");
        ethernet("PPPoE", udp(frame().ethernet(0x8864).hex("1100 0009 0032 0021")), UDP1);
        ethernet("NSH", udp(frame().ethernet(0x894F).hex("0fc60101 00002aff").payload(16)), UDP1 + " tunnel NSH 42");
        ethernet("NSH, Ethernet", innerEthernet(frame().ethernet(0x894F).hex("0fc20203 00002aff")), UDP1 + " tunnel NSH 42");
    }

    private static void ip() {
        ethernet("TCP", frame().ethernet(0x0800).ipv4(6).tcp(80, 40000, 0x12).payload(5), "10.0.0.1 > 10.0.1.1 6 80:40000");
        ethernet("SCTP", frame().ethernet(0x0800).ipv4(132).u16(7).u16(8).u32(1).u32(2).payload(16), "10.0.0.1 > 10.0.1.1 132 7:8");
        ethernet("DCCP", frame().ethernet(0x0800).ipv4(33).u16(7).u16(8).hex("03000000 00000000"), "10.0.0.1 > 10.0.1.1 33 7:8");
        ethernet("UDP-Lite", frame().ethernet(0x0800).ipv4(136).u16(7).u16(8).u32(0).payload(9), "10.0.0.1 > 10.0.1.1 136 7:8");
        ethernet("ICMP", frame().ethernet(0x0800).ipv4(1).hex("0800 0000 abcd 0001").payload(8), "10.0.0.1 > 10.0.1.1 1");
        ethernet("ICMPv6 error", frame().ethernet(0x86DD).ipv6(58).hex("0101 0000 00000000").ipv6(44).hex("0600 0001 00000001")
            .tcp(9, 10, 2), V6 + " 58");
        ethernet("ESP", frame().ethernet(0x0800).ipv4(50).payload(40), "10.0.0.1 > 10.0.1.1 50");
        ethernet("authenticated", frame().ethernet(0x0800).ipv4(51).hex("11 04 0000 00000001 00000001").payload(12).udp(1, 2),
            "10.0.0.1 > 10.0.1.1 17 1:2");
        ethernet("IPv6 extensions", frame().ethernet(0x86DD).ipv6(0).hex("2b00 0104 00000000").hex("3c00 0000 00000000")
            .hex("3301 0104 00000000 0000000000000000").hex("8702 0000 00000001 00000001 00000000")
            .hex("0000 0000 00000000").hex("1100 0000 00000000").udp(1, 2), V6 + " 17 1:2");
        ethernet("IPv6 atomic fragment", frame().ethernet(0x86DD).ipv6(44).hex("1100 0000 00000001").udp(1, 2), V6 + " 17 1:2");
        ethernet("IPv6 first fragment", frame().ethernet(0x86DD).ipv6(44).hex("1100 0001 00000001").udp(1, 2).payload(8),
            V6 + " 17 1:2");
        ethernet("IPv6 later fragment", frame().ethernet(0x86DD).ipv6(44).hex("1100 0010 00000001").payload(9), V6 + " 17");
        ethernet("IPv4 first fragment", frame().ethernet(0x0800).ipv4(17, 7, 0x2000).udp(1, 2).payload(8),
            "10.0.0.1 > 10.0.1.1 17 1:2");
        ethernet("IPv4 later fragment", frame().ethernet(0x0800).ipv4(17, 7, 0x0002).payload(13), "10.0.0.1 > 10.0.1.1 17");
    }

    private static void tunnels() {
        ethernet("IP in IP", udp(frame().ethernet(0x0800).ipv4(4)), UDP2 + " tunnel IP_IN_IPV4" + OUTER);
        ethernet("6in4", frame().ethernet(0x0800).ipv4(41).ipv6(6).tcp(1, 2, 2),
            "2001:db8:0:0:0:0:0:2 > 2001:db8:0:0:0:0:1:2 6 1:2 tunnel IP_IN_IPV4" + OUTER);
        ethernet("4in6", udp(frame().ethernet(0x86DD).ipv6(4)), UDP2 + " tunnel IP_IN_IPV6 " + V6);
        ethernet("GRE", udp(frame().ethernet(0x0800).ipv4(47).hex("0000 0800")), UDP2 + " tunnel GRE" + OUTER);
        ethernet("GRE with all", udp(frame().ethernet(0x0800).ipv4(47).hex("f000 0800 00000000 0000002a 00000007")
            .hex("0800 0004 01020304 00000000")), UDP2 + " tunnel GRE 42" + OUTER);
        ethernet("GRE, Ethernet", innerEthernet(frame().ethernet(0x0800).ipv4(47).hex("2000 6558 ffffffff")),
            UDP2 + " tunnel GRE 4294967295" + OUTER);
        ethernet("GRE, WCCP 2", udp(frame().ethernet(0x0800).ipv4(47).hex("0000 883e 00010203")), UDP2 + " tunnel GRE" + OUTER);
        ethernet("PPTP", udp(frame().ethernet(0x0800).ipv4(47).hex("3081 880b 0034 0007 00000001 00000002 ff03 0021")),
            UDP2 + " tunnel PPTP" + OUTER);
        ethernet("ERSPAN I", innerEthernet(frame().ethernet(0x0800).ipv4(47).hex("0000 88be")), UDP2 + " tunnel ERSPAN" + OUTER);
        ethernet("ERSPAN II", innerEthernet(frame().ethernet(0x0800).ipv4(47).hex("1000 88be 00000001 1005 0064 00000000")),
            UDP2 + " tunnel ERSPAN 100" + OUTER);
        ethernet("ERSPAN III", innerEthernet(frame().ethernet(0x0800).ipv4(47).hex("1000 22eb 00000001 2005 0065 00000000 0000 0001")
            .hex("0000000000000000")), UDP2 + " tunnel ERSPAN 101" + OUTER);
        ethernet("ERSPAN III of an IP packet", udp(frame().ethernet(0x0800).ipv4(47)
            .hex("1000 22eb 00000001 2005 0065 00000000 0000 0800")), UDP2 + " tunnel ERSPAN 101" + OUTER);
        ethernet("MPLS in IP", udp(frame().ethernet(0x0800).ipv4(137).mpls(5, true)), UDP2 + " mpls 5 tunnel MPLS_IN_IP" + OUTER);
        ethernet("EtherIP", innerEthernet(frame().ethernet(0x0800).ipv4(97).u16(0x3000)), UDP2 + " tunnel ETHERNET_IN_IP" + OUTER);
        ethernet("Ethernet in IPv6", innerEthernet(frame().ethernet(0x86DD).ipv6(143)), UDP2 + " tunnel ETHERNET_IN_IP " + V6);
        ethernet("GRE in IP in IP", udp(frame().ethernet(0x0800).ipv4(4).ipv4(47).hex("2000 0800 00000005")),
            "10.0.0.3 > 10.0.1.3 17 1000:2000 tunnel IP_IN_IPV4 5" + OUTER);
    }

    private static void udpTunnels() {
        ethernet("VXLAN", innerEthernet(frame().ethernet(0x0800).ipv4(17).udp(1, 4789).hex("08000000 00007b00")),
            UDP2 + " tunnel VXLAN 123" + OUTER);
        ethernet("VXLAN, tags in and out", udp(frame().ethernet(0x8100).vlan(3, 0x0800).ipv4(17).udp(1, 8472)
            .hex("08000000 00007b00").hex(INNER_MACS).u16(0x8100).vlan(9, 0x0800)), UDP2 + " vlan 3 tunnel VXLAN 123" + OUTER);
        ethernet("VXLAN, tags inside", udp(frame().ethernet(0x0800).ipv4(17).udp(1, 4789)
            .hex("08000000 00007b00").hex(INNER_MACS).u16(0x88A8).vlan(9, 0x8100).vlan(10, 0x0800)),
            UDP2 + " vlan 9.10 tunnel VXLAN 123" + OUTER);
        ethernet("VXLAN-GPE", frame().ethernet(0x0800).ipv4(17).udp(1, 4790).hex("0c000002 00007b00").ipv6(17).udp(5, 6),
            "2001:db8:0:0:0:0:0:2 > 2001:db8:0:0:0:0:1:2 17 5:6 tunnel VXLAN_GPE 123" + OUTER);
        ethernet("VXLAN-GPE, NSH", udp(frame().ethernet(0x0800).ipv4(17).udp(1, 4790).hex("0c000004 00007b00")
            .hex("0fc20201 00002aff")), UDP2 + " tunnel VXLAN_GPE 123" + OUTER);
        ethernet("GENEVE", innerEthernet(frame().ethernet(0x0800).ipv4(17).udp(1, 6081).hex("0240 6558 00007b00 0102030405060708")),
            UDP2 + " tunnel GENEVE 123" + OUTER);
        ethernet("Teredo", frame().ethernet(0x0800).ipv4(17).udp(3544, 1).hex("0001 0000 0000000000000000 00")
            .hex("0000 1234 01020304").ipv6(6).tcp(1, 2, 2),
            "2001:db8:0:0:0:0:0:2 > 2001:db8:0:0:0:0:1:2 6 1:2 tunnel TEREDO" + OUTER);
        ethernet("GTP-U", udp(frame().ethernet(0x0800).ipv4(17).udp(1, 2152).hex("34ff 0038 00000001 0000 00 85 01000900")),
            UDP2 + " tunnel GTP_U" + OUTER);
    }
}
