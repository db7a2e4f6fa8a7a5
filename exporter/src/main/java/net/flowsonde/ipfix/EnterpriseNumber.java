package net.flowsonde.ipfix;

import java.util.Optional;
import java.util.Set;

/** Which private enterprise numbers can hold our own elements. */
public final class EnterpriseNumber {
    /** Reserved for documentation (RFC 5612); the default until one is registered. */
    public static final long DOCUMENTATION = 32_473;

    private static final Set<Integer> TAKEN = Set.of(0, 9, 637, 6_871, 29_305);

    private EnterpriseNumber() {
    }

    /** Why this number cannot be used, in one line; empty when it can. */
    public static Optional<String> problemOf(final long number) {
        if (number < 1 || number > 0xFFFF_FFFFL) {
            return Optional.of("enterprise number " + number + " is outside 1 to 4294967295");
        }
        final int low = (int) number & 0xFFFF;
        if (TAKEN.contains(low)) {
            return Optional.of("enterprise number " + number + " cannot be used: its low 16 bits are " + low
                + ", and nfdump, which keeps only those, would take our elements for those of enterprise " + low);
        }
        return Optional.empty();
    }

    /** The number itself, or an exception with {@link #problemOf}. */
    static long check(final long number) {
        problemOf(number).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return number;
    }
}
