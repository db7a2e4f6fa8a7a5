package net.flowsonde.collector.generate;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** The names that clients ask for: 16 hosts in each of 300 domains, of very different popularity, each with one to three addresses. */
final class HostNames {
    static final int MAX_ADDRESSES = 3;
    private static final int DOMAINS = 300;
    private static final int CNAME_PERCENT = 20;
    private static final String[] HOSTS = {
        "www", "api", "cdn", "img", "mail", "static", "login", "ws",
        "m", "shop", "files", "update", "telemetry", "edge", "db", "auth"};
    private static final String[] SUFFIXES = {"com", "net", "org", "io", "de", "co.uk"};
    private static final String[] SYLLABLES = {"ba", "ri", "to", "nex", "lu", "mo", "ka", "zen", "pi", "vor", "sta", "ter"};
    private static final int COUNT = DOMAINS * HOSTS.length;

    private final String[] names = new String[COUNT];
    private final byte[][] wireNames = new byte[COUNT][];
    private final byte[] addressCounts = new byte[COUNT];

    HostNames(final Randomness random) {
        int index = 0;
        for (int domain = 0; domain < DOMAINS; domain++) {
            final String domainName = syllable(random) + syllable(random) + syllable(random) + domain
                + "." + SUFFIXES[random.below(SUFFIXES.length)];
            for (final String host : HOSTS) {
                names[index] = host + "." + domainName;
                wireNames[index] = encode(names[index]);
                addressCounts[index++] = (byte) (1 + random.below(MAX_ADDRESSES));
            }
        }
    }

    private static String syllable(final Randomness random) {
        return SYLLABLES[random.below(SYLLABLES.length)];
    }

    /** Index of a name; low numbers are popular. */
    int popular(final Randomness random) {
        final double unit = random.unit();
        return (int) (COUNT * unit * unit * unit);
    }

    String name(final int index) {
        return names[index];
    }

    /** The name as DNS has it: labels with their lengths, then the root. */
    byte[] wireName(final int index) {
        return wireNames[index];
    }

    int addressCount(final int index) {
        return addressCounts[index];
    }

    /** Number of the server behind one of the name's addresses. */
    int server(final int index, final int address) {
        return index * (MAX_ADDRESSES + 1) + 1 + address % addressCounts[index];
    }

    /** Whether the answer goes through an alias. */
    static boolean hasAlias(final int index) {
        return index % 100 < CNAME_PERCENT;
    }

    static byte[] aliasWireName(final int index) {
        return encode("n" + index + ".cdn.example");
    }

    private static byte[] encode(final String name) {
        final byte[] wire = new byte[name.length() + 2];
        int position = 0;
        for (final String label : name.split("\\.")) {
            wire[position++] = (byte) label.length();
            System.arraycopy(label.getBytes(US_ASCII), 0, wire, position, label.length());
            position += label.length();
        }
        return wire;
    }
}
