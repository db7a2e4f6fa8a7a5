package net.flowsonde.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Gauge;
import net.flowsonde.telemetry.SessionEnds;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket to one collector that is opened, and opened again, in the background. Used by the export thread; messages cross to the event
 * loop in batches. A broken connection is only opened again once every batch that it was given is decided, so that sessions never mix.
 */
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int BATCH = 32;
    private static final long FAREWELL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long CLOSE_POLL_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long SHUTDOWN_TIMEOUT_MS = 2_000;
    /** How long the first datagram after a port was unreachable is waited for: kernels answer once a second only. */
    private static final long PROBATION_NS = TimeUnit.SECONDS.toNanos(1);

    private enum State { AWAY, CONNECTING, OPEN, BREAKING }

    private final String name;
    private final Transport transport;
    private final InetSocketAddress collector;
    private final Counters counters;
    private final long maxOctetsInFlight;
    private final Optional<TlsClient> tls;
    private final EventLoopGroup eventLoop;
    private final Bootstrap bootstrap;
    private final Backoff backoff = new Backoff(new SplittableRandom());

    private State state = State.AWAY;
    private boolean isTriedNow = true;
    private boolean isAbsent;
    private boolean isReopening;
    private boolean isOnProbation;
    private boolean isProbed;
    private long probedNs;
    private long workedNs;
    private long nextAttemptNs;
    private long openedNs;
    private long sessionId;
    private ChannelFuture connecting;
    private volatile TransportSession opening;
    private TransportSession session;
    private ByteBuf[] batch = new ByteBuf[BATCH];
    private int batched;
    private long batchPosition;
    private boolean isAwaySaid;
    /** A plain connection was answered in TLS: that the next one opens proves nothing until it has lasted. */
    private boolean isPlainRefused;

    /** @param maxOctetsInFlight  beyond this much on its way to the socket, messages are refused */
    Connection(
        final String name, final Transport transport, final String host, final int port, final Optional<TlsClient> tls,
        final Counters counters, final long maxOctetsInFlight) {
        this.name = name;
        this.tls = tls;
        this.transport = transport;
        this.counters = counters;
        this.maxOctetsInFlight = maxOctetsInFlight;
        collector = InetSocketAddress.createUnresolved(host, port);
        eventLoop = Transport.eventLoop("export-" + name);
        bootstrap = transport.configure(new Bootstrap().group(eventLoop)).handler(new Initializer());
    }

    /** Counts the sessions; changes only inside {@link #doWork}. */
    long sessionId() {
        return sessionId;
    }

    /** The session that is open, or whose last batches are still being decided; null while there is none. */
    TransportSession session() {
        return session;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /** The collector was tried and is not there; not so while it is tried first, or while one session makes room for the next. */
    boolean isAbsent() {
        return isAbsent;
    }

    /** Where messages go to; null while it is not connected. */
    InetSocketAddress remoteAddress() {
        return state == State.OPEN ? (InetSocketAddress) session.channel().remoteAddress() : null;
    }

    /** A receiver that was not there is sent one message, and has to be silent about it for a while, before it gets more. */
    boolean isOnProbation(final long nowNs) {
        isOnProbation &= !isProbed || nowNs - probedNs < PROBATION_NS;
        return isOnProbation;
    }

    /** Whether one message may be sent now, as the first after an unreachable port or because all is well. */
    boolean isTrusted(final long nowNs) {
        return session.isAccepted() && (!isOnProbation(nowNs) || !isProbed);
    }

    /** Whether a message of this length would be taken now. */
    boolean hasRoom(final int length) {
        return state == State.OPEN && session.octetsInFlight() + length <= maxOctetsInFlight;
    }

    /**
     * Copies a message to be sent, with its number; {@link #hasRoom} must have said so.
     *
     * @param position  position of the journal behind this message
     */
    void send(
        final DirectBuffer message, final int offset, final int length, final int sequenceOffset, final int sequence,
        final long position) {
        final ByteBuf copy = PooledByteBufAllocator.DEFAULT.directBuffer(length, length);
        message.getBytes(offset, copy.internalNioBuffer(0, length), length);
        copy.writerIndex(length);
        copy.setInt(sequenceOffset, sequence);
        session.addInFlight(length);
        if (isOnProbation && !isProbed) {
            isProbed = true;
            probedNs = workedNs;
        }
        batch[batched++] = copy;
        batchPosition = position;
        if (batched == BATCH) {
            flush();
        }
    }

    /** Hands what waits to the event loop. */
    void flush() {
        if (batched > 0) {
            final TransportSession target = session;
            final ByteBuf[] messages = batch;
            final int count = batched;
            final long position = batchPosition;
            eventLoop.execute(() -> target.write(messages, count, position));
            batch = new ByteBuf[BATCH];
            batched = 0;
        }
    }

    /** The socket has taken everything. */
    boolean isIdle() {
        return session == null || session.octetsInFlight() == 0;
    }

    /** Ends this session, whose every message has arrived, and opens the next. */
    void reopen() {
        isReopening = true;
        session.channel().close();
    }

    /** Moves on what can be moved on; answers 1 when the state has changed. */
    int doWork(final long nowNs) {
        workedNs = nowNs;
        flush();
        return switch (state) {
            case AWAY -> connect(nowNs);
            case CONNECTING -> open(nowNs);
            case OPEN -> notice(nowNs);
            case BREAKING -> finishBreak(nowNs);
        };
    }

    private int connect(final long nowNs) {
        if (!isTriedNow && nowNs - nextAttemptNs < 0) {
            return 0;
        }
        isTriedNow = false;
        counters.set(Gauge.SESSION_STATE, Gauge.SESSION_CONNECTING);
        connecting = bootstrap.connect(collector);
        state = State.CONNECTING;
        return 1;
    }

    private int open(final long nowNs) {
        if (!connecting.isDone()) {
            return 0;
        }
        final Throwable failure = connecting.isSuccess() ? opening.failure() : connecting.cause();
        if (failure == null && !opening.isSecured()) {
            return 0;
        }
        isAbsent = failure != null;
        if (failure == null) {
            onOpen(nowNs);
        } else {
            counters.increment(Counter.CONNECT_FAILURES);
            sayAway("cannot be reached", failure);
            retryLater(nowNs);
        }
        return 1;
    }

    private void onOpen(final long nowNs) {
        session = opening;
        isProbed = false;
        showExpiry();
        openedNs = nowNs;
        sessionId++;
        counters.increment(Counter.SESSIONS_OPENED);
        counters.session(new SessionEnds(
            transport.protocol(), (InetSocketAddress) session.channel().localAddress(),
            (InetSocketAddress) session.channel().remoteAddress(), System.currentTimeMillis()));
        counters.set(Gauge.SESSION_STATE, Gauge.SESSION_OPEN);
        if (isAwaySaid && transport.isStream() && !isPlainRefused) {
            LOG.info("{}: connected", name);
            isAwaySaid = !session.isAccepted();
        }
        state = State.OPEN;
    }

    private void showExpiry() {
        tls.ifPresent(client -> counters.set(Gauge.CERTIFICATE_EXPIRY_TIME,
            LongStream.of(client.credentials().expiryMs(), session == null ? 0 : session.peerExpiryMs()).filter(time -> time != 0).min()
                .orElse(0)));
    }

    /** Certificates have changed on disk, so that sessions from now on use others. */
    boolean isRenewed(final long nowNs) {
        final boolean isRenewed = tls.isPresent() && tls.get().credentials().isReloaded(nowNs);
        if (isRenewed) {
            counters.increment(Counter.CERTIFICATES_RELOADED);
            showExpiry();
        }
        return isRenewed;
    }

    private int notice(final long nowNs) {
        if (session.isActive()) {
            isPlainRefused &= nowNs - openedNs < Backoff.LONGEST_NS;
            if (isAwaySaid && session.isAccepted() && !isPlainRefused && !isOnProbation(nowNs)) {
                LOG.info("{}: answers again", name);
                isAwaySaid = false;
            }
            return 0;
        }
        flush();
        counters.session(null);
        if (!isReopening) {
            onBroken(nowNs);
        }
        state = State.BREAKING;
        return 1;
    }

    private void onBroken(final long nowNs) {
        isAbsent = true;
        counters.set(Gauge.SESSION_STATE, Gauge.SESSION_AWAY);
        if (session.isPortUnreachable()) {
            isOnProbation = true;
            counters.increment(Counter.PORT_UNREACHABLE);
            sayAway("nobody listens there (ICMP port unreachable)", null);
        } else {
            counters.increment(Counter.SESSIONS_BROKEN);
            if (!session.isEndedByCollector()) {
                counters.increment(Counter.SEND_ERRORS);
            }
            sayAway("connection lost", session.failure());
        }
        if (nowNs - openedNs > Backoff.LONGEST_NS) {
            backoff.reset();
        }
    }

    private int finishBreak(final long nowNs) {
        if (!isIdle()) {
            return 0;
        }
        session = null;
        if (isReopening) {
            isReopening = false;
            isTriedNow = true;
            state = State.AWAY;
        } else {
            retryLater(nowNs);
        }
        return 1;
    }

    private void retryLater(final long nowNs) {
        counters.set(Gauge.SESSION_STATE, Gauge.SESSION_AWAY);
        final long delayNs = backoff.nextNs();
        nextAttemptNs = nowNs + (isOnProbation ? Math.max(PROBATION_NS, delayNs) : delayNs);
        state = State.AWAY;
    }

    private void sayAway(final String what, final Throwable cause) {
        final boolean isOfTls = cause != null && TlsFailureText.isOfTls(cause);
        if (isOfTls) {
            counters.increment(Counter.TLS_FAILURES);
            isPlainRefused = !transport.isEncrypted();
        }
        if (!isAwaySaid) {
            final String reason = cause == null ? "" : ": " + (isOfTls ? TlsFailureText.of(cause) : cause.getMessage());
            LOG.warn("{}: {}{}; trying again", name, isOfTls ? "TLS refused" : what, reason);
            isAwaySaid = true;
        }
    }

    /**
     * Waits a bounded time for what is on its way, says that it was all, waits a moment for the collector to say so too, then closes.
     *
     * @param timeoutNs  how long for what is on its way
     * @return whether nothing speaks against it that the collector has read everything
     */
    boolean close(final long timeoutNs) {
        flush();
        await(() -> isIdle() || !session.isActive(), timeoutNs);
        if (session != null && session.isActive() && transport.isStream()) {
            session.end();
            await(() -> !session.isActive(), FAREWELL_NS);
        }
        final boolean isInOrder = session != null && session.isInOrder();
        if (session != null) {
            session.channel().close().awaitUninterruptibly(timeoutNs, TimeUnit.NANOSECONDS);
        }
        eventLoop.shutdownGracefully(0, SHUTDOWN_TIMEOUT_MS, TimeUnit.MILLISECONDS)
            .awaitUninterruptibly(2 * SHUTDOWN_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        counters.session(null);
        counters.set(Gauge.SESSION_STATE, Gauge.SESSION_AWAY);
        state = State.BREAKING;
        return isInOrder;
    }

    private static void await(final BooleanSupplier condition, final long timeoutNs) {
        final long deadlineNs = System.nanoTime() + timeoutNs;
        while (!condition.getAsBoolean() && System.nanoTime() - deadlineNs < 0) {
            LockSupport.parkNanos(CLOSE_POLL_NS);
        }
    }

    private final class Initializer extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(final Channel opened) {
            final TransportSession next = new TransportSession(opened, transport);
            opened.pipeline().addLast(next.octetCounter());
            tls.ifPresent(client -> {
                final SslHandler handler = client.handler(opened.alloc());
                handler.handshakeFuture().addListener(done -> next.onHandshake(handler.engine(), done.cause()));
                opened.pipeline().addLast(handler);
            });
            opened.pipeline().addLast(next.inbound());
            opening = next;
        }
    }
}
