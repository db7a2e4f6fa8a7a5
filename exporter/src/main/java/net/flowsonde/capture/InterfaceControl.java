package net.flowsonde.capture;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Asks the kernel about network interfaces with ioctl(2) (netdevice(7), Linux). Asks only: no request here changes anything. One thread.
 * <pre>struct ifreq, 40 octets: name @0 (16, zero-terminated), answer @16</pre>
 */
final class InterfaceControl implements AutoCloseable {
    static final int IFF_UP = 1;
    static final int IFF_LOOPBACK = 8;
    /** Not known, or no such interface. */
    static final int UNKNOWN = -1;

    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final int SIOCGIFFLAGS = 0x8913;
    private static final int SIOCGIFMTU = 0x8921;
    private static final int SIOCGIFHWADDR = 0x8927;
    private static final int SIOCGIFINDEX = 0x8933;
    private static final int SIOCETHTOOL = 0x8946;
    private static final int REQUEST_LENGTH = 40;
    private static final int NAME_LENGTH = 16;
    private static final int ANSWER_OFFSET = 16;
    /** Behind the 16 bits of the address family. */
    private static final int HARDWARE_ADDRESS_OFFSET = 18;

    private final LibC.Functions libc = LibC.functions();
    private final NativeMemory request = NativeMemory.allocate(REQUEST_LENGTH);
    private final UnsafeBuffer answer = request.buffer();
    private final byte[] name;
    private final int descriptor;

    InterfaceControl(final String name) {
        this.name = name.getBytes(StandardCharsets.UTF_8);
        descriptor = libc.socket(AF_INET, SOCK_DGRAM, 0);
    }

    private boolean ask(final int what) {
        if (name.length >= NAME_LENGTH) {
            return false;
        }
        final long argument = answer.getLong(ANSWER_OFFSET);
        answer.setMemory(0, REQUEST_LENGTH, (byte) 0);
        answer.putBytes(0, name);
        answer.putLong(ANSWER_OFFSET, what == SIOCETHTOOL ? argument : 0);
        return libc.ioctl(descriptor, what, request.address()) == 0;
    }

    int index() {
        return ask(SIOCGIFINDEX) ? answer.getInt(ANSWER_OFFSET) : UNKNOWN;
    }

    /** IFF_ bits; 0 when unknown. */
    int flags() {
        return ask(SIOCGIFFLAGS) ? answer.getShort(ANSWER_OFFSET) & 0xFFFF : 0;
    }

    int mtu() {
        return ask(SIOCGIFMTU) ? answer.getInt(ANSWER_OFFSET) : 0;
    }

    /** The six octets of the hardware address in the low bits, in the order of the wire; 0 when there is none. */
    long hardwareAddress() {
        if (!ask(SIOCGIFHWADDR)) {
            return 0;
        }
        return FrameAddresses.mac(answer, HARDWARE_ADDRESS_OFFSET);
    }

    /** SIOCETHTOOL with a command in {@code memory}, which receives the answer too. */
    boolean ethtool(final NativeMemory memory) {
        answer.putLong(ANSWER_OFFSET, memory.address());
        return ask(SIOCETHTOOL);
    }

    @Override
    public void close() {
        libc.close(descriptor);
    }
}
