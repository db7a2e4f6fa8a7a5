package net.flowsonde.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the section {@code dns}. */
final class DnsReader {
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*\\.?");
    private static final int LONGEST_DOMAIN = 253;

    private final Mistakes mistakes;

    DnsReader(final Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    DnsConfig read(final Section section) {
        final DnsConfig otherwise = DnsConfig.DEFAULT;
        return new DnsConfig(
            section.list("allowed-servers", "a list of addresses and networks", this::network),
            section.list("internal-domains", "a list of domains", this::domain),
            section.list("tunnel-exempt", "a list of domains", this::domain),
            section.count("names-limit", otherwise.namesLimit(), 1_024, 16_777_216),
            section.count("names-per-client", otherwise.namesPerClient(), 16, 1_048_576),
            section.duration("stale-names", otherwise.staleNames(), Duration.ZERO, Duration.ofDays(1)),
            section.count("not-dns-octets", otherwise.notDnsOctets(), 1, 1_000_000_000),
            section.count("trailing-octets", otherwise.trailingOctets(), 1, 1_000_000_000),
            section.count("nxdomain-names", otherwise.nxdomainNames(), 2, 1_000_000),
            section.count("spoofed-names", otherwise.spoofedNames(), 2, 1_000),
            section.count("tunnel-score", otherwise.tunnelScore(), 1, 100));
    }

    private void network(final String path, final Node entry, final List<NetworkPrefix> networks) {
        final String text = Section.scalarText(path, entry, mistakes);
        if (text == null) {
            return;
        }
        try {
            networks.add(NetworkPrefix.parse(text));
        } catch (final IllegalArgumentException refused) {
            mistakes.add(path, Mistakes.quote(text) + " " + refused.getMessage(), entry);
        }
    }

    private void domain(final String path, final Node entry, final List<String> domains) {
        final String text = Section.scalarText(path, entry, mistakes);
        if (text == null) {
            return;
        }
        if (text.length() > LONGEST_DOMAIN || !DOMAIN.matcher(text).matches()) {
            mistakes.add(path, Mistakes.quote(text) + " is no domain, such as example.com", entry);
            return;
        }
        domains.add((text.endsWith(".") ? text.substring(0, text.length() - 1) : text).toLowerCase(Locale.ROOT));
    }
}
