package net.flowsonde.enrich;

import java.util.concurrent.TimeUnit;
import net.flowsonde.enrich.file.FlowUse;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What other traffic says about the flow record at hand. One scratch for all records: {@link Enricher} fills it before a record is
 * exported, and whoever exports reads it. Texts are UTF-8, and empty when unknown. Owned by the export thread.
 */
public final class FlowMetadata {
    /** No DNS answer gave the client the server's address, as far as was seen; a bit beside those of {@code FlowRecord.flags}. */
    public static final int MARK_WITHOUT_DNS = 1 << 16;

    static final byte[] NO_TEXT = {};
    private static final FlowUse NO_USE = new FlowUse();
    private static final int MOST_CANDIDATES = 0xFF;

    private final UnsafeBuffer clientName = new UnsafeBuffer(NO_TEXT);
    private final UnsafeBuffer serverName = new UnsafeBuffer(NO_TEXT);
    private final UnsafeBuffer serverCanonicalName = new UnsafeBuffer(NO_TEXT);
    private NameSource nameSource = NameSource.NONE;
    private long nameAgeNs;
    private int nameCandidates;
    private int marks;
    private FlowUse use = NO_USE;
    private final UnsafeBuffer dnsQuery = new UnsafeBuffer(NO_TEXT);
    private final UnsafeBuffer dnsAnswer = new UnsafeBuffer(NO_TEXT);
    private final UnsafeBuffer dnsQueryOctets = new UnsafeBuffer(new byte[FlowDns.MOST_OCTETS]);
    private final UnsafeBuffer dnsAnswerOctets = new UnsafeBuffer(new byte[FlowDns.MOST_OCTETS]);

    void reset() {
        clientName.wrap(NO_TEXT);
        serverName.wrap(NO_TEXT);
        serverCanonicalName.wrap(NO_TEXT);
        nameSource = NameSource.NONE;
        nameAgeNs = 0;
        nameCandidates = 0;
        marks = 0;
        use = NO_USE;
        dnsQuery.wrap(NO_TEXT);
        dnsAnswer.wrap(NO_TEXT);
    }

    /** Whether either end has a name. */
    public boolean hasNames() {
        return hasServerName() || clientName.capacity() != 0;
    }

    boolean hasServerName() {
        return serverName.capacity() != 0;
    }

    /** The name that the server asked for and got the client's address; rare, as servers seldom look up their clients by name. */
    public DirectBuffer clientName() {
        return clientName;
    }

    void clientName(final byte[] name) {
        clientName.wrap(name);
    }

    /** The name that the client asked for and got the server's address. */
    public DirectBuffer serverName() {
        return serverName;
    }

    void serverName(final NameMatch match) {
        serverName.wrap(match.name());
        serverCanonicalName.wrap(match.canonicalName());
        nameSource = match.source();
        nameAgeNs = match.ageNs();
        nameCandidates = match.candidates();
    }

    /** What the last CNAME on the way from the server's name to its address led to; empty when there was no CNAME. */
    public DirectBuffer serverCanonicalName() {
        return serverCanonicalName;
    }

    /** Code of {@link NameSource}, of the server's name. */
    public int nameSource() {
        return nameSource.code();
    }

    /** From the answer that gave the server's address to the first packet of the record. */
    public long nameAgeMs() {
        return TimeUnit.NANOSECONDS.toMillis(nameAgeNs);
    }

    /** How many names of this client led to the server's address then; above 1 the name is the latest of them. */
    public int nameCandidates() {
        return Math.min(nameCandidates, MOST_CANDIDATES);
    }

    /** Bits that belong beside those of {@code FlowRecord.flags}. */
    public int marks() {
        return marks;
    }

    void markWithoutDns() {
        marks |= MARK_WITHOUT_DNS;
    }

    /** Whether it is known who used the flow, or for which files. */
    public boolean hasUse() {
        return use != NO_USE;
    }

    /** By whom and for which files the flow was used. */
    public FlowUse use() {
        return use;
    }

    void use(final FlowUse known) {
        use = known;
    }

    /** Whether the flow carried DNS, and a collector is told of its messages. */
    public boolean hasDns() {
        return dnsQuery.capacity() != 0;
    }

    /** A DNS message with every question of the flow's record, behind its length over TCP; empty without {@link #hasDns}. */
    public DirectBuffer dnsQuery() {
        return dnsQuery;
    }

    /** The same with the addresses and names that were answered. */
    public DirectBuffer dnsAnswer() {
        return dnsAnswer;
    }

    void dns(final FlowDns dns, final boolean isTcp) {
        dnsQuery.wrap(dnsQueryOctets, 0, dns.putQuery(dnsQueryOctets, isTcp));
        dnsAnswer.wrap(dnsAnswerOctets, 0, dns.putAnswer(dnsAnswerOctets, isTcp));
    }
}
