package net.flowsonde.dpi.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {
    private final UnsafeBuffer text = new UnsafeBuffer(new byte[AddressText.MAX_LENGTH]);

    @ParameterizedTest
    @ValueSource(strings = {
        "::", "::1", "1::", "2001:db8::1", "2001:db8::1:0:0:1", "2001:db8:0:1:1:1:1:1", "fe80::1234:5678:9abc:def0", "64:ff9b::c000:221",
        "1:2:3:4:5:6:7:8", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "1:0:0:2::3", "0:1::", "::1:0", "1::2:0:0:3:0", "10:100:1000::"})
    void shouldWriteIpv6ByRfc5952(final String address) throws UnknownHostException {
        final UnsafeBuffer octets = new UnsafeBuffer(InetAddress.getByName(address).getAddress());
        assertThat(text.getStringWithoutLengthAscii(0, AddressText.putIpv6(text, 0, octets, 0))).isEqualTo(address);
        assertThat(AddressText.ipv6Length(octets, 0)).isEqualTo(address.length());
    }

    @Test
    void shouldWriteIpv4InDottedForm() {
        final UnsafeBuffer octets = new UnsafeBuffer(new byte[] {(byte) 255, 0, 10, (byte) 200});
        assertThat(text.getStringWithoutLengthAscii(0, AddressText.putIpv4(text, 0, octets, 0))).isEqualTo("255.0.10.200");
        assertThat(AddressText.ipv4Length(octets, 0)).isEqualTo("255.0.10.200".length());
    }
}
