package net.flowsonde.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.concurrent.UnsafeBuffer;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What detectors and names are kept in. */
class EnrichTablesTest {
    @Test
    void shouldKeepByAddressWhatAHashMapKeeps() {
        final SplittableRandom random = new SplittableRandom(1);
        final AddressMap<Kept> map = new AddressMap<>();
        final Map<Long, Kept> model = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            final long low = random.nextLong(500);
            final Kept known = model.get(low);
            assertThat(map.get(0, low)).isSameAs(known);
            if (known == null) {
                final AddressKey key = new AddressKey();
                key.set(new UnsafeBuffer(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) (low >> 8), (byte) low}), 0, 6);
                model.put(low, new Kept(key));
                map.add(model.get(low));
            } else if (random.nextInt(3) > 0) {
                map.remove(model.remove(low));
            }
            assertThat(map.size()).isEqualTo(model.size());
        }
    }

    private static final class Kept extends RecentAddress {
        Kept(final AddressKey key) {
            super(key);
        }
    }

    @Test
    void shouldFindTheRowsThatAHashMapFindsAndUseThemAgain() {
        final SplittableRandom random = new SplittableRandom(4);
        final NameRows rows = new NameRows();
        final NameIndex index = new NameIndex(rows);
        final Map<Integer, Integer> model = new HashMap<>();
        int most = 0;
        for (int i = 0; i < 100_000; i++) {
            final int host = random.nextInt(3_000);
            final AddressKey key = key(host);
            final Integer known = model.get(host);
            assertThat(index.find(key)).isEqualTo(known == null ? NameRows.NONE : known);
            if (known == null) {
                final int row = rows.take(key);
                rows.name(row, new byte[] {(byte) host}, FlowMetadata.NO_TEXT, host, 1);
                index.add(row);
                model.put(host, row);
                most = Math.max(most, row);
            } else if (random.nextInt(3) > 0) {
                assertThat(rows.lastNs(known)).isEqualTo(host);
                assertThat(rows.text(known)).containsExactly(host & 0xFF);
                index.remove(known);
                rows.release(known);
                model.remove(host);
            }
        }
        assertThat(most).as("rows that are free are used again").isLessThanOrEqualTo(3_000);
    }

    @Test
    void shouldForgetWhatWasNotUsedForLongest() {
        final NameTable table = new NameTable(1_000, 16, 0, new Telemetry().register(Counter.Scope.EXPORT, "test"));
        final ClientNames client = table.onClient(key(0));
        for (int i = 1; i <= 16; i++) {
            learn(table, client, i);
        }
        learn(table, client, 17); // takes the place of the first
        assertThat(knows(table, client, 1)).isFalse();
        assertThat(knows(table, client, 2)).as("and is used now").isTrue();
        for (int i = 18; i < 32; i++) {
            learn(table, client, i);
            assertThat(client.names()).isEqualTo(16);
        }
        assertThat(knows(table, client, 2)).isTrue();
        assertThat(knows(table, client, 3)).isFalse();
        assertThat(knows(table, client, 16)).isFalse();
        assertThat(knows(table, client, 31)).isTrue();
    }

    private static void learn(final NameTable table, final ClientNames client, final int host) {
        final UnsafeBuffer name = new UnsafeBuffer("www.example.com".getBytes(StandardCharsets.US_ASCII));
        table.learn(client, key(host), name, 0, name.capacity(), 0, 0, 1, 60);
    }

    private static boolean knows(final NameTable table, final ClientNames client, final int host) {
        final NameMatch match = new NameMatch();
        match.reset(0);
        table.find(client, key(host), 2, match);
        return match.isFound();
    }

    private static AddressKey key(final int host) {
        final AddressKey key = new AddressKey();
        key.set(new UnsafeBuffer(new byte[] {10, 0, (byte) (host >> 8), (byte) host}), 0, 4);
        return key;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 100, 1_000, 100_000})
    void shouldCountDifferentThingsWithinAFewPerCent(final int different) {
        final SplittableRandom random = new SplittableRandom(2);
        final DistinctCount count = new DistinctCount();
        for (int i = 0; i < different; i++) {
            final long hash = random.nextLong();
            count.add(hash);
            count.add(hash);
        }
        assertThat(count.estimate()).isCloseTo(different, Percentage.withPercentage(15));
        count.clear();
        assertThat(count.estimate()).isZero();
    }

    @Test
    void shouldNeverCountLessThanWasSeenInAWindow() {
        final SplittableRandom random = new SplittableRandom(3);
        final RoughCounts counts = new RoughCounts(1_000);
        final Map<Long, Integer> model = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            final long hash = AddressMap.hash(0, random.nextLong(20_000));
            assertThat(counts.count(hash, 1)).isGreaterThanOrEqualTo(Math.min(RoughCounts.MOST, model.merge(hash, 1, Integer::sum)));
        }
        assertThat(counts.count(AddressMap.hash(0, 1), 1_001)).isEqualTo(1);
    }

    @Test
    void shouldShareNamesThatAreTheSameToTheCase() {
        final NameStore store = new NameStore();
        final UnsafeBuffer octets = new UnsafeBuffer("www.example.comWWW.example.com".getBytes(StandardCharsets.US_ASCII));
        final byte[] name = store.of(octets, 0, 15);
        assertThat(store.of(octets, 0, 15)).isSameAs(name);
        assertThat(NameText.string(store.of(octets, 15, 15))).isEqualTo("WWW.example.com");
        assertThat(NameText.string(store.of(octets, 0, 15))).isEqualTo("www.example.com");
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.com, example.com, true", "a.b.c.d.Example.CO.UK, Example.CO.UK, true", "example.com, example.com, true",
        "a.b.github.io, b.github.io, true", "com, com, true", "printer.local, printer.local, false", "a.b.printer.local, printer.local, false",
        "x.y.\\001\\002.example.com, example.com, false"})
    void shouldFindWhatSomebodyHasRegistered(final String name, final String domain, final boolean isPublic) {
        final RegisteredDomains domains = new RegisteredDomains();
        final byte[] octets = ("..." + name).getBytes(StandardCharsets.US_ASCII);
        for (int again = 0; again < 2; again++) {
            domains.find(new UnsafeBuffer(octets), 3, octets.length - 3);
            assertThat(name.substring(name.length() - domains.length())).isEqualTo(domain);
            assertThat(domains.isPublic()).isEqualTo(isPublic);
        }
    }
}
