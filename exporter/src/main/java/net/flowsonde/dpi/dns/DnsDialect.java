package net.flowsonde.dpi.dns;

/** The protocols that share DNS's message format; each has ports of its own. */
enum DnsDialect {
    DNS(53, 0),
    MDNS(5353, DnsMark.MDNS.mask()),
    LLMNR(5355, DnsMark.LLMNR.mask()),
    NETBIOS(137, DnsMark.NETBIOS.mask());

    private final int port;
    private final long marks;

    DnsDialect(final int port, final long marks) {
        this.port = port;
        this.marks = marks;
    }

    /** Marks of every transaction in it. */
    long marks() {
        return marks;
    }

    /** The dialect of a UDP port, or null: none of theirs. */
    static DnsDialect ofDatagrams(final int port) {
        return port == DNS.port ? DNS : port == MDNS.port ? MDNS : port == NETBIOS.port ? NETBIOS : port == LLMNR.port ? LLMNR : null;
    }

    /** The dialect of a TCP port, or null: none of theirs. */
    static DnsDialect ofStreams(final int port) {
        return port == DNS.port ? DNS : port == LLMNR.port ? LLMNR : null;
    }
}
