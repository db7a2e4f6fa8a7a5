package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileAccess.Name;
import net.flowsonde.dpi.FileAccessWriter;
import net.flowsonde.dpi.FileAuthentication;
import net.flowsonde.dpi.FileOperation;
import net.flowsonde.dpi.FileParties;
import net.flowsonde.dpi.FileProtocol;
import net.flowsonde.dpi.FileResult;
import net.flowsonde.dpi.Text;
import net.flowsonde.dpi.TicketUsers;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.concurrent.UnsafeBuffer;

/** From what became of a file or a request to a {@link FileAccess} record. */
final class SmbRecords {
    private static final long NANOSECONDS_A_SECOND = 1_000_000_000;

    private final FileAccessWriter writer;
    private final TicketUsers tickets;
    private final Counters counters;
    private final UnsafeBuffer ticketUser = TicketUsers.scratch();
    private final Text unknownTree = new Text(FileAccess.LONGEST_NAME);
    private final Text unknownFile = new Text(FileAccess.LONGEST_NAME).append("<unknown file>");

    SmbRecords(final FileAccessWriter writer, final TicketUsers tickets, final Counters counters) {
        this.writer = writer;
        this.tickets = tickets;
        this.counters = counters;
    }

    /** Finds out who showed the ticket of a logon. */
    void identify(final SmbRequest logon, final long nowNs) {
        if (logon.ticketHigh != 0 && logon.user.isEmpty() && tickets.find(
            logon.ticketHigh, logon.ticketLow, logon.user, logon.domain, ticketUser, (int) (nowNs / NANOSECONDS_A_SECOND))) {
            counters.increment(Counter.SMB_TICKETS_KNOWN);
        }
    }

    /** The same for a session: the queue that sees the key server may have been behind. */
    private void identify(final SmbSession session) {
        if (session.ticketHigh != 0 && tickets.find(session.ticketHigh, session.ticketLow, session.user, session.domain, ticketUser, 0)) {
            counters.increment(Counter.SMB_TICKETS_KNOWN);
            session.ticketHigh = 0;
        }
    }

    /** A file was closed, or could not be opened. */
    void file(final SmbFile file, final int status, final FileResult result, final long sizeAtClose, final long endNs) {
        final FileOperation operation = file.operation();
        if (file.isTold && isNothing(operation)) {
            return;
        }
        begin(file.parties, file.protocol, file.session(), file.sessionId, file.tree(), file.treeId)
            .times(file.startNs, endNs).operation(operation).status(status, result)
            .read(file.readOctets, file.readOperations).written(file.writeOctets, file.writeOperations)
            .sizes(file.size, sizeAtClose).raise(flags(file));
        if (operation == FileOperation.COPY) {
            writer.path(file.copySource).secondPath(file.path);
        } else {
            path(file);
        }
        writer.publish();
    }

    /** An open file that another record told of, and to which nothing else was done. */
    private static boolean isNothing(final FileOperation operation) {
        return operation == FileOperation.OPEN || operation == FileOperation.SET_ATTRIBUTES;
    }

    /** A file was closed. */
    void closed(final SmbFile file) {
        file(file, SmbStatus.SUCCESS, FileResult.OK, file.sizeAtClose, file.lastNs);
    }

    /** A file whose close was not seen. */
    void unfinished(final SmbFile file) {
        file.flags |= FileAccess.FLAG_UNFINISHED;
        if (file.isAnswered) {
            file(file, SmbStatus.SUCCESS, FileResult.OK, FileAccess.UNKNOWN_SIZE, file.lastNs);
        } else {
            file(file, SmbStatus.SUCCESS, FileResult.UNKNOWN, FileAccess.UNKNOWN_SIZE, file.lastNs);
        }
    }

    private void path(final SmbFile file) {
        if (file.path.isEmpty()) {
            writer.path(unknownFile).raise(FileAccess.FLAG_GUESSED);
        } else {
            writer.path(file.path);
        }
    }

    static int flags(final SmbFile file) {
        final SmbConnection connection = file.connection;
        int flags = file.flags;
        if (connection != null) {
            flags |= connection.flags | (connection.gaps == file.gaps ? 0 : FileAccess.FLAG_GAP);
        }
        return file.isDeletePending ? flags | FileAccess.FLAG_DELETE_ON_CLOSE : flags;
    }

    /** What was done to an open file and is told at once. */
    void ofFile(
        final SmbFile file, final FileOperation operation, final SmbRequest request, final int status, final FileResult result,
        final long endNs) {
        begin(file.parties, file.protocol, file.session(), file.sessionId, file.tree(), file.treeId)
            .times(request.startNs, endNs).operation(operation).status(status, result)
            .raise(request.flags | flags(file) & ~(FileAccess.FLAG_CREATED | FileAccess.FLAG_OVERWRITTEN | FileAccess.FLAG_DELETE_ON_CLOSE));
        path(file);
        if (!request.secondPath.isEmpty()) {
            writer.secondPath(request.secondPath);
        }
        if (operation == FileOperation.TRUNCATE || operation == FileOperation.ZERO) {
            writer.sizes(file.size, request.value);
        }
        writer.publish();
    }

    /** What was done to a path without opening it. */
    void ofPath(
        final SmbRequest request, final SmbSession session, final SmbTree tree, final int status, final FileResult result, final long endNs) {
        begin(request.connection.parties, request.connection.protocol, session, request.sessionId, tree, request.treeId)
            .times(request.startNs, endNs).operation(request.operation).status(status, result)
            .raise(request.connection.flags | request.flags);
        if (request.path.isEmpty()) {
            writer.path(unknownFile).raise(FileAccess.FLAG_GUESSED);
        } else {
            writer.path(request.path);
        }
        if (request.operation == FileOperation.MKDIR || request.operation == FileOperation.RMDIR) {
            writer.raise(FileAccess.FLAG_DIRECTORY);
        }
        if (!request.secondPath.isEmpty()) {
            writer.secondPath(request.secondPath);
        }
        writer.publish();
    }

    /** A request on a path that was never answered. */
    void unanswered(final SmbRequest request) {
        if (request.operation != null && request.operation != FileOperation.LOOKUP && request.file() == null) {
            ofPath(request, null, null, SmbStatus.SUCCESS, FileResult.UNKNOWN, request.startNs);
        }
    }

    /** A logon has succeeded or failed. @param session null when it failed */
    void logon(
        final SmbRequest request, final SmbSession session, final long sessionId, final int status, final FileResult result,
        final long endNs) {
        identify(request, endNs);
        writer.begin(request.connection.parties).protocol(request.connection.protocol).times(request.startNs, endNs)
            .operation(FileOperation.LOGON).status(status, result).raise(request.connection.flags)
            .session(sessionId, session == null ? request.authentication : session.authentication)
            .name(Name.USER, request.user).name(Name.DOMAIN, request.domain).name(Name.WORKSTATION, request.workstation).publish();
    }

    void logoff(final SmbConnection connection, final SmbSession session, final long startNs, final long endNs) {
        writer.begin(connection.parties).protocol(connection.protocol).times(startNs, endNs).operation(FileOperation.LOGOFF)
            .status(SmbStatus.SUCCESS, FileResult.OK).raise(connection.flags);
        who(session, session.id);
        writer.publish();
    }

    /** A share was connected to, or left. @param share its name; null when it is not known */
    void share(
        final SmbRequest request, final SmbSession session, final FileOperation operation, final Text share, final int status,
        final FileResult result, final long endNs) {
        writer.begin(request.connection.parties).protocol(request.connection.protocol).times(request.startNs, endNs).operation(operation)
            .status(status, result).raise(request.connection.flags);
        who(session, request.sessionId);
        share(share, request.treeId).publish();
    }

    private FileAccessWriter share(final Text share, final long treeId) {
        if (share == null || share.isEmpty()) {
            unknownTree.reset().append("<unknown tree ").appendNumber(treeId).append(">");
            return writer.name(Name.SHARE, unknownTree).raise(FileAccess.FLAG_GUESSED);
        }
        return writer.name(Name.SHARE, share);
    }

    /** Messages under encryption, of one session on one connection. */
    void encrypted(final SmbConnection connection) {
        final EncryptedTraffic traffic = connection.encrypted;
        if (traffic.isEmpty()) {
            return;
        }
        writer.begin(connection.parties).protocol(connection.protocol == FileProtocol.UNKNOWN ? FileProtocol.SMB2 : connection.protocol)
            .times(traffic.startNs, traffic.lastNs).operation(FileOperation.ENCRYPTED).status(SmbStatus.SUCCESS, FileResult.UNKNOWN)
            .read(traffic.readOctets, traffic.readMessages).written(traffic.writeOctets, traffic.writeMessages)
            .raise(connection.flags | FileAccess.FLAG_ENCRYPTED);
        who(traffic.session(), traffic.sessionId);
        writer.publish();
        traffic.reset();
    }

    private FileAccessWriter begin(
        final FileParties parties, final FileProtocol protocol, final SmbSession session, final long sessionId, final SmbTree tree,
        final long treeId) {
        writer.begin(parties).protocol(protocol);
        who(session, sessionId);
        return share(tree == null ? null : tree.share, treeId);
    }

    private void who(final SmbSession session, final long sessionId) {
        if (session == null) {
            writer.session(sessionId, FileAuthentication.UNKNOWN);
        } else {
            identify(session);
            writer.session(sessionId, session.authentication).name(Name.USER, session.user).name(Name.DOMAIN, session.domain)
                .name(Name.WORKSTATION, session.workstation);
        }
    }
}
