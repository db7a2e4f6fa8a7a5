package net.flowsonde.enrich.file;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileAuthentication;
import net.flowsonde.dpi.FileOperation;
import net.flowsonde.dpi.FileProtocol;
import net.flowsonde.dpi.FileResult;

/** What one user does on one share, event after event, for tests. Time goes on with each. */
final class FileEvents {
    static final long EPOCH_NS = 1_700_000_000_000_000_000L;
    static final long SECOND_NS = 1_000_000_000L;

    private final FileActors actors;
    private long nowNs = EPOCH_NS;
    private long stepNs = SECOND_NS / 10;
    private String client = "10.0.0.1";

    FileEvents(final FileActors actors) {
        this.actors = actors;
    }

    static InetAddress address(final String text) {
        try {
            return InetAddress.getByName(text);
        } catch (final UnknownHostException wrong) {
            throw new IllegalArgumentException(text, wrong);
        }
    }

    FileEvents client(final String other) {
        client = other;
        return this;
    }

    FileEvents pause(final long seconds) {
        nowNs += seconds * SECOND_NS;
        return this;
    }

    /** How far time goes on with each event: a tenth of a second if not told otherwise. */
    FileEvents pace(final long milliseconds) {
        stepNs = milliseconds * SECOND_NS / 1_000;
        return this;
    }

    long nowNs() {
        return nowNs;
    }

    FileEvents read(final String path, final long octets) {
        return event(FileOperation.READ, path, "", octets, 0, octets, 0, FileResult.OK);
    }

    FileEvents overwrite(final String path, final long octets) {
        return event(FileOperation.WRITE, path, "", 0, octets, octets, FileAccess.FLAG_OVERWRITTEN, FileResult.OK);
    }

    /** Reads and writes by one open. */
    FileEvents transform(final String path, final long octets) {
        return event(FileOperation.WRITE, path, "", octets, octets, octets, 0, FileResult.OK);
    }

    FileEvents create(final String path, final long octets) {
        return event(FileOperation.CREATE, path, "", 0, octets, 0, FileAccess.FLAG_CREATED, FileResult.OK);
    }

    FileEvents delete(final String path) {
        return event(FileOperation.DELETE, path, "", 0, 0, FileAccess.UNKNOWN_SIZE, 0, FileResult.OK);
    }

    /** Sets the size. */
    FileEvents truncate(final String path, final long before, final long after) {
        nowNs += stepNs;
        actors.onEvent(of(nowNs, client, FileOperation.TRUNCATE, path, "", 0, 0, before, after, 0, FileResult.OK), false);
        return this;
    }

    /** An open that empties the file and writes nothing. */
    FileEvents empty(final String path) {
        return event(FileOperation.WRITE, path, "", 0, 0, 0, FileAccess.FLAG_OVERWRITTEN, FileResult.OK);
    }

    FileEvents rename(final String path, final String secondPath) {
        return event(FileOperation.RENAME, path, secondPath, 0, 0, FileAccess.UNKNOWN_SIZE, 0, FileResult.OK);
    }

    FileEvents mkdir(final String path) {
        return event(FileOperation.MKDIR, path, "", 0, 0, FileAccess.UNKNOWN_SIZE, FileAccess.FLAG_DIRECTORY, FileResult.OK);
    }

    FileEvents list(final String path) {
        return event(FileOperation.LIST, path, "", 0, 0, FileAccess.UNKNOWN_SIZE, FileAccess.FLAG_DIRECTORY, FileResult.OK);
    }

    FileEvents denied(final String path) {
        return event(FileOperation.OPEN, path, "", 0, 0, FileAccess.UNKNOWN_SIZE, 0, FileResult.DENIED);
    }

    private FileEvents event(
        final FileOperation operation, final String path, final String secondPath, final long readOctets, final long writeOctets,
        final long sizeAtOpen, final int flags, final FileResult result) {
        nowNs += stepNs;
        actors.onEvent(of(nowNs, client, operation, path, secondPath, readOctets, writeOctets, sizeAtOpen, flags, result), false);
        return this;
    }

    static FileEvent of(
        final long nowNs, final String client, final FileOperation operation, final String path, final String secondPath,
        final long readOctets, final long writeOctets, final long sizeAtOpen, final int flags, final FileResult result) {
        return of(nowNs, client, operation, path, secondPath, readOctets, writeOctets, sizeAtOpen, writeOctets, flags, result);
    }

    private static FileEvent of(
        final long nowNs, final String client, final FileOperation operation, final String path, final String secondPath,
        final long readOctets, final long writeOctets, final long sizeAtOpen, final long sizeAtClose, final int flags, final FileResult result) {
        return new FileEvent(nowNs, nowNs, 7, address(client), address("10.0.0.2"), FileProtocol.SMB3_1_1, FileAuthentication.NTLM, "alice",
            "ACME", "\\\\server\\data", FilePath.of(FileProtocol.SMB3_1_1, path), FilePath.of(FileProtocol.SMB3_1_1, secondPath), operation, result, readOctets, writeOctets, sizeAtOpen,
            sizeAtClose, flags);
    }
}
