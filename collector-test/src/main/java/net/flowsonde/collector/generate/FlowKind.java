package net.flowsonde.collector.generate;

import java.util.Locale;

/** What a flow does; each kind has its own share of packets and flows. */
public enum FlowKind {
    /** A whole TCP connection: handshake, request, answer, FINs or a RST. */
    TCP,
    /** A SYN that nobody answers, or that is refused by a RST. */
    TCP_SCAN,
    /** Datagrams both ways on a well-known UDP port. */
    UDP,
    /** Queries and answers on UDP port 53. */
    DNS,
    /** Echo requests and replies. */
    ICMP;

    /** Prefix of the kind's totals. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
