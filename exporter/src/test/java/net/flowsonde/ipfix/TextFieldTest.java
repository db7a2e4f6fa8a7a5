package net.flowsonde.ipfix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class TextFieldTest {
    private static final int CAPACITY = 4;

    private final JsonWriter json = new JsonWriter();

    private static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String line(final Field<byte[]> field, final String text) {
        json.begin();
        field.writeJson(utf8(text), json);
        json.end();
        return json.buffer().getStringWithoutLengthAscii(0, json.length());
    }

    /** A character of two octets, of which only one would fit. */
    @Test
    void shouldCutJsonBetweenCharacters() {
        final Field<byte[]> octets = new OctetTextField<>(IanaElements.USER_NAME, CAPACITY, shape -> true, text -> text);
        final Field<byte[]> inBuffer = new TextField<>(
            IanaElements.USER_NAME, CAPACITY, shape -> true, UnsafeBuffer::new, text -> 0, text -> text.length);
        assertThat(line(octets, "abcü")).isEqualTo("{\"userName\":\"abc\"}\n");
        assertThat(line(inBuffer, "abcü")).isEqualTo("{\"userName\":\"abc\"}\n");
        assertThat(line(octets, "abcd")).isEqualTo(line(inBuffer, "abcdef")).isEqualTo("{\"userName\":\"abcd\"}\n");
        assertThat(line(octets, "")).isEqualTo(line(inBuffer, "")).isEqualTo("{}\n");
    }
}
