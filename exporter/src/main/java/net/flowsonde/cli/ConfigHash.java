package net.flowsonde.cli;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import net.flowsonde.config.ConfigWriter;
import net.flowsonde.config.FlowsondeConfig;

/** Tells configurations apart without showing them. */
final class ConfigHash {
    private ConfigHash() {
    }

    /** SHA-256 of the effective configuration as {@code flowsonde check} prints it. */
    static String of(final FlowsondeConfig config) {
        try {
            return HexFormat.of().formatHex(
                MessageDigest.getInstance("SHA-256").digest(ConfigWriter.write(config).getBytes(StandardCharsets.UTF_8)));
        } catch (final NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
