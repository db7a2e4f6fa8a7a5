package net.flowsonde.cli;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.flowsonde.dpi.FileOperation;
import net.flowsonde.dpi.FileProtocol;
import net.flowsonde.dpi.FileResult;

/**
 * The files of a replay for a person: who did what to which path, the servers, the users, and alerts. Keeps the first {@value #MOST_KEPT} of
 * each kind and shows what is {@value #MOST_ROWS} lines long at most.
 */
final class FilesReport implements RecordReport {
    private static final int MOST_KEPT = 100_000;
    private static final int MOST_ROWS = 1_000;
    private static final String ACCESS_FORMAT = "%-8s %-15s %-15s %-14s %-9s %9s %9s  %s%n";

    private final PrintWriter out;
    private final AlertLines alerts;
    private final DateTimeFormatter clock = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private final List<Access> accesses = new ArrayList<>();
    private final Map<InetAddress, Tally> servers = new HashMap<>();
    private final Map<String, Tally> users = new HashMap<>();
    private long unshown;

    private record Access(
        Instant start, String user, InetAddress client, FileOperation operation, FileResult result, long readOctets, long writeOctets,
        String path) {
    }

    private static final class Tally {
        private final Set<Object> clients = new HashSet<>();
        private final Set<String> shares = new TreeSet<>();
        private final Set<String> protocols = new TreeSet<>();
        private long accesses;
        private long failures;
        private long readOctets;
        private long writeOctets;

        void add(final DecodedRecord record, final InetAddress client) {
            accesses++;
            failures += record.number("fileResult") > FileResult.OK.code() ? 1 : 0;
            readOctets += record.number("fileReadOctets");
            writeOctets += record.number("fileWriteOctets");
            clients.add(client);
            protocols.add(FileProtocol.of((int) record.number("fileProtocol")).text());
            if (shares.size() < MOST_ROWS && !record.text("fileShare").isEmpty()) {
                shares.add(record.text("fileShare"));
            }
        }
    }

    FilesReport(final PrintWriter out) {
        this.out = out;
        alerts = new AlertLines(out);
    }

    @Override
    public void add(final DecodedRecord record) {
        alerts.add(record);
        if (!record.has("fileOperation") || record.isFlow()) {
            return;
        }
        final InetAddress client = record.address("sourceIPv4Address", "sourceIPv6Address");
        tally(servers, record.address("destinationIPv4Address", "destinationIPv6Address"), record, client);
        tally(users, user(record), record, client);
        if (accesses.size() < MOST_ROWS) {
            accesses.add(new Access(record.time("flowStartNanoseconds"), user(record), client,
                FileOperation.of((int) record.number("fileOperation")), FileResult.of((int) record.number("fileResult")),
                record.number("fileReadOctets"), record.number("fileWriteOctets"), path(record)));
        } else {
            unshown++;
        }
    }

    private static <K> void tally(final Map<K, Tally> tallies, final K key, final DecodedRecord record, final InetAddress client) {
        if (tallies.size() < MOST_KEPT || tallies.containsKey(key)) {
            tallies.computeIfAbsent(key, added -> new Tally()).add(record, client);
        }
    }

    private static String user(final DecodedRecord record) {
        final String domain = record.text("fileUserDomain");
        final String user = record.text("userName");
        return user.isEmpty() ? "-" : domain.isEmpty() ? user : domain + "\\" + user;
    }

    private static String path(final DecodedRecord record) {
        final String share = record.text("fileShare");
        final String path = record.text("filePath");
        final String separator = share.isEmpty() || path.isEmpty() || share.endsWith("/") || path.startsWith("\\") || path.startsWith("/") ? ""
            : share.startsWith("\\") ? "\\" : "/";
        final String second = record.text("fileSecondPath");
        return share + separator + path + (second.isEmpty() ? "" : " -> " + second);
    }

    @Override
    public void print() {
        out.println();
        printAccesses();
        printServers();
        printUsers();
        alerts.print();
        out.flush();
    }

    private void printAccesses() {
        if (accesses.isEmpty()) {
            out.printf("no file was touched%n%n");
            return;
        }
        out.printf(ACCESS_FORMAT, "start", "user", "client", "operation", "result", "read", "written", "path");
        accesses.sort(Comparator.comparing(Access::start));
        accesses.forEach(access -> out.printf(ACCESS_FORMAT, clock.format(access.start), access.user, AddressText.of(access.client),
            access.operation.text(), access.result.text(), octets(access.readOctets), octets(access.writeOctets), access.path));
        if (unshown > 0) {
            out.printf(Locale.ROOT, "… and %,d more accesses; --output, --json or --collector give them all%n", unshown);
        }
        out.println();
    }

    private static String octets(final long octets) {
        return octets == 0 ? "" : String.format(Locale.ROOT, "%,d", octets);
    }

    private void printServers() {
        if (!servers.isEmpty()) {
            out.printf("%-39s %8s %8s %7s %13s %13s  %s%n", "server", "accesses", "failed", "clients", "read", "written", "how");
        }
        servers.entrySet().stream().sorted(Comparator.comparingLong(entry -> -entry.getValue().accesses)).limit(MOST_ROWS)
            .forEach(entry -> printTally(AddressText.of(entry.getKey()), entry.getValue(), entry.getValue().protocols));
        out.println();
    }

    private void printUsers() {
        if (!users.isEmpty()) {
            out.printf("%-39s %8s %8s %7s %13s %13s  %s%n", "user", "accesses", "failed", "clients", "read", "written", "shares");
        }
        users.entrySet().stream().sorted(Comparator.comparingLong(entry -> -entry.getValue().accesses)).limit(MOST_ROWS)
            .forEach(entry -> printTally(entry.getKey(), entry.getValue(), entry.getValue().shares));
        out.println();
    }

    private void printTally(final String name, final Tally tally, final Set<String> more) {
        out.printf(Locale.ROOT, "%-39s %,8d %,8d %,7d %,13d %,13d  %s%n", name, tally.accesses, tally.failures, tally.clients.size(),
            tally.readOctets, tally.writeOctets, String.join(" ", more));
    }
}
