package net.flowsonde.dpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class TextTest {
    private final Text text = new Text(40);

    @Test
    void shouldPutTextTogetherFromParts() {
        text.append("<unknown tree ").appendNumber(-1).append("> ").appendHex(0xBEEF, 6);
        assertThat(text).hasToString("<unknown tree 18446744073709551615> 00be");
        assertThat(text.isCut()).isTrue();
    }

    @Test
    void shouldReadUtf16WithPairsAndMarkWhatIsNoText() {
        final byte[] good = "Grüße \uD83D\uDE00 日本".getBytes(StandardCharsets.UTF_16LE);
        assertThat(text.appendUtf16(new UnsafeBuffer(good), 0, good.length)).hasToString("Grüße \uD83D\uDE00 日本");
        final UnsafeBuffer lone = new UnsafeBuffer(new byte[] {0x3D, (byte) 0xD8, 'a', 0, 0, (byte) 0xDE, 0, 0, 'b'});
        assertThat(text.reset().appendUtf16(lone, 0, 9)).hasToString("\uFFFDa\uFFFD\uFFFD\uFFFD");
    }

    @Test
    void shouldKeepGoodUtf8AndReplaceTheRest() {
        final byte[] octets = {'a', (byte) 0xC3, (byte) 0xBC, (byte) 0xC0, (byte) 0x80, (byte) 0xED, (byte) 0xA0, (byte) 0x80, (byte) 0xF0,
            (byte) 0x9F, (byte) 0x98, (byte) 0x80, (byte) 0xE2, (byte) 0x82};
        assertThat(text.appendUtf8(new UnsafeBuffer(octets), 0, octets.length))
            .hasToString("aü" + "\uFFFD".repeat(5) + "\uD83D\uDE00" + "\uFFFD".repeat(2));
    }

    @Test
    void shouldCutAtACharacterAndHashTheWhole() {
        final Text longer = new Text(512);
        final byte[] octets = "x".repeat(39).concat("ü!").getBytes(StandardCharsets.UTF_8);
        text.appendUtf8(new UnsafeBuffer(octets), 0, octets.length);
        longer.appendUtf8(new UnsafeBuffer(octets), 0, octets.length);
        assertThat(text).hasToString("x".repeat(39));
        assertThat(text.isCut()).isTrue();
        assertThat(text.hash()).isEqualTo(longer.hash()).isNotEqualTo(new Text(40).append(text).hash());
    }

    @Test
    void shouldMakeValidUtf8OfAnyOctets() {
        final SplittableRandom random = new SplittableRandom(7);
        final byte[] octets = new byte[24];
        final UnsafeBuffer source = new UnsafeBuffer(octets);
        for (int i = 0; i < Integer.getInteger("flowsonde.fuzz", 20_000); i++) {
            random.nextBytes(octets);
            final int length = random.nextInt(octets.length + 1);
            assertValid(text.reset().appendUtf8(source, 0, length));
            assertValid(text.reset().appendUtf16(source, 0, length).append(text));
        }
    }

    private static void assertValid(final Text text) {
        final byte[] made = Arrays.copyOf(text.octets(), text.length());
        assertThat(text.toString().getBytes(StandardCharsets.UTF_8)).isEqualTo(made);
        assertThat(text.length()).isLessThanOrEqualTo(40);
    }
}
