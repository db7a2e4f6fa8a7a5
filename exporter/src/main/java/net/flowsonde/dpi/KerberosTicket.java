package net.flowsonde.dpi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A ticket of Kerberos (RFC 4120, 5.3) as it travels: whom it is for is encrypted, but the same octets go from the key server to the client
 * and from there to the service, so that their hash tells it again.
 * <pre>
 *   Ticket ::= [APPLICATION 1] SEQUENCE { [0] tkt-vno, [1] realm, [2] sname, [3] enc-part }
 *   EncryptedData ::= SEQUENCE { [0] etype, [1] kvno OPTIONAL, [2] cipher OCTET STRING }
 * </pre>
 */
public final class KerberosTicket {
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
    private static final int CHUNK = 2_048;
    private static final int HASH_LENGTH = 32;

    private final MessageDigest digest = sha256();
    private final byte[] chunk = new byte[CHUNK];
    private final byte[] hash = new byte[HASH_LENGTH];
    private final ByteBuffer numbers = ByteBuffer.wrap(hash).order(NATIVE);

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent); // every Java has it
        }
    }

    /** Reads the ticket at the cursor: its realm, and whether it is there as a whole, so that it has a hash. */
    public boolean read(final DerCursor der, final Text realm) {
        if (!der.enter(DerCursor.APPLICATION + 1) || !der.enter(DerCursor.SEQUENCE)) {
            return false;
        }
        final int start = der.start();
        final int end = der.end();
        if (der.find(DerCursor.CONTEXT + 1) && der.enter(DerCursor.GENERAL_STRING)) {
            realm.reset().appendUtf8(der.buffer(), der.start(), der.end() - der.start());
        }
        final boolean isWhole = der.go(start, end).find(DerCursor.CONTEXT + 3) && der.enter(DerCursor.SEQUENCE)
            && der.find(DerCursor.CONTEXT + 2) && der.enter(DerCursor.OCTET_STRING) && !der.isCut();
        if (isWhole) {
            hash(der);
        }
        return isWhole;
    }

    private void hash(final DerCursor der) {
        for (int at = der.start(); at < der.end(); at += CHUNK) {
            final int count = Math.min(CHUNK, der.end() - at);
            der.buffer().getBytes(at, chunk, 0, count);
            digest.update(chunk, 0, count);
        }
        try {
            digest.digest(hash, 0, HASH_LENGTH);
        } catch (final DigestException impossible) {
            throw new IllegalStateException(impossible); // the array is long enough
        }
    }

    /** The hash of the ticket that was read, never 0. */
    public long high() {
        return numbers.getLong(0) | 1;
    }

    /** The rest of it. */
    public long low() {
        return numbers.getLong(Long.BYTES);
    }
}
