package net.flowsonde.snmp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snmp4j.smi.OctetString;

/**
 * The engine's identity and how often it has started, which must outlive a restart (RFC 3414, 2.2): a manager refuses an engine whose clock
 * goes back. Kept in one line of one file, which is replaced as a whole.
 *
 * @param engineId  5 to 32 octets
 * @param boots     starts so far, this one included
 */
record EngineState(OctetString engineId, int boots) {
    private static final String FILE = "engine";
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{10,64}) ([0-9]{1,10})\\s*");
    /** Four octets of enterprise number, the format, then octets of our own choice (RFC 3411, SnmpEngineID). */
    private static final int RANDOM_OCTETS = 8;
    private static final byte FORMAT_OCTETS = 5;
    private static final int NEW_RULES = 0x8000_0000;

    /**
     * Takes over what the directory holds, counts this start and writes it down.
     *
     * @throws UncheckedIOException with a line for the operator, when the directory cannot be used
     */
    static EngineState next(final Path directory, final long enterpriseNumber) {
        try {
            Files.createDirectories(directory);
            final EngineState next = successor(read(directory.resolve(FILE)), enterpriseNumber);
            next.write(directory);
            return next;
        } catch (final IOException refused) {
            throw new UncheckedIOException("snmp.state-directory: " + directory + " cannot be used: " + refused, refused);
        }
    }

    /** An engine that has used up its starts, and one whose file is not ours, begins anew under another identity. */
    private static EngineState successor(final String text, final long enterpriseNumber) {
        final Matcher line = LINE.matcher(text);
        if (!line.matches() || Long.parseLong(line.group(2)) >= Integer.MAX_VALUE) {
            return new EngineState(newIdentity(enterpriseNumber), 1);
        }
        return new EngineState(OctetString.fromHexStringPairs(line.group(1)), Integer.parseInt(line.group(2)) + 1);
    }

    private static String read(final Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static OctetString newIdentity(final long enterpriseNumber) {
        final byte[] random = new byte[RANDOM_OCTETS];
        new SecureRandom().nextBytes(random);
        return new OctetString(ByteBuffer.allocate(5 + RANDOM_OCTETS)
            .putInt((int) enterpriseNumber | NEW_RULES).put(FORMAT_OCTETS).put(random).array());
    }

    private void write(final Path directory) throws IOException {
        final Path draft = directory.resolve(FILE + ".new");
        final String line = engineId.toHexString().replace(":", "") + " " + boots + "\n";
        try (FileChannel file = FileChannel.open(
            draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            file.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
            file.force(true);
        }
        Files.move(draft, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
