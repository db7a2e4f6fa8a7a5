package net.flowsonde.collector.generate;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Application data: what a port's protocol says first, and noise. Packet sizes follow the simple IMIX: 64, 576, 1,500 as 7 to 4 to 1. */
final class PayloadWriter {
    private static final int NOISE_LENGTH = 1 << 16;
    private static final int LONGEST_PAYLOAD = 2_048;
    private static final int IMIX_TOTAL = 12;
    private static final int IMIX_SMALL = 7;
    private static final int IMIX_MEDIUM = 11;
    private static final int HTTPS_PORT = 443;
    private static final byte[] HTTP_ANSWER =
        "HTTP/1.1 200 OK\r\nServer: flowsonde-generate\r\nContent-Length: 100000\r\n\r\n".getBytes(US_ASCII);
    private static final int TLS_RANDOM_LENGTH = 32;
    /** Version, random, session id, cipher suites, compression, extensions' length and the SNI extension without its name. */
    private static final int HELLO_LENGTH_WITHOUT_NAME = 2 + TLS_RANDOM_LENGTH + 1 + 2 + 4 + 2 + 2 + 9;

    private final Randomness random;
    private final HostNames names;
    private final byte[] noise = new byte[NOISE_LENGTH];

    PayloadWriter(final Randomness random, final HostNames names) {
        this.random = random;
        this.names = names;
        for (int i = 0; i < NOISE_LENGTH; i++) {
            noise[i] = (byte) (random.nextLong() >>> 32);
        }
    }

    int imixPayloadLength(final SyntheticFlow flow, final int headerLength) {
        final int draw = random.below(IMIX_TOTAL);
        final int ipLength = draw < IMIX_SMALL ? 64 : draw < IMIX_MEDIUM ? 576 : 1_500;
        return FrameWriter.payloadLength(flow, ipLength, headerLength);
    }

    int writeNoise(final byte[] block, final int offset, final int length) {
        System.arraycopy(noise, random.below(NOISE_LENGTH - LONGEST_PAYLOAD), block, offset, length);
        return length;
    }

    /** Data of one TCP segment, of which {@code index} others came before; returns its length. */
    int writeTcp(
        final SyntheticFlow flow, final int index, final int from, final byte[] block, final int offset, final int headerLength) {
        final int port = flow.ports[SyntheticFlow.SERVER];
        final int length = imixPayloadLength(flow, headerLength);
        if (index == 0 && port == HTTPS_PORT) {
            return writeClientHello(flow, block, offset);
        }
        if (index == 0 && isHttp(port)) {
            return writeText(httpRequest(flow), block, offset);
        }
        writeNoise(block, offset, length);
        if (index == 1 && from == SyntheticFlow.SERVER && isHttp(port)) {
            return Math.max(length, writeText(HTTP_ANSWER, block, offset));
        }
        return length;
    }

    private static boolean isHttp(final int port) {
        return port == 80 || port == 8080;
    }

    private byte[] httpRequest(final SyntheticFlow flow) {
        return ("GET /" + Integer.toHexString(flow.sequences[SyntheticFlow.CLIENT]) + "/index.html HTTP/1.1\r\nHost: "
            + names.name(flow.name) + "\r\nUser-Agent: flowsonde-generate/1\r\n\r\n").getBytes(US_ASCII);
    }

    private static int writeText(final byte[] text, final byte[] block, final int offset) {
        System.arraycopy(text, 0, block, offset, text.length);
        return text.length;
    }

    /** A ClientHello with two cipher suites and the server's name (RFC 8446, 4.1.2; RFC 6066, 3). */
    private int writeClientHello(final SyntheticFlow flow, final byte[] block, final int offset) {
        final byte[] host = names.name(flow.name).getBytes(US_ASCII);
        final int bodyLength = HELLO_LENGTH_WITHOUT_NAME + host.length;
        int at = offset;
        block[at++] = 22;
        at = writeShorts(block, at, 0x0301, bodyLength + 4);
        block[at++] = 1;
        block[at++] = 0;
        at = writeShorts(block, at, bodyLength, 0x0303);
        at += writeNoise(block, at, TLS_RANDOM_LENGTH);
        block[at++] = 0;
        at = writeShorts(block, at, 4, 0x1301, 0xC02F);
        block[at++] = 1;
        block[at++] = 0;
        at = writeShorts(block, at, 9 + host.length, 0, 5 + host.length, 3 + host.length);
        block[at++] = 0;
        at = writeShorts(block, at, host.length);
        return at + writeText(host, block, at) - offset;
    }

    private static int writeShorts(final byte[] block, final int offset, final int... values) {
        int at = offset;
        for (final int value : values) {
            Octets.putShort(block, at, value);
            at += Short.BYTES;
        }
        return at;
    }
}
