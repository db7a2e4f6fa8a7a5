package net.flowsonde.dpi;

import org.agrona.DirectBuffer;

/**
 * The name by which a client calls its server in the first octets that it sends: in the ClientHello of TLS, or as the host of an HTTP
 * request. A flow keeps a hash of it, by which one of several names that DNS had led to the address is told from the others.
 * <pre>
 *  hash of the name without a final dot, upper and lower case alike (30 bits) | kind (2 bits): 1 TLS, 2 HTTP
 * </pre>
 * Owned by one queue thread, but for what is static.
 */
public final class CalledNames {
    public static final int TLS = 1;
    public static final int HTTP = 2;

    private static final int KIND_MASK = 3;
    private static final int FIRST_HASH = 0x811C_9DC5;
    private static final int FACTOR = 0x0100_0193;

    private final TlsServerName tls = new TlsServerName();
    private final HttpHost http = new HttpHost();

    /** Hash and kind of the name in the first octets of a client; 0 when there is none. */
    int hash(final DirectBuffer buffer, final int offset, final int length) {
        if (tls.find(buffer, offset, length)) {
            return hash(TLS, buffer, tls.nameOffset(), tls.nameLength());
        }
        return http.find(buffer, offset, length) ? hash(HTTP, buffer, http.nameOffset(), http.nameLength()) : 0;
    }

    /** {@link #TLS} or {@link #HTTP}. */
    public static int kind(final int hash) {
        return hash & KIND_MASK;
    }

    /** Hash and kind of a name. */
    public static int hash(final int kind, final DirectBuffer buffer, final int offset, final int length) {
        final int limit = offset + (length > 0 && buffer.getByte(offset + length - 1) == '.' ? length - 1 : length);
        int hash = FIRST_HASH;
        for (int at = offset; at < limit; at++) {
            final int octet = buffer.getByte(at);
            hash = (hash ^ (octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet)) * FACTOR;
        }
        return (hash ^ hash >>> 15) & ~KIND_MASK | kind;
    }
}
