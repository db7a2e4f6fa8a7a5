package net.flowsonde.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import net.flowsonde.ipfix.MessageSink.SettlementListener;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Gauge;
import net.flowsonde.telemetry.SessionEnds;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket to one collector that is opened, and opened again, in the background. Used by the export thread; messages cross to the event
 * loop in batches, fates come back through {@link Fates}. A broken connection is only opened again once the fate of every message that it
 * had taken is decided, so that fates never mix between sessions.
 */
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int BATCH = 32;
    private static final int MAX_MESSAGES_IN_FLIGHT = 8_192;
    private static final long CLOSE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long CLOSE_POLL_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long SHUTDOWN_TIMEOUT_MS = 2_000;

    private enum State { AWAY, CONNECTING, OPEN, BREAKING }

    private final String name;
    private final Transport transport;
    private final InetSocketAddress collector;
    private final Counters counters;
    private final long maxOctetsInFlight;
    private final EventLoopGroup eventLoop;
    private final Bootstrap bootstrap;
    private final Backoff backoff = new Backoff(new SplittableRandom());
    private final Fates fates = new Fates(MAX_MESSAGES_IN_FLIGHT);
    private final AtomicLong octetsInFlight = new AtomicLong();
    private final AtomicLong portUnreachable = new AtomicLong();
    private final AtomicLong sendErrors = new AtomicLong();

    private State state = State.AWAY;
    private boolean isTriedNow;
    private long nextAttemptNs;
    private long openedNs;
    private long sessionId;
    private ChannelFuture connecting;
    private Channel channel;
    private ByteBuf[] batch = new ByteBuf[BATCH];
    private int batched;
    private boolean isAwaySaid;

    /** @param maxOctetsInFlight  beyond this much on its way, messages are refused */
    Connection(
        final String name, final Transport transport, final String host, final int port, final Counters counters,
        final long maxOctetsInFlight) {
        this.name = name;
        this.transport = transport;
        this.counters = counters;
        this.maxOctetsInFlight = maxOctetsInFlight;
        collector = InetSocketAddress.createUnresolved(host, port);
        eventLoop = Transport.eventLoop("export-" + name);
        bootstrap = transport.configure(new Bootstrap().group(eventLoop)).handler(new Initializer());
        isTriedNow = true;
    }

    long sessionId() {
        return sessionId;
    }

    /** Where messages go to; null while it is not connected. */
    InetSocketAddress remoteAddress() {
        return state == State.OPEN ? (InetSocketAddress) channel.remoteAddress() : null;
    }

    /** Copies a message to be sent; false when the collector is away or too much is on its way. */
    boolean offer(final DirectBuffer message, final int offset, final int length) {
        if (state != State.OPEN || fates.isFull() || octetsInFlight.get() + length > maxOctetsInFlight) {
            return false;
        }
        final ByteBuf copy = PooledByteBufAllocator.DEFAULT.directBuffer(length, length);
        message.getBytes(offset, copy.internalNioBuffer(0, length), length);
        copy.writerIndex(length);
        octetsInFlight.addAndGet(length);
        fates.onTaken();
        batch[batched++] = copy;
        if (batched == BATCH) {
            flush();
        }
        return true;
    }

    /** Hands what waits to the event loop. */
    void flush() {
        if (batched > 0) {
            eventLoop.execute(new Batch(channel, batch, batched));
            batch = new ByteBuf[BATCH];
            batched = 0;
        }
    }

    /** Nothing is on its way. */
    boolean isIdle() {
        return fates.isAllDecided();
    }

    int settle(final SettlementListener listener) {
        return fates.tell(listener);
    }

    /** Moves on what can be moved on; answers 1 when the state has changed. */
    int doWork(final long nowNs) {
        flush();
        counters.assign(Counter.PORT_UNREACHABLE, portUnreachable.get());
        counters.assign(Counter.SEND_ERRORS, sendErrors.get());
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
        if (!connecting.isSuccess()) {
            counters.increment(Counter.CONNECT_FAILURES);
            sayAway("cannot be reached", connecting.cause());
            retryLater(nowNs);
            return 1;
        }
        channel = connecting.channel();
        openedNs = nowNs;
        sessionId++;
        counters.increment(Counter.SESSIONS_OPENED);
        counters.session(new SessionEnds(
            transport.protocol(), (InetSocketAddress) channel.localAddress(), (InetSocketAddress) channel.remoteAddress(),
            System.currentTimeMillis()));
        counters.set(Gauge.SESSION_STATE, Gauge.SESSION_OPEN);
        if (isAwaySaid) {
            LOG.info("{}: connected", name);
            isAwaySaid = false;
        }
        state = State.OPEN;
        return 1;
    }

    private int notice(final long nowNs) {
        if (channel.isActive()) {
            return 0;
        }
        flush();
        counters.increment(Counter.SESSIONS_BROKEN);
        counters.session(null);
        counters.set(Gauge.SESSION_STATE, Gauge.SESSION_AWAY);
        sayAway("connection lost", null);
        if (nowNs - openedNs > Backoff.LONGEST_NS) {
            backoff.reset();
        }
        state = State.BREAKING;
        return 1;
    }

    private int finishBreak(final long nowNs) {
        if (!fates.isAllDecided()) {
            return 0;
        }
        retryLater(nowNs);
        return 1;
    }

    private void retryLater(final long nowNs) {
        counters.set(Gauge.SESSION_STATE, Gauge.SESSION_AWAY);
        nextAttemptNs = nowNs + backoff.nextNs();
        state = State.AWAY;
    }

    private void sayAway(final String what, final Throwable cause) {
        if (!isAwaySaid) {
            LOG.warn("{}: {}{}; trying again", name, what, cause == null ? "" : ": " + cause.getMessage());
            isAwaySaid = true;
        }
    }

    /** Waits a bounded time for what is on its way, then closes. */
    void close() {
        flush();
        final long deadlineNs = System.nanoTime() + CLOSE_TIMEOUT_NS;
        while (!fates.isAllDecided() && System.nanoTime() - deadlineNs < 0) {
            LockSupport.parkNanos(CLOSE_POLL_NS);
        }
        if (channel != null) {
            channel.close().awaitUninterruptibly(CLOSE_TIMEOUT_NS, TimeUnit.NANOSECONDS);
        }
        eventLoop.shutdownGracefully(0, SHUTDOWN_TIMEOUT_MS, TimeUnit.MILLISECONDS)
            .awaitUninterruptibly(2 * SHUTDOWN_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        counters.assign(Counter.PORT_UNREACHABLE, portUnreachable.get());
        counters.assign(Counter.SEND_ERRORS, sendErrors.get());
        state = State.BREAKING;
    }

    /** Messages on their way to the event loop. */
    private final class Batch implements Runnable {
        private final Channel channel;
        private final ByteBuf[] messages;
        private final int count;

        Batch(final Channel channel, final ByteBuf[] messages, final int count) {
            this.channel = channel;
            this.messages = messages;
            this.count = count;
        }

        @Override
        public void run() {
            for (int i = 0; i < count; i++) {
                channel.write(messages[i]).addListener(new Written(messages[i].readableBytes()));
            }
            channel.flush();
        }
    }

    /** Learns on the event loop what became of one message. */
    private final class Written implements ChannelFutureListener {
        private final int length;

        Written(final int length) {
            this.length = length;
        }

        @Override
        public void operationComplete(final ChannelFuture written) {
            if (!written.isSuccess()) {
                count(written.cause());
            }
            octetsInFlight.addAndGet(-length);
            fates.decide(written.isSuccess());
        }
    }

    private void count(final Throwable cause) {
        (cause instanceof PortUnreachableException ? portUnreachable : sendErrors).incrementAndGet();
    }

    private final class Initializer extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(final Channel opened) {
            opened.pipeline().addLast(new Inbound());
        }
    }

    /** Collectors say nothing in IPFIX: what they send is thrown away, errors are counted. */
    private final class Inbound extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(final ChannelHandlerContext context, final Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
            count(cause);
        }
    }
}
