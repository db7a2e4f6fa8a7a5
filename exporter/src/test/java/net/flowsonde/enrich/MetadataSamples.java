package net.flowsonde.enrich;

import java.nio.charset.StandardCharsets;

/** What is known about flows, for tests of what exports it. */
public final class MetadataSamples {
    private MetadataSamples() {
    }

    /** Replaces the names of both ends; empty for none. The server's was learned 1.5 s before the flow began, with another one. */
    public static void name(final FlowMetadata metadata, final String server, final String canonical, final String client) {
        metadata.reset();
        metadata.clientName(octets(client));
        if (!server.isEmpty()) {
            final NameMatch match = new NameMatch();
            match.onCandidate();
            match.onCandidate();
            match.set(octets(server), octets(canonical), NameSource.DNS, 1_500_000_000L);
            metadata.serverName(match);
        }
    }

    private static byte[] octets(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
