import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Both sides of the TCP ends that no ordinary tool provokes; make-demo-capture runs it with {@code java TcpEnds.java}.
 * <pre>
 *  serve ADDRESS            listens on every port of the list below until it is killed
 *  client HOST              goes through the list once, then keeps its quiet connections open until it is killed
 *  lost HOST                one connection that the caller cuts off the link as soon as "connected" has been printed
 * </pre>
 */
final class TcpEnds {
    /** The server has no place left: it resets before anything was said. */
    private static final int LIMIT = 5432;
    /** The server reads the request, and resets instead of answering. */
    private static final int CRASH = 8080;
    /** The server resets in the middle of its answer. */
    private static final int CUT = 8000;
    /** The server answers, and resets the connection after five idle seconds. */
    private static final int KEEP_ALIVE = 8090;
    /** The server answers only after a second; the client has closed by then. */
    private static final int LATE = 9000;
    /** The server answers, and leaves the end to the client. */
    private static final int ANSWER = 9001;
    /** Both sides close before either has heard of the other's close. */
    private static final int SIMULTANEOUS = 9002;
    /** The client does not read; the server gives up after two seconds in front of a closed window. */
    private static final int STUCK = 9003;
    /** The client has left the network; the server resets after some retransmissions. */
    private static final int LOST = 9004;
    /** The server never closes its side. */
    private static final int HALF_CLOSED = 9005;
    /** The server waits for the client's FIN and answers it by a RST. */
    private static final int RESET_ON_FIN = 9007;

    private static final byte[] REQUEST = "status\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REPLY = "status: all is well\n".getBytes(StandardCharsets.US_ASCII);
    private static final int SMALL_BUFFER = 4_096;
    private static final int LONG_ANSWER = 32 * 1_024;

    private TcpEnds() {
    }

    public static void main(final String[] args) throws Exception {
        switch (args[0]) {
            case "serve" -> serve(InetAddress.getByName(args[1]));
            case "client" -> client(args[1]);
            case "lost" -> lost(args[1]);
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    // ------------------------------------------------------------------------------------------------ server

    /** What the server does with one accepted connection; the socket stays open unless it closes it. */
    private interface Service {
        void on(Socket socket) throws IOException, InterruptedException;
    }

    private static void serve(final InetAddress address) throws IOException {
        listen(address, LIMIT, TcpEnds::abort);
        listen(address, CRASH, socket -> {
            readRequest(socket);
            abort(socket);
        });
        listen(address, CUT, socket -> {
            readRequest(socket);
            socket.getOutputStream().write(new byte[48 * 1_024]);
            abort(socket);
        });
        listen(address, KEEP_ALIVE, socket -> {
            readRequest(socket);
            socket.getOutputStream().write(REPLY);
            pause(5_000);
            abort(socket);
        });
        listen(address, LATE, socket -> {
            readRequest(socket);
            pause(1_000);
            socket.getOutputStream().write(REPLY);
        });
        listen(address, ANSWER, TcpEnds::answerUntilEnd);
        listen(address, SIMULTANEOUS, socket -> {
            readRequest(socket);
            socket.getOutputStream().write(new byte[LONG_ANSWER]);
            socket.shutdownOutput();
            readToEnd(socket);
            socket.close();
        });
        listen(address, STUCK, socket -> {
            readRequest(socket);
            fill(socket);
        });
        listen(address, LOST, socket -> {
            readRequest(socket);
            pause(1_000);
            socket.getOutputStream().write(REPLY);
            pause(4_000);
            abort(socket);
        });
        listen(address, HALF_CLOSED, TcpEnds::answerUntilEnd);
        listen(address, RESET_ON_FIN, socket -> {
            answerUntilEnd(socket);
            abort(socket);
        });
        System.out.println("listening");
    }

    private static void listen(final InetAddress address, final int port, final Service service) throws IOException {
        final ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(address, port));
        start(() -> {
            while (true) {
                final Socket socket = server.accept();
                start(() -> service.on(socket));
            }
        });
    }

    /** Writes until the peer's window is closed, waits, and gives up. */
    private static void fill(final Socket socket) throws IOException, InterruptedException {
        socket.setSendBufferSize(SMALL_BUFFER);
        start(() -> socket.getOutputStream().write(new byte[64 * 1_024]));
        pause(2_500);
        abort(socket);
    }

    private static void answerUntilEnd(final Socket socket) throws IOException {
        final byte[] buffer = new byte[SMALL_BUFFER];
        final InputStream input = socket.getInputStream();
        while (input.read(buffer) > 0) {
            socket.getOutputStream().write(REPLY);
        }
    }

    // ------------------------------------------------------------------------------------------------ client

    private static void client(final String host) throws Exception {
        final List<Socket> kept = new ArrayList<>();
        kept.add(ask(host, ANSWER));
        kept.add(ask(host, HALF_CLOSED));
        kept.get(1).shutdownOutput();

        final Socket keepAlive = ask(host, KEEP_ALIVE);
        readToEnd(connect(host, LIMIT));
        abort(connect(host, ANSWER));
        readToEnd(send(host, CRASH));
        readSlowly(send(host, CUT));
        abort(ask(host, ANSWER));
        abort(send(host, LATE));
        send(host, LATE).close();
        closeAtOnce(host);

        final Socket idle = ask(host, ANSWER);
        final Socket stuck = sendFromSmallWindow(host);
        final Socket resetOnFin = ask(host, RESET_ON_FIN);
        resetOnFin.shutdownOutput();
        readToEnd(resetOnFin);
        pause(2_000);
        abort(idle);
        readToEnd(keepAlive);
        pause(1_000);
        readToEnd(stuck);
        System.out.println("done, " + kept.size() + " connections stay open");
        Thread.currentThread().join();
    }

    /** The end of the answer, with the server's FIN behind it, still waits on the slow link when the client closes its side too. */
    private static void closeAtOnce(final String host) throws IOException, InterruptedException {
        final Socket socket = send(host, SIMULTANEOUS);
        socket.getInputStream().readNBytes(LONG_ANSWER * 3 / 4);
        socket.shutdownOutput();
        readToEnd(socket);
        socket.close();
    }

    private static Socket sendFromSmallWindow(final String host) throws IOException {
        final Socket socket = new Socket();
        socket.setReceiveBufferSize(SMALL_BUFFER);
        socket.connect(new InetSocketAddress(host, STUCK));
        socket.getOutputStream().write(REQUEST);
        return socket;
    }

    private static void lost(final String host) throws Exception {
        final Socket socket = send(host, LOST);
        System.out.println("connected");
        readToEnd(socket);
    }

    private static Socket connect(final String host, final int port) throws IOException {
        return new Socket(host, port);
    }

    private static Socket send(final String host, final int port) throws IOException {
        final Socket socket = connect(host, port);
        socket.getOutputStream().write(REQUEST);
        return socket;
    }

    private static Socket ask(final String host, final int port) throws IOException {
        final Socket socket = send(host, port);
        socket.getInputStream().readNBytes(REPLY.length);
        return socket;
    }

    // ------------------------------------------------------------------------------------------------ both

    private static void readRequest(final Socket socket) throws IOException {
        socket.getInputStream().readNBytes(REQUEST.length);
    }

    private static void readSlowly(final Socket socket) throws IOException, InterruptedException {
        pause(500);
        readToEnd(socket);
    }

    /** To the peer's FIN or RST. */
    private static void readToEnd(final Socket socket) throws IOException {
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (final SocketException e) {
            System.out.println("port " + socket.getPort() + ": " + e.getMessage());
        }
    }

    /** Closes by a RST. */
    private static void abort(final Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private static void pause(final long milliseconds) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(milliseconds);
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void start(final Work work) {
        new Thread(() -> {
            try {
                work.run();
            } catch (final IOException | InterruptedException e) {
                System.out.println(e);
            }
        }).start();
    }
}
