package net.flowsonde.cli;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Addresses as people write them. */
final class AddressText {
    private static final Pattern ZONE = Pattern.compile("%.*$");
    private static final int FIELDS = 8;

    private AddressText() {
    }

    /** IPv6 with its longest run of zeros left out (RFC 5952, 4.2) and without a zone. */
    static String of(final InetAddress address) {
        final String text = ZONE.matcher(address.getHostAddress()).replaceFirst("");
        return address instanceof Inet4Address ? text : withoutLongestZeros(text.split(":"));
    }

    private static String withoutLongestZeros(final String[] fields) {
        int start = 0;
        int length = 1;
        for (int i = 0; i < FIELDS; i++) {
            int run = 0;
            while (i + run < FIELDS && fields[i + run].equals("0")) {
                run++;
            }
            if (run > length) {
                start = i;
                length = run;
            }
        }
        return length == 1 ? String.join(":", fields)
            : String.join(":", Arrays.copyOf(fields, start)) + "::"
                + String.join(":", Arrays.copyOfRange(fields, start + length, FIELDS));
    }
}
