package net.flowsonde.collector.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What hosts ask DNS for when people use a list of sites: the sites, hosts beside them, names as content networks and clouds make them,
 * which are long and random, and what mail servers, directories and neighbours look up.
 */
final class OrdinaryLookups {
    static final int A = 1;
    private static final int PTR = 12;
    private static final int MX = 15;
    private static final int TXT = 16;
    private static final int AAAA = 28;
    private static final int SRV = 33;
    private static final int HTTPS = 65;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    private static final String HEXADECIMAL = "0123456789abcdef";
    private static final String BASE36 = LETTERS + "0123456789";
    /** Kinds of names, each asked for beside one site in turn. */
    private static final int KINDS = 20;

    private final Randomness random;
    private final List<Question> questions = new ArrayList<>();

    /** @param exists  false when the answer is that there is no such name */
    record Question(String name, int type, boolean exists) {
    }

    private OrdinaryLookups(final Randomness random) {
        this.random = random;
    }

    /** What is asked for, in order. */
    static List<Question> of(final List<String> hosts, final Randomness random) {
        final OrdinaryLookups lookups = new OrdinaryLookups(random);
        for (int i = 0; i < hosts.size(); i++) {
            lookups.visit(hosts.get(i));
            lookups.addOther(hosts.get(i), i % KINDS);
        }
        for (int i = 0; i < 3; i++) {
            lookups.add(lookups.some(LETTERS, 7 + random.below(9)), A, false); // by which browsers find out whether names are made up
        }
        return lookups.questions;
    }

    private void visit(final String host) {
        add(host, A, true);
        add(host, AAAA, true);
        add(host, HTTPS, true);
        if (!host.startsWith("www.")) {
            add("www." + host, A, true);
        }
        add("api." + host, A, true);
        add("img" + random.below(10) + "." + host, A, true);
        add("assets-" + some(HEXADECIMAL, 12) + ".static." + host, A, true);
    }

    private void addOther(final String host, final int kind) {
        switch (kind) {
            case 0 -> add("d" + some(BASE36, 13) + ".cloudfront.net", A, true);
            case 1 -> add("e" + random.below(100_000) + ".dscb.akamaiedge.net", A, true);
            case 2 -> add("rr" + random.below(10) + "---sn-" + some(BASE36, 8) + ".googlevideo.com", A, true);
            case 3 -> add(host.replace('.', '-') + "-uploads-" + some(BASE36, 6) + ".s3.eu-central-1.amazonaws.com", A, true);
            case 4 -> add("ec2-" + address("-") + ".compute-1.amazonaws.com", A, true);
            case 5 -> add(some(HEXADECIMAL, 32) + ".safeframe.googlesyndication.com", A, true);
            case 6 -> add(some(BASE36, 20) + ".blob.core.windows.net", A, true);
            case 7 -> add("scontent-fra" + random.below(6) + "-" + random.below(3) + ".xx.fbcdn.net", A, true);
            case 8 -> add(host.replace('.', '-') + ".cdn.ampproject.org", A, true);
            case 9 -> add("lh" + random.below(7) + ".googleusercontent.com", A, true);
            case 10 -> add("_dmarc." + host, TXT, true);
            case 11 -> add("s" + random.below(3) + "-" + some(BASE36, 16) + "._domainkey." + host, TXT, true);
            case 12 -> add(host, MX, true);
            case 13 -> add(host, TXT, true);
            case 14 -> add("_sip._tls." + host, SRV, false);
            case 15 -> add("_ldap._tcp.default-first-site-name._sites.dc._msdcs.corp.example.com", SRV, true);
            case 16 -> add("_acme-challenge." + host, TXT, false);
            case 17 -> add(address(".") + ".zen.spamhaus.org", A, false);
            case 18 -> add(some(HEXADECIMAL, 32).replaceAll("(.)", "$1.") + "ip6.arpa", PTR, true);
            default -> add(address(".") + ".in-addr.arpa", PTR, true);
        }
    }

    private void add(final String name, final int type, final boolean exists) {
        questions.add(new Question(name, type, exists));
    }

    private String some(final String letters, final int length) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.below(letters.length())));
        }
        return text.toString();
    }

    private String address(final String delimiter) {
        return String.format(Locale.ROOT, "%2$d%1$s%3$d%1$s%4$d%1$s%5$d", delimiter, 1 + random.below(223), random.below(256), random.below(256),
            random.below(256));
    }
}
