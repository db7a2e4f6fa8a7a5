package net.flowsonde;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of the loopback where nobody listens until the test does. They lie below those that the system gives to sockets by itself, so that
 * no connection of another test takes one meanwhile, and each process that runs tests has its own.
 */
public final class Ports {
    private static final int LOWEST = 10_000;
    private static final int COUNT = 22_000 / Integer.getInteger("test.processes", 1);
    private static final int FIRST = LOWEST + (Integer.getInteger("test.process", 1) - 1) * COUNT;
    /** Several checkouts may be tested side by side, so each begins elsewhere. */
    private static final AtomicInteger NEXT = new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private Ports() {
    }

    /** One that no other caller gets, free in both TCP and UDP. */
    public static int free() {
        for (int tries = 0; tries < COUNT; tries++) {
            final int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port is free");
    }

    private static boolean isFree(final int port) {
        final InetAddress loopback = InetAddress.getLoopbackAddress();
        try (DatagramSocket udp = new DatagramSocket(new InetSocketAddress(loopback, port));
            ServerSocket tcp = new ServerSocket(port, 1, loopback)) {
            return udp.getLocalPort() == port && tcp.getLocalPort() == port;
        } catch (final IOException taken) {
            return false;
        }
    }
}
