package net.flowsonde.dpi.dns;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import net.flowsonde.capture.PacketSource;
import net.flowsonde.capture.PacketSources;
import net.flowsonde.config.DpiConfig;
import net.flowsonde.config.FlowConfig;
import net.flowsonde.config.TcpConfig;
import net.flowsonde.dpi.DpiDispatcher;
import net.flowsonde.flow.FlowMeter;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;

/** Dissects a capture file with the real pipeline and says each transaction in lines. */
final class DnsCorpus {
    private static final int RING_CAPACITY = 1 << 24;

    private final List<String> lines = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private final DnsTransaction transaction = new DnsTransaction();
    private final DnsRecord record = new DnsRecord();

    /** What a file's transactions are. */
    static DnsCorpus of(final Path file) {
        final DnsCorpus corpus = new DnsCorpus();
        corpus.read(file);
        return corpus;
    }

    private void read(final Path file) {
        final RecordRing ring = new RecordRing(RING_CAPACITY, () -> false);
        final Counters counters = new Telemetry().register(Counter.Scope.QUEUE, "test");
        final FlowMeter meter = new FlowMeter(FlowConfig.DEFAULT, TcpConfig.DEFAULT, 1, ring, counters, DpiDispatcher.of(
            DpiConfig.DEFAULT, List.of(new DnsAnalyzer(DpiConfig.DEFAULT, ring, counters)), counters));
        try (PacketSource source = PacketSources.file(file, "", counters)) {
            while (!source.isFinished()) {
                source.poll(meter);
                drain(ring);
            }
        }
        meter.onClose();
        drain(ring);
    }

    private void drain(final RecordRing ring) {
        ring.drain((type, buffer, index, length) -> {
            if (type == RecordRing.DNS_TRANSACTION) {
                add(transaction.wrap(buffer, index));
            }
        }, Integer.MAX_VALUE);
    }

    private void add(final DnsTransaction found) {
        lines.add(line(found));
        record.before(found);
        while (record.next()) {
            lines.add("  " + record.section() + " " + record.name() + " " + record.ttl() + " " + DnsType.nameOf(record.type()) + " "
                + record.text() + addresses());
        }
        if (!found.hasMark(DnsMark.NOT_DNS) && !found.hasMark(DnsMark.ENCRYPTED)) {
            addMessages(found);
        }
    }

    /** Hints, and the addresses of NetBIOS, which are no text. */
    private String addresses() {
        return record.type() == DnsType.A.code() || record.type() == DnsType.AAAA.code() ? ""
            : record.ipv4Count() + record.ipv6Count() == 0 ? "" : " addresses=" + record.ipv4Count() + "+" + record.ipv6Count();
    }

    /** The messages that a transaction was made of, as the oracle tells them. */
    private void addMessages(final DnsTransaction found) {
        final String question = found.questionCount() == 0 ? "- 0" : found.queryName() + " " + found.queryType();
        final boolean isJoined = found.hasMark(DnsMark.TRUNCATION_RETRIED);
        final int queries = found.hasQuery() && !found.hasMark(DnsMark.SECOND_ANSWER) ? 1 + found.retries() + (isJoined ? 1 : 0) : 0;
        for (int i = 0; i < queries; i++) {
            messages.add("query " + question);
        }
        for (int i = 0; found.hasAnswer() && i < (isJoined ? 2 : 1); i++) {
            messages.add("answer " + question + " rcode " + (found.responseCode() & 0xF));
        }
    }

    private static String line(final DnsTransaction found) {
        final StringJoiner marks = new StringJoiner("|");
        for (int bit = 0; bit < DnsMark.count(); bit++) {
            if (DnsMark.of(bit).isIn(found.marks())) {
                marks.add(DnsMark.of(bit).name());
            }
        }
        return String.join(" ", found.transport().label(), Integer.toString(found.serverPort()), found.queryName(),
            DnsType.nameOf(found.queryType()),
            "rcode=" + (found.responseCode() == DnsTransaction.NO_RESPONSE_CODE ? "-" : found.responseCode()),
            "flags=" + Integer.toHexString(found.flags()), "time=" + (found.responseTimeNs() < 0 ? "-" : found.responseTimeNs() / 1_000),
            "octets=" + found.queryLength() + "/" + found.answerLength(),
            "counts=" + found.questionCount() + "/" + found.answerCount() + "/" + found.authorityCount() + "/" + found.additionalCount(),
            "ttl=" + (found.minimumTtl() == DnsTransaction.NO_TTL ? "-" : found.minimumTtl()), "retries=" + found.retries(),
            "trailing=" + found.trailingOctets(), "size=" + found.udpPayloadSize(), marks.toString());
    }

    /** A line for each transaction, and one for each record below it. */
    List<String> lines() {
        return lines;
    }

    /** A line for each message. */
    List<String> messages() {
        return messages;
    }
}
