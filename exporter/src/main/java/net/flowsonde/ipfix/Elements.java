package net.flowsonde.ipfix;

import java.util.List;

/** Every element that a profile exports, for documentation. */
public final class Elements {
    /** The profile that carries everything. */
    public static final String NATIVE = "native";

    private Elements() {
    }

    /** Names of the profiles there are. */
    public static List<String> profiles() {
        return List.of(NATIVE);
    }

    /**
     * Elements of flow records, then those of options records, each once.
     *
     * @param enterpriseNumber  of our own elements
     */
    public static List<Element> all(final String profile, final long enterpriseNumber) {
        if (!profiles().contains(profile)) {
            throw new IllegalArgumentException("unknown profile " + profile + "; there is " + String.join(", ", profiles()));
        }
        EnterpriseNumber.check(enterpriseNumber);
        return List.of();
    }
}
