package net.flowsonde.snmp;

import java.util.List;
import net.flowsonde.telemetry.FileServerRow;
import net.flowsonde.telemetry.Telemetry;

/** Every file server that was used, up to the bound of the snapshot. */
final class FileServerMib {
    private static final long NS_PER_MS = 1_000_000;

    private FileServerMib() {
    }

    static MibTable<FileServerRow> of(final Oids oids, final Telemetry telemetry) {
        return new MibTable<>("flowsondeFileServer",
            "One row a file server that was used, at most 1024, those with most operations; kept up to date once a second",
            oids.entry(Oids.FILE_SERVER_TABLE), DnsServerMib.index("flowsondeFileServer", FileServerRow::address), columns(),
            () -> telemetry.fileServers().rows());
    }

    private static List<Column<FileServerRow>> columns() {
        return List.of(
            new Column<>(3, "Protocol", Syntax.TEXT, "the newest protocol that it was seen to speak", FileServerRow::protocol),
            new Column<>(4, "FirstSeen", Syntax.DATE_AND_TIME, "first access to it", row -> row.firstSeenNs() / NS_PER_MS),
            new Column<>(5, "LastSeen", Syntax.DATE_AND_TIME, "last access to it", row -> row.lastSeenNs() / NS_PER_MS),
            new Column<>(6, "Clients", Syntax.GAUGE32, "how many clients it served; an estimate above a few dozen",
                FileServerRow::clients),
            new Column<>(7, "Users", Syntax.GAUGE32, "how many users it served; an estimate above a few dozen", FileServerRow::users),
            new Column<>(8, "Shares", Syntax.GAUGE32, "how many shares or exports were used; an estimate above a few dozen",
                FileServerRow::shares),
            new Column<>(9, "Operations", Syntax.COUNTER64, "file operations", FileServerRow::operations),
            new Column<>(10, "Failures", Syntax.COUNTER64, "file operations that failed", FileServerRow::failures),
            new Column<>(11, "ReadOctets", Syntax.COUNTER64, "octets read from its files", FileServerRow::readOctets),
            new Column<>(12, "WriteOctets", Syntax.COUNTER64, "octets written to its files", FileServerRow::writeOctets));
    }
}
