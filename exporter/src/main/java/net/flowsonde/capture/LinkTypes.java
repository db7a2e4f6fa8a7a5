package net.flowsonde.capture;

/** LINKTYPE_ values of capture files, and the DLT_ values of libpcap where they differ (pcap-linktype(7)). */
final class LinkTypes {
    static final int ETHERNET = 1;
    static final int RAW_IP = 101;
    static final int LINUX_SLL = 113;
    static final int LINUX_SLL2 = 276;

    private static final int DLT_RAW = 12;
    /** DLT_RAW on OpenBSD, found in files that were written there with the DLT_ value. */
    private static final int DLT_RAW_OPENBSD = 14;

    private LinkTypes() {
    }

    static int ofDlt(final int dlt) {
        return dlt == DLT_RAW || dlt == DLT_RAW_OPENBSD ? RAW_IP : dlt;
    }

    static int toDlt(final int linkType) {
        return linkType == RAW_IP ? DLT_RAW : linkType;
    }
}
