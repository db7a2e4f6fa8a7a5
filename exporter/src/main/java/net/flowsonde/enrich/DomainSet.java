package net.flowsonde.enrich;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;

/** Domains of the configuration, asked whether a name is one of them or under one. */
final class DomainSet {
    private final byte[][] domains;

    /** @param domains  in lower case, without a final dot */
    DomainSet(final List<String> domains) {
        this.domains = domains.stream().map(domain -> domain.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
    }

    boolean contains(final DirectBuffer buffer, final int offset, final int length) {
        for (final byte[] domain : domains) {
            final int start = length - domain.length;
            if (start >= 0 && (start == 0 || buffer.getByte(offset + start - 1) == '.')
                && NameText.isSame(domain, buffer, offset + start, domain.length)) {
                return true;
            }
        }
        return false;
    }
}
