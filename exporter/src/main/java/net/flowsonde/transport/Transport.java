package net.flowsonde.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How sockets are made: with epoll where it loads (sendmmsg, TCP timeouts of Linux), else with what Java has. */
enum Transport {
    UDP {
        @Override
        Bootstrap configure(final Bootstrap bootstrap) {
            return bootstrap.channel(IS_EPOLL ? EpollDatagramChannel.class : NioDatagramChannel.class)
                .option(ChannelOption.SO_SNDBUF, UDP_SEND_BUFFER);
        }
    },
    TCP {
        @Override
        Bootstrap configure(final Bootstrap bootstrap) {
            return stream(bootstrap);
        }
    },
    TLS {
        @Override
        Bootstrap configure(final Bootstrap bootstrap) {
            return stream(bootstrap);
        }
    };

    private static final boolean IS_EPOLL = Epoll.isAvailable();
    private static final int UDP_SEND_BUFFER = 1 << 20;
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    /** A collector that answers nothing for this long is gone, though nobody said so. */
    private static final int UNANSWERED_TIMEOUT_MS = 30_000;
    /** What the kernel holds unsent is sent again when a connection breaks, so it holds little. */
    private static final long UNSENT_IN_KERNEL = 128 << 10;
    private static final int TCP_INFO_LENGTH = 128;
    /** {@code tcpi_bytes_acked} of Linux's {@code struct tcp_info}; the octet that the SYN counts for is among them. */
    private static final int BYTES_ACKED_OFFSET = 120;
    /** {@code tcpi_state} when a farewell has come and nothing else. */
    private static final int TCP_CLOSE_WAIT = 8;
    private static final RawUnixChannelOption TCP_INFO = new RawUnixChannelOption("TCP_INFO", 6, 11, TCP_INFO_LENGTH);

    abstract Bootstrap configure(Bootstrap bootstrap);

    boolean isStream() {
        return this != UDP;
    }

    boolean isEncrypted() {
        return this == TLS;
    }

    /** Number of the protocol in an IP header. */
    int protocol() {
        return this == UDP ? 17 : 6;
    }

    /** How many octets of a connection the other end has acknowledged; where the kernel does not say, all that it was given. */
    long acknowledgedOctets(final Channel channel) {
        final ByteBuffer info = tcpInfo(channel);
        return info == null ? Long.MAX_VALUE : info.getLong(BYTES_ACKED_OFFSET) - 1;
    }

    /**
     * Whether the other end has ended a connection in good order and not by a reset; the kernel's state tells for sure, as a reset that a
     * write has met looks like an end to those who read. Where it does not say, nothing is sure.
     */
    boolean isEndedInOrder(final Channel channel) {
        final ByteBuffer info = tcpInfo(channel);
        return info != null && info.get(0) == TCP_CLOSE_WAIT;
    }

    private static ByteBuffer tcpInfo(final Channel channel) {
        final ByteBuffer info = IS_EPOLL ? channel.config().getOption(TCP_INFO) : null;
        return info == null || info.limit() < TCP_INFO_LENGTH ? null : info.order(ByteOrder.nativeOrder());
    }

    private static Bootstrap stream(final Bootstrap bootstrap) {
        bootstrap.channel(IS_EPOLL ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(ChannelOption.AUTO_CLOSE, false);
        return IS_EPOLL
            ? bootstrap.option(EpollChannelOption.TCP_USER_TIMEOUT, UNANSWERED_TIMEOUT_MS)
                .option(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT_IN_KERNEL)
            : bootstrap;
    }

    /** One thread for one collector: the name look-up of one may block without holding up another. */
    static EventLoopGroup eventLoop(final String name) {
        return new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory(name, true), IS_EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }
}
