package net.flowsonde.collector;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of the loopback for servers of tests. They lie below those that the system gives to sockets by itself (32,768 to 60,999 on Linux),
 * so that no connection of another test takes one before its server has started, or while that is away.
 */
final class Ports {
    private static final int LOWEST = 10_000;
    /** As many of the 22,000 as each of the processes has that run tests of this build at the same time. */
    private static final int COUNT = 22_000 / Integer.getInteger("test.processes", 1);
    private static final int FIRST = LOWEST + (Integer.getInteger("test.process", 1) - 1) * COUNT;
    /** Several checkouts may be tested side by side, so each begins elsewhere. */
    private static final AtomicInteger NEXT = new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private Ports() {
    }

    /** One that no other caller gets, free in both TCP and UDP. */
    static int free() {
        for (int tries = 0; tries < COUNT; tries++) {
            final int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (!isTaken(port) && !isTakenInTcp(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port is free");
    }

    /** Whether somebody has it in UDP. */
    static boolean isTaken(final int port) {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", port))) {
            return socket.getLocalPort() != port;
        } catch (final SocketException e) {
            return true;
        }
    }

    private static boolean isTakenInTcp(final int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort() != port;
        } catch (final IOException e) {
            return true;
        }
    }
}
