import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** Prints the port of a loopback UDP socket, and throws away what comes there until it is killed. For the benchmark. */
final class DiscardDatagrams {
    private static final int RECEIVE_BUFFER = 4 << 20;
    private static final int LONGEST_DATAGRAM = 65_535;

    private DiscardDatagrams() {
    }

    public static void main(final String[] args) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            System.out.println(((InetSocketAddress) channel.getLocalAddress()).getPort());
            final ByteBuffer datagram = ByteBuffer.allocateDirect(LONGEST_DATAGRAM);
            while (true) {
                datagram.clear();
                channel.receive(datagram);
            }
        }
    }
}
