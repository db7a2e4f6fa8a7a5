package net.flowsonde.enrich.file;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import net.flowsonde.dpi.FileOperation;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;

/**
 * Who was logged on, by client and server and by client alone. The last user of a client stands for its other flows, unless another one
 * was seen there within the same time. Bounded; whoever was seen least lately is forgotten. Owned by the export thread.
 */
final class FileUsers {
    private static final int MOST = 65_536;

    private long inferenceNs;
    private final Counters counters;
    private final Map<Pair, User> byPair = bounded();
    private final Map<InetAddress, User> byClient = bounded();

    private record Pair(InetAddress client, InetAddress server) {
    }

    /**
     * @param seenNs    when it was seen last
     * @param changeNs  when another user was seen last before it
     */
    record User(String name, String domain, long seenNs, long changeNs) {
    }

    FileUsers(final Duration inference, final Counters counters) {
        inferenceNs = inference.toNanos();
        this.counters = counters;
    }

    void inference(final Duration other) {
        inferenceNs = other.toNanos();
    }

    private <K> Map<K, User> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(final Map.Entry<K, User> eldest) {
                if (size() <= MOST) {
                    return false;
                }
                counters.increment(Counter.FILE_USERS_EVICTED);
                return true;
            }
        };
    }

    /** A user did something; who has no name is nobody. */
    void onEvent(final FileEvent event) {
        final Pair pair = new Pair(event.client(), event.server());
        if (event.operation() == FileOperation.LOGOFF) {
            byPair.remove(pair);
        } else if (!event.user().isEmpty() && (event.isOk() || event.operation() != FileOperation.LOGON)) {
            byPair.put(pair, seen(byPair.get(pair), event));
            byClient.put(event.client(), seen(byClient.get(event.client()), event));
        }
    }

    private static User seen(final User last, final FileEvent event) {
        final long seenNs = last == null ? event.endNs() : Math.max(last.seenNs, event.endNs());
        if (last == null) {
            return new User(event.user(), event.domain(), seenNs, Long.MIN_VALUE);
        }
        final boolean isSame = last.name.equals(event.user()) && last.domain.equals(event.domain());
        return new User(event.user(), event.domain(), seenNs, isSame ? last.changeNs : last.seenNs);
    }

    /** The user of the client's sessions with the server, or null. */
    User of(final InetAddress client, final InetAddress server) {
        return byPair.get(new Pair(client, server));
    }

    /** The only user that was seen on the client around a flow that lasted from {@code startNs} to {@code endNs}, or null. */
    User inferred(final InetAddress client, final long startNs, final long endNs) {
        final User user = byClient.get(client);
        return user == null || inferenceNs == 0 || startNs - user.seenNs > inferenceNs || user.seenNs - endNs > inferenceNs
            || user.changeNs != Long.MIN_VALUE && startNs - user.changeNs <= inferenceNs ? null : user;
    }

    boolean isEmpty() {
        return byClient.isEmpty();
    }
}
