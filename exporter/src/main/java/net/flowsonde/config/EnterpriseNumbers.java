package net.flowsonde.config;

/** Which private enterprise numbers our own elements may not have. */
final class EnterpriseNumbers {
    private EnterpriseNumbers() {
    }

    /**
     * Why this number is refused, or null when it is fine. nfdump keeps only the low 16 bits of an enterprise number, and gives those
     * of Cisco, Alcatel (now Nokia), CERT and the reverse elements (RFC 5103) a meaning of their own; 0 would read as an IANA element.
     */
    static String refusal(final long number) {
        return switch ((int) (number & 0xFFFF)) {
            case 0 -> "would read as IANA's own elements in collectors that keep 16 bits of it";
            case 9 -> "would read as Cisco's 9 in collectors that keep 16 bits of it";
            case 637 -> "would read as Nokia's 637 in collectors that keep 16 bits of it";
            case 6_871 -> "would read as CERT's 6871 in collectors that keep 16 bits of it";
            case 29_305 -> "would read as the reverse elements' 29305 (RFC 5103) in collectors that keep 16 bits of it";
            default -> null;
        };
    }
}
