package net.flowsonde.capture;

/** Features of a network interface that make captured frames differ from the packets on the wire. */
public enum Offload {
    GRO("gro", "received packets are joined into long frames"),
    LRO("lro", "received packets are joined into long frames and lose header details"),
    RX_GRO_HW("rx-gro-hw", "the hardware joins received packets into long frames"),
    TSO("tso", "packets that this host sends are seen before they are cut"),
    GSO("gso", "packets that this host sends are seen before they are cut"),
    RX_VLAN("rx-vlan", "the outer VLAN tag is taken out of received frames"),
    TX_CHECKSUM("tx-checksum", "packets that this host sends are seen without their checksums");

    private final String label;
    private final String effect;

    Offload(final String label, final String effect) {
        this.label = label;
        this.effect = effect;
    }

    /** Its name in the words of ethtool. */
    public String label() {
        return label;
    }

    /** What it does to a capture, for a person; no full stop. */
    public String effect() {
        return effect;
    }

    /** Whether it makes one captured frame stand for several wire packets. */
    public boolean isCoalescing() {
        return this == GRO || this == LRO || this == RX_GRO_HW || this == TSO || this == GSO;
    }
}
