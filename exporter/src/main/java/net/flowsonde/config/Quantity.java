package net.flowsonde.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The spellings of numbers in the configuration: {@code 1_000_000}, {@code 500ms}, {@code 64MiB}. */
final class Quantity {
    private static final Pattern FORM = Pattern.compile("([+-]?[0-9][0-9_]{0,25})\\s?([A-Za-z]{0,3})");
    private static final String[] TIME_UNITS = {"ns", "us", "ms", "s", "m", "h", "d"};
    private static final long[] TIME_NS =
        {1, 1_000, 1_000_000, 1_000_000_000L, 60_000_000_000L, 3_600_000_000_000L, 86_400_000_000_000L};
    private static final String[] SIZE_UNITS = {"B", "KiB", "MiB", "GiB"};
    private static final long[] SIZE_OCTETS = {1, 1L << 10, 1L << 20, 1L << 30};

    private Quantity() {
    }

    /** A whole number; digits may be parted by underscores. A number beyond the range of a long is its end. */
    static long count(final String text) {
        final Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || !matcher.group(2).isEmpty()) {
            throw new IllegalArgumentException("is not a whole number");
        }
        return number(matcher.group(1), 1);
    }

    /** A number with a unit of time. */
    static Duration duration(final String text) {
        return Duration.ofNanos(quantity(text, TIME_UNITS, TIME_NS, "is not a duration, such as 500ms, 15s, 1m or 1h"));
    }

    /** A number of octets with a binary unit, or without any. */
    static long size(final String text) {
        final boolean hasUnit = Character.isLetter(text.isEmpty() ? ' ' : text.charAt(text.length() - 1));
        return quantity(hasUnit ? text : text + "B", SIZE_UNITS, SIZE_OCTETS, "is not a size, such as 65536, 64MiB or 1GiB");
    }

    /** In the largest unit that holds it exactly, so that it reads back to the same. */
    static String format(final Duration duration) {
        return format(duration.toNanos(), TIME_UNITS, TIME_NS, 3);
    }

    /** In the largest unit that holds it exactly. */
    static String formatSize(final long octets) {
        return format(octets, SIZE_UNITS, SIZE_OCTETS, 0);
    }

    /** Digits in groups of three from 10,000 on. */
    static String formatCount(final long count) {
        return Math.abs(count) < 10_000 ? Long.toString(count) : String.format(Locale.ROOT, "%,d", count).replace(',', '_');
    }

    private static String format(final long value, final String[] units, final long[] factors, final int unitOfZero) {
        for (int i = units.length - 1; i >= 0; i--) {
            if (value != 0 && value % factors[i] == 0) {
                return value / factors[i] + units[i];
            }
        }
        return value + units[unitOfZero];
    }

    private static long quantity(final String text, final String[] units, final long[] factors, final String complaint) {
        final Matcher matcher = FORM.matcher(text);
        if (matcher.matches()) {
            for (int i = 0; i < units.length; i++) {
                if (units[i].equals(matcher.group(2))) {
                    return number(matcher.group(1), factors[i]);
                }
            }
        }
        throw new IllegalArgumentException(complaint);
    }

    private static long number(final String digits, final long factor) {
        try {
            return Math.multiplyExact(Long.parseLong(digits.replace("_", "")), factor);
        } catch (final NumberFormatException | ArithmeticException outOfRange) {
            return digits.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
