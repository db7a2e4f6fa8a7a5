package net.flowsonde.flow;

import net.flowsonde.decode.TunnelType;

/** What the codes in {@link FlowRecord#tunnelType()} mean, for those downstream who do not know the decoder. */
public final class TunnelNames {
    private static final TunnelType[] BY_CODE = new TunnelType[256];

    static {
        for (final TunnelType type : TunnelType.values()) {
            BY_CODE[type.code()] = type;
        }
    }

    private TunnelNames() {
    }

    /** Name for a person; null for a code that is not known. */
    public static String of(final int code) {
        return code >= 0 && code < BY_CODE.length && BY_CODE[code] != null ? BY_CODE[code].description() : null;
    }

    /** The tunnel identifier is a VXLAN network identifier. */
    public static boolean isVxlan(final int code) {
        return code == TunnelType.VXLAN.code() || code == TunnelType.VXLAN_GPE.code();
    }
}
