package net.flowsonde.snmp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.TransportStateReference;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/** The port that requests come to. What the {@link GetResponder} answers does not go any further. */
final class RequestTransport extends DefaultUdpTransportMapping {
    private static final Logger LOGGER = LoggerFactory.getLogger(RequestTransport.class);
    /** Longer answers are left to the library. */
    private static final int MOST_ANSWER_LENGTH = 8_192;

    private final ByteBuffer answer = ByteBuffer.allocate(MOST_ANSWER_LENGTH);
    private volatile GetResponder responder;

    RequestTransport(final UdpAddress address) throws IOException {
        super(address, false);
    }

    void answerBy(final GetResponder chosen) {
        responder = chosen;
    }

    @Override
    protected void fireProcessMessage(final DatagramPacket packet, final ByteBuffer request, final TransportStateReference state) {
        if (responder.answer(request, answer)) {
            send(packet);
        } else {
            super.fireProcessMessage(packet, request.rewind(), state);
        }
    }

    private void send(final DatagramPacket packet) {
        packet.setData(answer.array(), 0, answer.limit());
        final DatagramSocket current = socket;
        try {
            if (current != null) {
                current.send(packet);
            }
        } catch (final IOException refused) {
            LOGGER.debug("no answer to {}", packet.getSocketAddress(), refused);
        }
    }
}
