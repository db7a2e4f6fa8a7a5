package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.FileOperation;

/**
 * SET_INFO (MS-SMB2 2.2.39): rename, link, delete, truncate and attributes, by type and class of the information.
 * <pre>
 *   0        2          3       4               8               10         12           16          32
 *   +--------+----------+-------+---------------+---------------+----------+------------+-----------+--------+
 *   |   33   | InfoType | class | buffer length | buffer offset | reserved | additional |  FileId   | buffer |
 *   +--------+----------+-------+---------------+---------------+----------+------------+-----------+--------+
 * </pre>
 */
final class Smb2SetInfo {
    private static final int TYPE_FILE = 1;
    private static final int TYPE_SECURITY = 3;
    private static final int NAME_LENGTH_OFFSET = 16;
    private static final int NAME_OFFSET = 20;

    void onRequest(final Smb2Header header, final SmbRequest request) {
        final Octets octets = header.octets();
        final int type = octets.octet(header.body() + 2);
        request.function = octets.octet(header.body() + 3);
        final int data = header.start() + octets.number16(header.body() + 8);
        if (type == TYPE_SECURITY) {
            request.operation = FileOperation.SET_SECURITY;
        } else if (type == TYPE_FILE) {
            onFileInformation(octets, data, request);
        }
    }

    private static void onFileInformation(final Octets octets, final int data, final SmbRequest request) {
        switch (request.function) {
            case FileInformation.RENAME, FileInformation.RENAME_EX -> target(octets, data, request, FileOperation.RENAME);
            case FileInformation.LINK, FileInformation.LINK_EX -> target(octets, data, request, FileOperation.LINK);
            case FileInformation.DISPOSITION, FileInformation.DISPOSITION_EX -> {
                request.operation = FileOperation.DELETE;
                request.value = octets.octet(data) & 1;
            }
            case FileInformation.END_OF_FILE -> {
                request.operation = FileOperation.TRUNCATE;
                request.value = octets.number64(data);
            }
            case FileInformation.BASIC, FileInformation.FULL_EA -> request.operation = FileOperation.SET_ATTRIBUTES;
            default -> { }
        }
    }

    private static void target(
        final Octets octets, final int data, final SmbRequest request, final FileOperation operation) {
        request.operation = operation;
        request.value = octets.octet(data) & 1;
        SmbPath.readNewFromRoot(
            request.secondPath, request.file().path, octets, data + NAME_OFFSET, octets.extent(data + NAME_LENGTH_OFFSET));
    }
}
