package net.flowsonde.ipfix;

import java.util.function.IntPredicate;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileAccess.Name;
import net.flowsonde.dpi.FileAuthentication;
import net.flowsonde.dpi.FileOperation;
import net.flowsonde.dpi.FileProtocol;
import net.flowsonde.dpi.FileResult;

/** What a file access record holds: one from open to close, or one an operation. */
final class FileElements extends RecordElements<FileAccess> {
    private static final int SHAPE_IPV4 = 0;
    private static final int SHAPE_IPV6 = 1;
    private static final int SHAPES = 2;
    private static final int IPV4 = 4;
    private static final IntPredicate ON_IPV4 = shape -> shape == SHAPE_IPV4;
    private static final IntPredicate ON_IPV6 = shape -> shape == SHAPE_IPV6;

    FileElements(final OwnElements own) {
        super(RecordKind.FILE, FileAccess::buffer);
        addParties();
        addWho(own);
        addWhat(own);
        addResult(own);
    }

    @Override
    int shapeOf(final FileAccess access) {
        return access.ipVersion() == IPV4 ? SHAPE_IPV4 : SHAPE_IPV6;
    }

    @Override
    int shapes() {
        return SHAPES;
    }

    private void addParties() {
        number(IanaElements.FLOW_START_NANOSECONDS, 8, ALWAYS, FileAccess::startNs);
        number(IanaElements.FLOW_END_NANOSECONDS, 8, ALWAYS, FileAccess::endNs);
        octets(IanaElements.SOURCE_IPV4_ADDRESS, 4, ON_IPV4, FileAccess::clientAddressOffset);
        octets(IanaElements.DESTINATION_IPV4_ADDRESS, 4, ON_IPV4, FileAccess::serverAddressOffset);
        octets(IanaElements.SOURCE_IPV6_ADDRESS, 16, ON_IPV6, FileAccess::clientAddressOffset);
        octets(IanaElements.DESTINATION_IPV6_ADDRESS, 16, ON_IPV6, FileAccess::serverAddressOffset);
        number(IanaElements.SOURCE_TRANSPORT_PORT, 2, ALWAYS, FileAccess::clientPort);
        number(IanaElements.DESTINATION_TRANSPORT_PORT, 2, ALWAYS, FileAccess::serverPort);
        number(IanaElements.FLOW_ID, 8, ALWAYS, FileAccess::flowId);
    }

    private void addWho(final OwnElements own) {
        name(IanaElements.USER_NAME, Name.USER);
        name(own.fileUserDomain, Name.DOMAIN);
        name(own.fileWorkstation, Name.WORKSTATION);
        code(own.fileAuthentication, ALWAYS, FileAccess::authentication, code -> FileAuthentication.of(code).name());
        number(own.fileSessionId, 8, ALWAYS, FileAccess::sessionId);
    }

    private void addWhat(final OwnElements own) {
        code(own.fileProtocol, ALWAYS, FileAccess::protocol, code -> FileProtocol.of(code).name());
        code(own.fileOperation, ALWAYS, FileAccess::operation, code -> FileOperation.of(code).name());
        name(own.fileShare, Name.SHARE);
        path(own.filePath, Name.PATH);
        path(own.fileSecondPath, Name.SECOND_PATH);
        number(own.filePathHash, 8, ALWAYS, FileAccess::pathHash);
    }

    private void addResult(final OwnElements own) {
        code(own.fileResult, ALWAYS, FileAccess::result, code -> FileResult.of(code).name());
        number(own.fileStatus, 4, ALWAYS, FileAccess::status);
        number(own.fileReadOctets, 8, ALWAYS, FileAccess::readOctets);
        number(own.fileWriteOctets, 8, ALWAYS, FileAccess::writeOctets);
        number(own.fileReadOperations, 4, ALWAYS, FileAccess::readOperations);
        number(own.fileWriteOperations, 4, ALWAYS, FileAccess::writeOperations);
        number(own.fileSizeAtOpen, 8, ALWAYS, FileAccess::sizeAtOpen);
        number(own.fileSizeAtClose, 8, ALWAYS, FileAccess::sizeAtClose);
        number(own.fileMarks, 4, ALWAYS, FileAccess::flags, CodeNames::fileMarks);
    }

    private void name(final Element element, final Name name) {
        text(element, FileAccess.LONGEST_NAME, ALWAYS, access -> access.textOffset(name), access -> access.textLength(name));
    }

    private void path(final Element element, final Name name) {
        text(element, FileAccess.LONGEST_PATH, ALWAYS, access -> access.textOffset(name), access -> access.textLength(name));
    }
}
