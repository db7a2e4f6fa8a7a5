package net.flowsonde.flow;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import jdk.net.ExtendedSocketOptions;

/**
 * One end of the lab's connections, a process in a network namespace: reads a command a line, does it on the real stack, answers
 * {@code ok} or the error in one line. The sockets are those of channels: a plain one shuts its output down before it is closed, which
 * hides what the stack does by itself.
 */
public final class TcpLabPeer {
    private static final int CONNECT_TIMEOUT_MS = 1_500;

    private ServerSocket listener;
    private Socket socket;

    private TcpLabPeer() {
    }

    public static void main(final String[] args) throws IOException {
        final TcpLabPeer peer = new TcpLabPeer();
        final BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(peer.answer(line.split(" ")));
        }
    }

    private String answer(final String[] words) {
        try {
            execute(words);
            return "ok";
        } catch (final IOException exception) {
            return exception.toString();
        }
    }

    private void execute(final String[] words) throws IOException {
        switch (words[0]) {
            case "listen" -> {
                listener = ServerSocketChannel.open().socket();
                listener.bind(new InetSocketAddress(words[1], Integer.parseInt(words[2])));
            }
            case "accept" -> {
                socket = listener.accept();
                listener.close();
            }
            case "connect" -> {
                socket = SocketChannel.open().socket();
                socket.connect(new InetSocketAddress(words[1], Integer.parseInt(words[2])), CONNECT_TIMEOUT_MS);
            }
            case "send" -> socket.getOutputStream().write(new byte[Integer.parseInt(words[1])]);
            case "read" -> {
                final int wanted = Integer.parseInt(words[1]);
                if (socket.getInputStream().readNBytes(wanted).length < wanted) {
                    throw new IOException("end of stream");
                }
            }
            case "end" -> {
                if (socket.getInputStream().read() >= 0) {
                    throw new IOException("more octets");
                }
            }
            case "shutdown" -> socket.shutdownOutput();
            case "close" -> socket.close();
            case "abort" -> {
                socket.setSoLinger(true, 0);
                socket.close();
            }
            case "keepalive" -> keepAlive();
            default -> throw new IOException("unknown command " + words[0]);
        }
    }

    private void keepAlive() throws IOException {
        socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 1);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 1);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, 2);
        socket.setKeepAlive(true);
    }
}
