package net.flowsonde.dpi.dns;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.flowsonde.config.DpiConfig;
import net.flowsonde.config.NetworkPrefix;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongHashSet;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Who answers DNS over HTTPS, by name and by address: those of a list that comes along, and more of the configuration. Looked up by hashes
 * of 64 bits, so that a look-up makes no object.
 */
final class EncryptedResolvers {
    private static final String LIST = "encrypted-resolvers.txt";
    private static final long FIRST_HASH = 0xCBF2_9CE4_8422_2325L;
    private static final long FACTOR = 0x0000_0100_0000_01B3L;
    private static final int IPV4_VERSION = 4;
    private static final long MAPPED_IPV4 = 0xFFFFL << 32;

    private final LongHashSet names = new LongHashSet();
    private final LongHashSet addresses = new LongHashSet();
    private final DnsName name = new DnsName();

    private EncryptedResolvers(final List<String> entries) {
        entries.forEach(this::add);
    }

    /** Those that are known, and more. */
    static EncryptedResolvers with(final List<String> more) {
        final List<String> entries = new ArrayList<>(more);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
            Objects.requireNonNull(EncryptedResolvers.class.getResourceAsStream(LIST), LIST), UTF_8))) {
            reader.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).forEach(entries::add);
        } catch (final IOException cannotBeRead) {
            throw new UncheckedIOException(cannotBeRead);
        }
        return new EncryptedResolvers(entries);
    }

    private void add(final String entry) {
        if (DpiConfig.isAddress(entry)) {
            final NetworkPrefix address = NetworkPrefix.parse(entry);
            addresses.add(key(address.high(), address.low()));
            return;
        }
        final UnsafeBuffer text = new UnsafeBuffer(entry.getBytes(UTF_8));
        if (name.set(text, 0, text.capacity())) {
            names.add(hash(name.octets(), 0, name.length()));
        }
    }

    boolean hasAddress(final DirectBuffer buffer, final int offset, final int ipVersion) {
        return addresses.contains(ipVersion == IPV4_VERSION
            ? key(0, MAPPED_IPV4 | buffer.getInt(offset, BIG_ENDIAN) & 0xFFFF_FFFFL)
            : key(buffer.getLong(offset, BIG_ENDIAN), buffer.getLong(offset + Long.BYTES, BIG_ENDIAN)));
    }

    private static long key(final long high, final long low) {
        return (high ^ FIRST_HASH) * FACTOR + low;
    }

    /** Whether a name, or one that it lies below, is in the list. */
    boolean hasName(final DnsName candidate) {
        for (int at = 0; at < candidate.length() - 1; at += 1 + candidate.octets().getByte(at)) {
            if (names.contains(hash(candidate.octets(), at, candidate.length()))) {
                return true;
            }
        }
        return false;
    }

    private static long hash(final DirectBuffer buffer, final int offset, final int limit) {
        long hash = FIRST_HASH;
        for (int i = offset; i < limit; i++) {
            final int octet = buffer.getByte(i);
            hash = (hash ^ (octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet)) * FACTOR;
        }
        return hash;
    }
}
