package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileProtocol;
import net.flowsonde.telemetry.Counter;

/** Messages of SMB1 to requests and responses. */
final class Smb1Dissector {
    private final SmbState state;
    private final Smb1Requests requests;
    private final Smb1Responses responses;
    private final Smb1Message message = new Smb1Message();

    Smb1Dissector(final SmbState state, final SmbRecords records) {
        this.state = state;
        requests = new Smb1Requests(state);
        responses = new Smb1Responses(state, records, requests);
    }

    /** One message, of which {@code octets} may hold the first part only. @param length  of all of it */
    void onMessage(final SmbConnection connection, final Octets octets, final int length, final long timestampNs) {
        if (!message.wrap(octets, length)) {
            return;
        }
        state.count(Counter.SMB_COMMANDS);
        if (message.isSigned()) {
            connection.flags |= FileAccess.FLAG_SIGNED;
        }
        if (message.command() == Smb1Commands.NEGOTIATE) {
            return;
        }
        if (connection.protocol == FileProtocol.UNKNOWN) {
            connection.protocol = FileProtocol.SMB1;
        }
        if (message.isResponse()) {
            responses.onMessage(connection, message, timestampNs);
        } else {
            requests.onMessage(connection, message, timestampNs);
        }
    }
}
