package net.flowsonde.capture;

/**
 * Picks the queue of a frame by its addresses alone, in the kernel (PACKET_FANOUT_CBPF): both directions of a flow, its fragments and the
 * ICMP errors that quote it give the same number. Looks behind inner VLAN tags, MPLS labels and PPPoE; what has no IP header goes to
 * queue 0. Tunnels go by their outer addresses.
 *
 * <p>The kernel runs it with the frame's data at the network header when the frame was received but at the link layer when it was sent;
 * hence two entrances. X holds where the IP header begins from then on.
 */
final class FanoutProgram {
    private static final int KERNEL_METADATA = -0x1000;
    private static final int PACKET_PROTOCOL = KERNEL_METADATA;
    private static final int PACKET_TYPE = KERNEL_METADATA + 4;
    private static final int PACKET_OUTGOING = 4;
    /** Offsets from here count from the network header, wherever the data begins. */
    private static final int NETWORK_HEADER = -0x100000;

    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;
    private static final int VLAN = 0x8100;
    private static final int SERVICE_VLAN = 0x88a8;
    private static final int OLD_SERVICE_VLAN = 0x9100;
    private static final int MPLS = 0x8847;
    private static final int PPPOE_SESSION = 0x8864;
    private static final int PPP_IPV4 = 0x0021;
    private static final int PPP_IPV6 = 0x0057;
    private static final int MAX_INNER_TAGS = 2;
    private static final int MAX_LABELS = 4;
    private static final int TAG_LENGTH = 4;
    private static final int LABEL_LENGTH = 4;
    private static final int PPPOE_LENGTH = 8;

    private static final int IPV6_HEADER_LENGTH = 40;
    private static final int ICMP_HEADER_LENGTH = 8;
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;
    private static final int ICMPV6_FIRST_INFORMATIONAL = 128;
    private static final int[] ICMP_ERRORS = {3, 4, 5, 11, 12};
    private static final int FRAGMENT_OFFSET_MASK = 0x1FFF;

    private final BpfAssembler program = new BpfAssembler();

    private FanoutProgram() {
    }

    static SocketFilter assemble() {
        return new FanoutProgram().build();
    }

    private SocketFilter build() {
        program.loadWord(PACKET_TYPE).ifEqual(PACKET_OUTGOING, "sent");
        program.index(0).loadWord(PACKET_PROTOCOL);
        byEtherType();
        sentFrames();
        pppoe();
        mpls();
        byVersion();
        ipv4();
        ipv6();
        mix();
        program.label("none").returnConstant(0);
        return program.assemble();
    }

    /** The accumulator holds the EtherType; X where its payload begins. */
    private void byEtherType() {
        for (int tag = 0; tag <= MAX_INNER_TAGS; tag++) {
            program.ifEqual(IPV4, "ipv4").ifEqual(IPV6, "ipv6").ifEqual(MPLS, "mpls").ifEqual(PPPOE_SESSION, "pppoe");
            if (tag < MAX_INNER_TAGS) {
                final String tagged = "tag" + tag;
                program.ifEqual(VLAN, tagged).ifEqual(SERVICE_VLAN, tagged).ifEqual(OLD_SERVICE_VLAN, tagged).goTo("none");
                program.label(tagged).loadHalfIndexed(2).store(0).advanceIndex(TAG_LENGTH).loadMemory(0);
            }
        }
        program.goTo("none");
    }

    /** The kernel knows where the network header of a frame is that it sends itself, whatever VLAN tags are before it. */
    private void sentFrames() {
        program.label("sent").index(NETWORK_HEADER).loadWord(PACKET_PROTOCOL).ifEqual(MPLS, "mpls").ifEqual(PPPOE_SESSION, "pppoe")
            .goTo("version");
    }

    private void pppoe() {
        program.label("pppoe").loadHalfIndexed(PPPOE_LENGTH - 2).store(0).advanceIndex(PPPOE_LENGTH).loadMemory(0)
            .ifEqual(PPP_IPV4, "ipv4").ifEqual(PPP_IPV6, "ipv6").goTo("none");
    }

    private void mpls() {
        program.label("mpls");
        for (int label = 0; label < MAX_LABELS; label++) {
            program.loadByteIndexed(2).store(0).advanceIndex(LABEL_LENGTH).loadMemory(0).ifAnyBit(1, "version");
        }
        program.goTo("none");
    }

    /** No EtherType is known here: the version in the first four bits decides. */
    private void byVersion() {
        program.label("version").loadByteIndexed(0).shiftRight(4).ifEqual(4, "ipv4").ifEqual(6, "ipv6").goTo("none");
    }

    private void ipv4() {
        program.label("ipv4").loadByteIndexed(9).ifEqual(ICMP, "icmp").goTo("ipv4 addresses");
        program.label("icmp").loadHalfIndexed(6).ifAnyBit(FRAGMENT_OFFSET_MASK, "ipv4 addresses");
        program.storeIndex(0).loadByteIndexed(0).and(0xF).shiftLeft(2).advanceIndexByAccumulator().loadByteIndexed(0);
        for (final int type : ICMP_ERRORS) {
            program.ifEqual(type, "icmp error");
        }
        program.indexFromMemory(0).goTo("ipv4 addresses");
        program.label("icmp error").advanceIndex(ICMP_HEADER_LENGTH);
        program.label("ipv4 addresses").loadWordIndexed(12).store(0).loadWordIndexed(16).indexFromMemory(0).addIndex().goTo("mix");
    }

    private void ipv6() {
        program.label("ipv6").loadByteIndexed(6).ifEqual(ICMPV6, "icmpv6").goTo("ipv6 addresses");
        program.label("icmpv6").loadByteIndexed(IPV6_HEADER_LENGTH).ifAtLeast(ICMPV6_FIRST_INFORMATIONAL, "ipv6 addresses")
            .advanceIndex(IPV6_HEADER_LENGTH + ICMP_HEADER_LENGTH);
        program.label("ipv6 addresses");
        for (int word = 0; word < 8; word++) {
            program.loadWordIndexed(8 + 4 * word).store(word);
        }
        program.loadMemory(0);
        for (int word = 1; word < 8; word++) {
            program.indexFromMemory(word).addIndex();
        }
        program.goTo("mix");
    }

    /** The kernel takes the number modulo the count of queues, so that every bit must matter to the low ones. */
    private void mix() {
        program.label("mix").multiply(0x9E3779B1).store(0).shiftRight(16).indexFromMemory(0).exclusiveOrIndex()
            .multiply(0x85EBCA6B).store(0).shiftRight(13).indexFromMemory(0).exclusiveOrIndex().returnAccumulator();
    }
}
