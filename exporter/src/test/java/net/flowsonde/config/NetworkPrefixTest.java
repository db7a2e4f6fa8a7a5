package net.flowsonde.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkPrefixTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.53, 192.0.2.53, true", "192.0.2.53, 192.0.2.54, false", "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false", "0.0.0.0/0, 203.0.113.9, true", "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/32, 2001:db8:1::1, true", "2001:db8::/32, 2001:db9::1, false", "2001:db8::53, 2001:db8::53, true",
        "2001:db8::53, 2001:db8::54, false", "::/0, 192.0.2.1, true", "2001:db8:0:0:8000::/65, 2001:db8::8000:0:0:1, true",
        "2001:db8:0:0:8000::/65, 2001:db8::1, false"})
    void shouldContainWhatHasItsPrefix(final String prefix, final String address, final boolean isInside) {
        final NetworkPrefix one = NetworkPrefix.parse(address);
        assertThat(NetworkPrefix.parse(prefix).contains(one.high(), one.low())).isEqualTo(isInside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "192.0.2", "192.0.2.256", "192.0.2.1/33", "192.0.2.1/24", "192.0.2.1/", "192.0.2.1/-1",
        "2001:db8::1/32", "2001:db8::/129", ":::1", "fe80::1%eth0", "/24"})
    void shouldRefuseWhatIsNoNetwork(final String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> NetworkPrefix.parse(text));
    }

    @Test
    void shouldKeepAnIpv4AddressAsMapped() {
        final NetworkPrefix prefix = NetworkPrefix.parse("192.0.2.1");
        assertThat(prefix.high()).isZero();
        assertThat(prefix.low()).isEqualTo(0xFFFF_0000_0000L | ByteBuffer.wrap(new byte[] {(byte) 192, 0, 2, 1}).getInt() & 0xFFFF_FFFFL);
        assertThat(prefix.length()).isEqualTo(128);
    }
}
