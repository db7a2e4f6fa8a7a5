package net.flowsonde.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowTableViewTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0", "999, 999", "1000, 1.0k", "1250, 1.3k", "9949, 9.9k", "9950, 10k", "999499, 999k", "999500, 1.0M", "1000000000, 1.0G",
        "9223372036854775807, 9.2E"})
    void shouldWriteNumbersInFiveCharacters(final long number, final String text) {
        assertThat(FlowTableView.number(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 us", "499000, 499 us", "999000, 999 us", "999500, 1 ms", "1499000, 1 ms", "999499000, 999 ms", "999500000, 1.0 s", "99949000000, 99.9 s",
        "100000000000, 100 s", "86400000000000, 24 h"})
    void shouldWriteDurationsInSevenCharacters(final long nanoseconds, final String text) {
        assertThat(FlowTableView.duration(Duration.ofNanos(nanoseconds))).isEqualTo(text).hasSizeLessThanOrEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1", "2001:db8:0:0:0:0:0:1, 2001:db8::1", "0:0:0:0:0:0:0:0, ::", "0:0:0:0:0:0:0:1, ::1",
        "2001:db8:0:0:1:0:0:0, 2001:db8:0:0:1::", "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1", "fe80:0:0:0:1:2:3:4, fe80::1:2:3:4"})
    void shouldWriteAddressesShort(final String address, final String text) throws Exception {
        assertThat(AddressText.of(InetAddress.getByName(address))).isEqualTo(text);
    }
}
