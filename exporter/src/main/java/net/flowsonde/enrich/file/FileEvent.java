package net.flowsonde.enrich.file;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileAuthentication;
import net.flowsonde.dpi.FileOperation;
import net.flowsonde.dpi.FileProtocol;
import net.flowsonde.dpi.FileResult;
import org.agrona.DirectBuffer;

/** A {@link FileAccess} record as an object: what detectors and tables look at. Sizes are {@link FileAccess#UNKNOWN_SIZE} when not told. */
record FileEvent(
    long startNs, long endNs, long flowId, InetAddress client, InetAddress server, FileProtocol protocol, FileAuthentication authentication,
    String user, String domain, String share, FilePath path, FilePath secondPath, FileOperation operation, FileResult result,
    long readOctets, long writeOctets, long sizeAtOpen, long sizeAtClose, int flags) {

    static FileEvent of(final FileAccess access) {
        final FileProtocol protocol = FileProtocol.of(access.protocol());
        return new FileEvent(
            access.startNs(), access.endNs(), access.flowId(), address(access.buffer(), access.clientAddressOffset(), access.ipVersion()),
            address(access.buffer(), access.serverAddressOffset(), access.ipVersion()), protocol,
            FileAuthentication.of(access.authentication()), access.text(FileAccess.Name.USER), access.text(FileAccess.Name.DOMAIN),
            access.text(FileAccess.Name.SHARE), FilePath.of(protocol, access.text(FileAccess.Name.PATH)),
            FilePath.of(protocol, access.text(FileAccess.Name.SECOND_PATH)), FileOperation.of(access.operation()), FileResult.of(access.result()),
            access.readOctets(), access.writeOctets(), access.sizeAtOpen(), access.sizeAtClose(), access.flags());
    }

    /** @param ipVersion  4 or 6 */
    static InetAddress address(final DirectBuffer buffer, final int offset, final int ipVersion) {
        final byte[] octets = new byte[ipVersion == 4 ? 4 : 16];
        buffer.getBytes(offset, octets);
        try {
            return InetAddress.getByAddress(octets);
        } catch (final UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    boolean hasFlag(final int flag) {
        return (flags & flag) != 0;
    }

    boolean isOk() {
        return result == FileResult.OK || result == FileResult.UNKNOWN;
    }

    /** The file was new with this access. */
    boolean isCreation() {
        return isOk() && (operation == FileOperation.CREATE || hasFlag(FileAccess.FLAG_CREATED) && operation != FileOperation.MKDIR);
    }

    /** What the file was before is gone: deleted, or marked to be. */
    boolean isDeletion() {
        return isOk() && (operation == FileOperation.DELETE || operation == FileOperation.RMDIR);
    }
}
