package net.flowsonde.capture;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads which offload features of an interface are on (linux/ethtool.h).
 * <pre>
 *  ethtool_sset_info  command @0   set mask @8 (64 bits)   number of strings @16
 *  ethtool_gstrings   command @0   set @4   count @8       strings of 32 octets @12
 *  ethtool_gfeatures  command @0   blocks @4               blocks of four words @8: available, requested, active, never changed
 * </pre>
 */
final class EthernetTool {
    private static final int GET_STRINGS = 0x1b;
    private static final int GET_STRING_SET_INFO = 0x37;
    private static final int GET_FEATURES = 0x3a;
    private static final int SET_FEATURES = 4;
    private static final int STRING_LENGTH = 32;
    private static final int STRINGS_OFFSET = 12;
    private static final int BLOCKS_OFFSET = 8;
    private static final int BLOCK_LENGTH = 16;
    private static final int ACTIVE_OFFSET = 8;
    private static final int MAX_FEATURES = 1_024;

    private static final Map<String, Offload> OFFLOADS = Map.ofEntries(
        Map.entry("rx-gro", Offload.GRO), Map.entry("rx-lro", Offload.LRO), Map.entry("rx-gro-hw", Offload.RX_GRO_HW),
        Map.entry("tx-tcp-segmentation", Offload.TSO), Map.entry("tx-tcp6-segmentation", Offload.TSO),
        Map.entry("tx-tcp-ecn-segmentation", Offload.TSO), Map.entry("tx-generic-segmentation", Offload.GSO),
        Map.entry("rx-vlan-hw-parse", Offload.RX_VLAN), Map.entry("tx-checksum-ip-generic", Offload.TX_CHECKSUM),
        Map.entry("tx-checksum-ipv4", Offload.TX_CHECKSUM), Map.entry("tx-checksum-ipv6", Offload.TX_CHECKSUM));

    private EthernetTool() {
    }

    /** The offloads that are on, or nothing where the kernel or the driver does not say. */
    static Optional<Set<Offload>> offloads(final InterfaceControl control) {
        final int count = featureCount(control);
        if (count <= 0 || count > MAX_FEATURES) {
            return Optional.empty();
        }
        final NativeMemory strings = NativeMemory.allocate(STRINGS_OFFSET + count * STRING_LENGTH);
        strings.buffer().putInt(0, GET_STRINGS);
        strings.buffer().putInt(4, SET_FEATURES);
        strings.buffer().putInt(8, count);
        final int blocks = (count + Integer.SIZE - 1) / Integer.SIZE;
        final NativeMemory features = NativeMemory.allocate(BLOCKS_OFFSET + blocks * BLOCK_LENGTH);
        features.buffer().putInt(0, GET_FEATURES);
        features.buffer().putInt(4, blocks);
        if (!control.ethtool(strings) || !control.ethtool(features)) {
            return Optional.empty();
        }
        return Optional.of(active(strings.buffer(), features.buffer(), count));
    }

    private static int featureCount(final InterfaceControl control) {
        final NativeMemory info = NativeMemory.allocate(24);
        info.buffer().putInt(0, GET_STRING_SET_INFO);
        info.buffer().putLong(8, 1L << SET_FEATURES);
        final boolean isKnown = control.ethtool(info) && info.buffer().getLong(8) != 0; // the kernel clears the bit of a set it lacks
        return isKnown ? info.buffer().getInt(16) : 0;
    }

    private static Set<Offload> active(final UnsafeBuffer strings, final UnsafeBuffer features, final int count) {
        final Set<Offload> active = EnumSet.noneOf(Offload.class);
        final byte[] text = new byte[STRING_LENGTH];
        for (int i = 0; i < count; i++) {
            final int word = features.getInt(BLOCKS_OFFSET + i / Integer.SIZE * BLOCK_LENGTH + ACTIVE_OFFSET);
            strings.getBytes(STRINGS_OFFSET + i * STRING_LENGTH, text);
            final Offload offload = OFFLOADS.get(new String(text, StandardCharsets.US_ASCII).trim());
            if (offload != null && (word >>> i % Integer.SIZE & 1) != 0) {
                active.add(offload);
            }
        }
        return active;
    }
}
