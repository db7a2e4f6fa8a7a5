package net.flowsonde.enrich;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import net.flowsonde.dpi.dns.DnsTransaction;
import org.agrona.DirectBuffer;

/** What one client asked for under one registered domain in a window, as far as it tells a tunnel from a busy site. */
final class TunnelWatch extends Watch {
    static final long WINDOW_NS = TimeUnit.MINUTES.toNanos(5);

    private static final double SECONDS_PER_MINUTE = 60;
    private static final int SYMBOLS = 128;
    /** Many sites have some names more than this; few have as many. */
    private static final double MANY_NAMES = 200;
    private static final double SHORT_NAME = 12;
    private static final double LONG_NAME = 40;
    private static final double ORDERLY_BITS = 3.2;
    private static final double RANDOM_BITS = 4;
    private static final double MUCH_RARE = 0.5;
    private static final double HIGH_RATE = 100;
    private static final int NAMES_WEIGHT = 35;
    private static final int LENGTH_WEIGHT = 25;
    private static final int RANDOMNESS_WEIGHT = 15;
    private static final int RARITY_WEIGHT = 15;
    private static final int RATE_WEIGHT = 10;

    private final DistinctCount names = new DistinctCount();
    private final int[] symbols = new int[SYMBOLS];
    private long lastNs;
    private int queries;
    private int rareQueries;
    private long characters;
    private long queryOctets;
    private long answerOctets;

    TunnelWatch(final AddressKey key) {
        super(key);
    }

    @Override
    void clear() {
        names.clear();
        Arrays.fill(symbols, 0);
        queries = 0;
        rareQueries = 0;
        characters = 0;
        queryOctets = 0;
        answerOctets = 0;
    }

    /** @param length  octets of the name before the registered domain and its dot */
    void onQuery(final DnsTransaction transaction, final int length) {
        final DirectBuffer buffer = transaction.buffer();
        final int offset = transaction.queryNameOffset();
        lastNs = transaction.timeNs();
        names.add(NameHash.of(buffer, offset, length));
        for (int i = 0; i < length; i++) {
            symbols[NameText.lower(buffer.getByte(offset + i)) & SYMBOLS - 1]++;
        }
        characters += length;
        queries++;
        rareQueries += isRare(transaction.queryType()) ? 1 : 0;
        queryOctets += transaction.queryLength();
        answerOctets += transaction.answerLength();
    }

    int queries() {
        return queries;
    }

    long queryOctets() {
        return queryOctets;
    }

    long answerOctets() {
        return answerOctets;
    }

    /** About how many different names. */
    long distinctNames() {
        return names.estimate();
    }

    /** 0 to 100: how much it looks like data in names. */
    int score() {
        return (int) Math.round(NAMES_WEIGHT * share(distinctNames(), 0, MANY_NAMES) + LENGTH_WEIGHT * share(meanLength(), SHORT_NAME, LONG_NAME)
            + RANDOMNESS_WEIGHT * share(bitsPerCharacter(), ORDERLY_BITS, RANDOM_BITS) + RARITY_WEIGHT * share(rareShare(), 0, MUCH_RARE)
            + RATE_WEIGHT * share(ratePerMinute(), 0, HIGH_RATE));
    }

    /** The figures behind the score, for a person. */
    String figures() {
        return String.format(Locale.ROOT, "about %d different names in %d queries within %d s, %.0f characters each on average, "
                + "%.1f bits a character, %.0f %% of rare types, %d octets there and %d back", distinctNames(), queries,
            TimeUnit.NANOSECONDS.toSeconds(lastNs - windowStartNs()), meanLength(), bitsPerCharacter(), 100 * rareShare(), queryOctets,
            answerOctets);
    }

    private double meanLength() {
        return (double) characters / queries;
    }

    private double rareShare() {
        return (double) rareQueries / queries;
    }

    /** Of what was asked for so far, as if the window had lasted a minute at least. */
    private double ratePerMinute() {
        final double seconds = (lastNs - windowStartNs()) / (double) TimeUnit.SECONDS.toNanos(1);
        return queries * SECONDS_PER_MINUTE / Math.max(SECONDS_PER_MINUTE, seconds);
    }

    private double bitsPerCharacter() {
        double bits = 0;
        for (final int count : symbols) {
            if (count > 0) {
                final double share = (double) count / characters;
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }

    /** Where a value lies between one that means nothing and one that means all, 0 to 1. */
    private static double share(final double value, final double nothing, final double all) {
        return Math.max(0, Math.min(1, (value - nothing) / (all - nothing)));
    }

    /** Types that hosts have little use for and tunnels like: NULL, TXT, KEY, CNAME, MX, SRV, ANY and private ones. */
    private static boolean isRare(final int type) {
        return switch (type) {
            case 5, 10, 15, 16, 25, 33, 255 -> true;
            default -> type >= 65_280;
        };
    }
}
