package net.flowsonde.cli;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * The DNS of a replay for a person: servers, clients, the names asked for most, and alerts. Keeps the first {@value #MOST_KEPT} of each
 * kind, and shows the {@value #MOST_SHOWN} with most queries.
 */
final class DnsReport implements RecordReport {
    private static final int MOST_KEPT = 100_000;
    private static final int MOST_SHOWN = 25;
    private static final long NO_RESPONSE_CODE = 0xFFFF;
    private static final long NO_ERROR = 0;
    private static final long SERVER_FAILURE = 2;
    private static final long NX_DOMAIN = 3;
    private static final long RECURSION_AVAILABLE = 0x0080;
    private static final long AUTHORITATIVE = 0x0400;
    private static final long REFUSED = 5;
    private static final long NOT_DNS = 1 << 8;
    private static final long ENCRYPTED = 1 << 28;

    private final PrintWriter out;
    private final AlertLines alerts;
    private final DateTimeFormatter clock = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private final Map<InetAddress, Tally> servers = new HashMap<>();
    private final Map<InetAddress, Tally> clients = new HashMap<>();
    private final Map<String, Tally> names = new HashMap<>();
    private long transactions;
    private long unkept;

    /** What was counted of one server, client or name. */
    private static final class Tally {
        private long queries;
        private long answers;
        private long noErrors;
        private long nxDomains;
        private long failures;
        private long refusals;
        private long otherErrors;
        private long encryptedOctets;
        private long otherOctets;
        private Instant first = Instant.MAX;
        private Instant last = Instant.MIN;
        private long responseTimeUs;
        private long responses;
        private final Set<Object> others = new HashSet<>();
        private final Set<String> traits = new TreeSet<>();
        private String lastAnswers = "";

        void add(final DecodedRecord record, final Object other) {
            final long code = record.number("dnsResponseCode");
            see(record.time("flowStartNanoseconds"));
            see(record.time("flowEndNanoseconds"));
            final long octets = record.number("dnsQueryLength") + record.number("dnsAnswerLength");
            final long marks = record.number("dnsMarks");
            if ((marks & (ENCRYPTED | NOT_DNS)) != 0) {
                addOther(other);
                encryptedOctets += (marks & ENCRYPTED) != 0 ? octets : 0;
                otherOctets += (marks & ENCRYPTED) != 0 ? 0 : octets;
                return;
            }
            queries += record.number("dnsQueryLength") > 0 ? 1 + record.number("dnsRetries") : 0;
            addOther(other);
            if (record.number("dnsAnswerLength") == 0 || code == NO_RESPONSE_CODE) {
                return;
            }
            answers++;
            noErrors += code == NO_ERROR ? 1 : 0;
            nxDomains += code == NX_DOMAIN ? 1 : 0;
            failures += code == SERVER_FAILURE ? 1 : 0;
            refusals += code == REFUSED ? 1 : 0;
            otherErrors += code == NO_ERROR || code == NX_DOMAIN || code == SERVER_FAILURE || code == REFUSED ? 0 : 1;
            if (record.number("dnsResponseTime") > 0) {
                responseTimeUs += record.number("dnsResponseTime");
                responses++;
            }
        }

        private void addOther(final Object other) {
            if (others.size() < MOST_KEPT) {
                others.add(other);
            }
        }

        private void see(final Instant time) {
            first = time.isBefore(first) ? time : first;
            last = time.isAfter(last) ? time : last;
        }

        /** Transports and traits, and how much passed that was not read. */
        String how() {
            final String octets = (encryptedOctets > 0 ? String.format(Locale.ROOT, ", %,d octets encrypted", encryptedOctets) : "")
                + (otherOctets > 0 ? String.format(Locale.ROOT, ", %,d octets that are not DNS", otherOctets) : "");
            return String.join(" ", traits) + (queries > 0 && answers == 0 ? ", no answer seen" : "") + octets;
        }

        String meanTime() {
            return responses == 0 ? "-" : String.format(Locale.ROOT, "%.1f ms", responseTimeUs / 1e3 / responses);
        }
    }

    DnsReport(final PrintWriter out) {
        this.out = out;
        alerts = new AlertLines(out);
    }

    @Override
    public void add(final DecodedRecord record) {
        alerts.add(record);
        if (!record.has("dnsQueryName")) {
            return;
        }
        transactions++;
        final InetAddress client = record.address("sourceIPv4Address", "sourceIPv6Address");
        final InetAddress server = record.address("destinationIPv4Address", "destinationIPv6Address");
        final String name = record.text("dnsQueryName").toLowerCase(Locale.ROOT);
        count(clients, client, record, name);
        final Tally tally = count(servers, server, record, client);
        tally.traits.add(transport(record));
        if (record.number("dnsAnswerLength") > 0 && (record.number("dnsMarks") & (ENCRYPTED | NOT_DNS)) == 0) {
            addTraits(tally, record.number("dnsFlags"));
        }
        if (!name.isEmpty()) {
            final String answers = record.text("dnsAnswers");
            final Tally asked = count(names, name, record, client);
            asked.lastAnswers = answers.isEmpty() ? asked.lastAnswers : answers;
        }
    }

    private <K> Tally count(final Map<K, Tally> tallies, final K key, final DecodedRecord record, final Object other) {
        if (tallies.size() >= MOST_KEPT && !tallies.containsKey(key)) {
            unkept++;
            return new Tally();
        }
        final Tally tally = tallies.computeIfAbsent(key, added -> new Tally());
        tally.add(record, other);
        return tally;
    }

    private static void addTraits(final Tally tally, final long flags) {
        if ((flags & RECURSION_AVAILABLE) != 0) {
            tally.traits.add("recursive");
        }
        if ((flags & AUTHORITATIVE) != 0) {
            tally.traits.add("authoritative");
        }
    }

    private static String transport(final DecodedRecord record) {
        return switch ((int) record.number("dnsTransport")) {
            case 2 -> "TCP";
            case 3 -> "DoT";
            case 4 -> "DoQ";
            case 5 -> "DoH";
            default -> switch ((int) record.number("destinationTransportPort")) {
                case 5353 -> "mDNS";
                case 5355 -> "LLMNR";
                case 137 -> "NetBIOS";
                default -> "UDP";
            };
        };
    }

    @Override
    public void print() {
        out.println();
        printServers();
        printClients();
        printNames();
        out.printf(Locale.ROOT, "%,d DNS transactions of %,d clients with %,d servers%n%n", transactions, clients.size(), servers.size());
        if (unkept > 0) {
            out.printf(Locale.ROOT, "%,d times a server, client or name was not counted because there were too many%n%n", unkept);
        }
        alerts.print();
        out.flush();
    }

    private void printServers() {
        out.printf("%-39s %-8s %-8s %7s %8s %8s %9s %8s %8s %8s %8s %8s  %s%n", "server", "first", "last", "clients", "queries", "answers",
            "mean time", "ok", "nxdomain", "servfail", "refused", "other", "how");
        top(servers, tally -> tally.answers).forEach(entry -> {
            final Tally tally = entry.getValue();
            out.printf(Locale.ROOT, "%-39s %s %s %,7d %,8d %,8d %9s %,8d %,8d %,8d %,8d %,8d  %s%n", AddressText.of(entry.getKey()),
                clock.format(tally.first), clock.format(tally.last), tally.others.size(), tally.queries, tally.answers, tally.meanTime(),
                tally.noErrors, tally.nxDomains, tally.failures, tally.refusals, tally.otherErrors, tally.how());
        });
        printRest(servers);
    }

    private void printClients() {
        out.printf("%-39s %8s %8s %7s %9s%n", "client", "queries", "answers", "names", "nxdomain");
        top(clients, tally -> tally.queries).forEach(entry -> {
            final Tally tally = entry.getValue();
            out.printf(Locale.ROOT, "%-39s %,8d %,8d %,7d %,9d%n", AddressText.of(entry.getKey()), tally.queries, tally.answers,
                tally.others.size(), tally.nxDomains);
        });
        printRest(clients);
    }

    private void printNames() {
        out.printf("%-47s %8s %7s  %s%n", "name", "queries", "clients", "last answer");
        top(names, tally -> tally.queries).forEach(entry -> out.printf(Locale.ROOT, "%-47s %,8d %,7d  %s%n", cut(entry.getKey(), 47),
            entry.getValue().queries, entry.getValue().others.size(), answerText(entry.getValue())));
        printRest(names);
    }

    private static String answerText(final Tally tally) {
        return tally.lastAnswers.isEmpty() ? tally.nxDomains > 0 ? "no such name" : "-" : cut(tally.lastAnswers, 60);
    }

    private static String cut(final String text, final int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    private static <K> List<Map.Entry<K, Tally>> top(final Map<K, Tally> tallies, final ToLongFunction<Tally> rank) {
        return tallies.entrySet().stream()
            .sorted(Comparator.<Map.Entry<K, Tally>>comparingLong(entry -> rank.applyAsLong(entry.getValue())).reversed()
                .thenComparing(entry -> entry.getKey().toString()))
            .limit(MOST_SHOWN).toList();
    }

    private void printRest(final Map<?, Tally> tallies) {
        if (tallies.size() > MOST_SHOWN) {
            out.printf(Locale.ROOT, "… and %,d more%n", tallies.size() - MOST_SHOWN);
        }
        out.println();
    }
}
