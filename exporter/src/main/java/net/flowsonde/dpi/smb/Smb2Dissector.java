package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileProtocol;
import net.flowsonde.telemetry.Counter;

/** Messages of SMB2 and SMB3, compounds among them, to requests and responses. */
final class Smb2Dissector {
    private static final int MOST_IN_COMPOUND = 256;

    private final SmbState state;
    private final Smb2Requests requests;
    private final Smb2Responses responses;
    private final Smb2Header header = new Smb2Header();

    Smb2Dissector(final SmbState state, final SmbRecords records) {
        this.state = state;
        requests = new Smb2Requests(state);
        responses = new Smb2Responses(state, records);
    }

    /** One message, of which {@code octets} may hold the first part only. */
    void onMessage(final SmbConnection connection, final Octets octets, final long timestampNs) {
        if (connection.protocol == FileProtocol.UNKNOWN || connection.protocol == FileProtocol.SMB1) {
            connection.protocol = FileProtocol.SMB2;
        }
        requests.begin(connection, timestampNs);
        responses.begin(connection, timestampNs);
        int at = 0;
        for (int i = 0; i < MOST_IN_COMPOUND && header.wrap(octets, at); i++) {
            state.count(Counter.SMB_COMMANDS);
            if (header.isSigned()) {
                connection.flags |= FileAccess.FLAG_SIGNED;
            }
            if (header.isResponse()) {
                responses.onResponse(header);
            } else {
                requests.onRequest(header);
            }
            final int next = header.nextCommand();
            if (next < Smb2Header.LENGTH || next > octets.length()) {
                return;
            }
            at += next;
        }
    }
}
