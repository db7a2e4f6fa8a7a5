package net.flowsonde.capture;

/** A filter expression compiled by libpcap: struct bpf_program in memory of ours, its instructions in libpcap's. */
final class FilterProgram implements AutoCloseable {
    private static final int OPTIMIZE = 1;
    /** The netmask is only for "ip broadcast", which then does not compile instead of being wrong. */
    private static final long NETMASK_UNKNOWN = 0xFFFF_FFFFL;

    private final LibPcap.Functions pcap = LibPcap.functions();
    private final NativeMemory program = NativeMemory.allocate(LibPcap.PROGRAM_LENGTH);
    private boolean isClosed;

    private FilterProgram() {
    }

    /** For frames of a file. A {@link CaptureException} brings libpcap's message. */
    static FilterProgram forLinkType(final int linkType, final String expression) {
        final LibPcap.Functions pcap = LibPcap.functions();
        final long handle = pcap.pcap_open_dead(LinkTypes.toDlt(linkType), LibPcap.MAX_SNAP_LENGTH);
        if (handle == 0) {
            throw new CaptureException("filter: libpcap refuses link type " + linkType);
        }
        try {
            return forHandle(handle, expression);
        } finally {
            pcap.pcap_close(handle);
        }
    }

    /** For frames of an activated handle, where libpcap reads stripped VLAN tags from the kernel's metadata. */
    static FilterProgram forHandle(final long handle, final String expression) {
        final FilterProgram compiled = new FilterProgram();
        synchronized (FilterProgram.class) { // the compiler of libpcap before 1.8 knows one expression at a time
            if (compiled.pcap.pcap_compile(handle, compiled.address(), expression, OPTIMIZE, NETMASK_UNKNOWN) != 0) {
                throw new FilterRefusedException(expression, compiled.pcap.pcap_geterr(handle));
            }
        }
        return compiled;
    }

    /** Address of the struct bpf_program, which on Linux is a struct sock_fprog too. */
    long address() {
        return program.address();
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            pcap.pcap_freecode(program.address());
        }
    }
}
