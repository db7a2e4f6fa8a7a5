package net.flowsonde.config;

import java.util.List;

/**
 * What to capture and how.
 *
 * @param interfaces   names of the interfaces to capture on; empty for replays
 * @param backend      which live backend to use
 * @param queues       threads (handles or rings) an interface, joined in one PACKET_FANOUT group; 1 to 64
 * @param filter       libpcap filter expression; empty for all
 * @param snapLength   octets kept of each frame; 96 to 524,288
 * @param bufferSize   octets of kernel buffer a queue; 1 MiB to 4 GiB
 * @param promiscuous  whether the interface is asked for frames that are not addressed to it
 * @param excludeOwn   whether our own export and management traffic is left out
 */
public record CaptureConfig(
    List<String> interfaces, Backend backend, int queues, String filter, int snapLength, long bufferSize, boolean promiscuous,
    boolean excludeOwn) {

    /** How frames come from a live interface. */
    public enum Backend {
        /** The ring where the platform has it, else libpcap. */
        AUTO,
        /** A TPACKET_V3 ring of our own (Linux). */
        RING,
        /** libpcap. */
        PCAP
    }

    /** Most queues of one interface. */
    public static final int MOST_QUEUES = 64;

    public static final CaptureConfig DEFAULT =
        new CaptureConfig(List.of(), Backend.AUTO, 1, "", 65_535, 64L << 20, true, true);

    public CaptureConfig {
        interfaces = List.copyOf(interfaces);
    }
}
