package net.flowsonde.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * One connected socket: writes batches on its event loop and finds out how far they have come. Over TCP, a batch has come when the
 * collector's kernel has acknowledged its last octet; over UDP, when no ICMP error has come back for a while. Written by the event loop,
 * read by the export thread.
 */
final class TransportSession {
    private static final long POLL_MS = 10;
    private static final long ACCEPTANCE_MS = 1_000;
    /** What the collector said before it broke the connection tells more than the write that failed: it may still have to be read. */
    private static final long LAST_WORDS_MS = 50;
    private static final String TLS_1_3 = "TLSv1.3";
    private static final int TLS_ALERT = 21;
    private static final int TLS_MAJOR_VERSION = 3;
    /** Much longer than an ICMP error is under way. */
    private static final long UDP_GRACE_NS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Channel channel;
    private final Transport transport;
    private final OctetCounter octets = new OctetCounter();
    private final Deque<Mark> marks = new ArrayDeque<>();
    private final AtomicLong octetsInFlight = new AtomicLong();
    private boolean isPolling;
    private volatile long arrived;
    private volatile boolean isEndedByCollector;
    /** We have ended our side, with nothing left to be written that could meet a reset and hide it. */
    private volatile boolean isFarewellSaid;
    private volatile Throwable failure;
    private volatile boolean isAccepted;
    private volatile boolean isSecured;
    private volatile long peerExpiryMs;

    /** Where the journal stood when the socket had taken so many octets, or at a time. */
    private record Mark(long octets, long timeNs, long position) {
    }

    TransportSession(final Channel channel, final Transport transport) {
        this.channel = channel;
        this.transport = transport;
        isSecured = !transport.isEncrypted();
        isAccepted = isSecured;
    }

    /** The handshake of TLS is over, or there is none. */
    boolean isSecured() {
        return isSecured;
    }

    /**
     * The collector is known to have accepted our certificate. In TLS 1.3 it looks at it after the handshake is over for us: then it sends
     * us something, or an alert, or says nothing for a second.
     */
    boolean isAccepted() {
        return isAccepted;
    }

    /** When the collector's certificate expires, milliseconds since 1970; 0 without TLS. */
    long peerExpiryMs() {
        return peerExpiryMs;
    }

    /** Event loop: TLS has shaken hands, or not. */
    void onHandshake(final SSLEngine engine, final Throwable cause) {
        if (cause != null) {
            fail(cause);
            return;
        }
        try {
            peerExpiryMs = ((X509Certificate) engine.getSession().getPeerCertificates()[0]).getNotAfter().getTime();
        } catch (final SSLPeerUnverifiedException unverified) {
            fail(unverified);
            return;
        }
        isSecured = true;
        if (TLS_1_3.equals(engine.getSession().getProtocol())) {
            channel.eventLoop().schedule(() -> isAccepted = failure == null, ACCEPTANCE_MS, TimeUnit.MILLISECONDS);
        } else {
            isAccepted = true;
        }
    }

    /** Everything before this position of the journal has arrived. */
    long arrived() {
        return arrived;
    }

    /** The collector closed the connection after it had read what it had acknowledged. */
    boolean isEndedByCollector() {
        return isEndedByCollector;
    }

    /** What broke it, or null. */
    Throwable failure() {
        return failure;
    }

    /** The collector has accepted us, and the session was not broken by anything but its own end. */
    boolean isInOrder() {
        return isAccepted && (failure == null || isEndedByCollector);
    }

    /** Tells the collector that nothing more will come. */
    void end() {
        final SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            shutdown();
        } else {
            tls.closeOutbound().addListener(told -> shutdown());
        }
    }

    private void shutdown() {
        isFarewellSaid = octetsInFlight.get() == 0;
        ((DuplexChannel) channel).shutdownOutput();
    }

    /** Until its end is known with its cause, which the channel tells last: a closed channel may still have to say why. */
    boolean isActive() {
        return failure == null;
    }

    Channel channel() {
        return channel;
    }

    /** Octets that the socket has not taken yet. */
    long octetsInFlight() {
        return octetsInFlight.get();
    }

    void addInFlight(final long length) {
        octetsInFlight.addAndGet(length);
    }

    /** Must be the first in the pipeline, next to the socket. */
    ChannelDuplexHandler octetCounter() {
        return octets;
    }

    /** Must be the last in the pipeline. */
    ChannelInboundHandlerAdapter inbound() {
        return new Inbound();
    }

    /** Writes messages, of which the last ends at a position of the journal; event loop. */
    void write(final ByteBuf[] messages, final int count, final long position) {
        long length = 0;
        ChannelFuture last = null;
        for (int i = 0; i < count; i++) {
            final int messageLength = messages[i].readableBytes();
            length += messageLength;
            last = channel.write(messages[i]);
            last.addListener(written -> onWritten(written.cause(), messageLength));
        }
        channel.flush();
        final long octetsThen = octets.count;
        if (last != null) {
            last.addListener(written -> {
                if (written.isSuccess()) {
                    marks.add(new Mark(transport.isEncrypted() ? octets.count : octetsThen, System.nanoTime(), position));
                    poll();
                }
            });
        }
    }

    private void onWritten(final Throwable cause, final int length) {
        octetsInFlight.addAndGet(-length);
        if (cause != null) {
            channel.eventLoop().schedule(() -> fail(cause), LAST_WORDS_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void poll() {
        learn();
        if (!isPolling && !marks.isEmpty() && channel.isActive()) {
            isPolling = true;
            channel.eventLoop().schedule(() -> {
                isPolling = false;
                poll();
            }, POLL_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void learn() {
        if (failure != null || marks.isEmpty()) {
            return;
        }
        final long limit = transport.isStream() ? transport.acknowledgedOctets(channel) : System.nanoTime() - UDP_GRACE_NS;
        while (!marks.isEmpty() && (transport.isStream() ? marks.peek().octets : marks.peek().timeNs) - limit <= 0) {
            arrived = marks.remove().position;
        }
    }

    private void fail(final Throwable cause) {
        if (failure == null) {
            failure = cause;
            channel.close();
        }
    }

    boolean isPortUnreachable() {
        return failure instanceof PortUnreachableException;
    }

    /** Counts what the socket is given, encrypted or not. */
    private final class OctetCounter extends ChannelDuplexHandler {
        private long count;

        @Override
        public void channelRead(final ChannelHandlerContext context, final Object message) {
            final boolean isAnswer = isSecured;
            context.fireChannelRead(message);
            isAccepted |= isAnswer && failure == null;
        }

        @Override
        public void write(final ChannelHandlerContext context, final Object message, final ChannelPromise promise) {
            if (message instanceof ByteBuf octets) {
                count += octets.readableBytes();
            }
            context.write(message, promise);
        }
    }

    /**
     * Collectors say nothing in IPFIX: what they send is thrown away, unless it is how a TLS server refuses plain text. An end without an
     * error is one that they have chosen.
     */
    private final class Inbound extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(final ChannelHandlerContext context, final Object message) {
            final boolean isTlsAlert = !transport.isEncrypted() && message instanceof ByteBuf octets && isTlsAlert(octets);
            ReferenceCountUtil.release(message);
            if (isTlsAlert) {
                fail(new SSLException("the collector speaks TLS there and throws plain text away; its URI begins with tls"));
            }
        }

        /** An alert record of any version since SSL 3.0 (RFC 8446, 5.1). */
        private static boolean isTlsAlert(final ByteBuf octets) {
            return octets.readableBytes() >= 2 && octets.getByte(octets.readerIndex()) == TLS_ALERT
                && octets.getByte(octets.readerIndex() + 1) == TLS_MAJOR_VERSION;
        }

        @Override
        public void channelInactive(final ChannelHandlerContext context) {
            fail(new IOException("the connection ended"));
            context.fireChannelInactive();
        }

        @Override
        public void userEventTriggered(final ChannelHandlerContext context, final Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                learn();
                isEndedByCollector = failure == null && (isFarewellSaid || transport.isEndedInOrder(channel));
                fail(isInHandshake(context)
                    ? new SSLException("the collector ended the connection before TLS was agreed on; perhaps it has none")
                    : new IOException("closed by the collector"));
            }
            context.fireUserEventTriggered(event);
        }

        private static boolean isInHandshake(final ChannelHandlerContext context) {
            final SslHandler tls = context.pipeline().get(SslHandler.class);
            return tls != null && !tls.handshakeFuture().isSuccess();
        }

        @Override
        public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
            fail(cause);
        }
    }
}
