package net.flowsonde.capture;

/** A live libpcap handle, from pcap_create to pcap_close: options, activation and what can go wrong with it. */
final class PcapDevice implements AutoCloseable {
    private static final int NO_SUCH_DEVICE = -5;
    private static final int PERMISSION_DENIED = -8;
    private static final int INTERFACE_NOT_UP = -9;
    private static final int PROMISCUOUS_DENIED = -11;
    /** How long the kernel may collect frames before it shows them. Not immediate mode, which silently means an older, slower ring. */
    private static final int TIMEOUT_MS = 20;

    private final LibPcap.Functions pcap = LibPcap.functions();
    private final LiveInterface live;
    private final long handle;
    private boolean isClosed;

    private PcapDevice(final LiveInterface live) {
        this.live = live;
        final NativeMemory error = NativeMemory.allocate(LibPcap.ERROR_LENGTH);
        handle = pcap.pcap_create(live.name(), error.address());
        if (handle == 0) {
            throw live.failure(error.string());
        }
    }

    /** Opens and activates; a {@link CaptureException} says in one line why that cannot be. */
    static PcapDevice open(final LiveInterface live, final long bufferSize, final boolean promiscuous) {
        final PcapDevice device = new PcapDevice(live);
        try {
            device.activate(bufferSize, promiscuous);
            return device;
        } catch (final CaptureException exception) {
            device.close();
            throw exception;
        }
    }

    private void activate(final long bufferSize, final boolean promiscuous) {
        pcap.pcap_set_snaplen(handle, Math.min(live.config().snapLength(), LibPcap.MAX_SNAP_LENGTH));
        pcap.pcap_set_promisc(handle, promiscuous ? 1 : 0);
        pcap.pcap_set_timeout(handle, TIMEOUT_MS);
        pcap.pcap_set_buffer_size(handle, (int) Math.min(bufferSize, Integer.MAX_VALUE));
        pcap.pcap_set_tstamp_precision(handle, LibPcap.PRECISION_NANO); // where it is refused, microseconds stay
        final int status = pcap.pcap_activate(handle);
        if (status < 0) {
            throw failure(status);
        }
    }

    private CaptureException failure(final int status) {
        final String message = pcap.pcap_geterr(handle);
        final String detail = message.isBlank() ? pcap.pcap_statustostr(status) : message;
        return switch (status) {
            case PERMISSION_DENIED, PROMISCUOUS_DENIED -> live.permissionDenied(detail);
            case NO_SUCH_DEVICE, INTERFACE_NOT_UP -> live.failure(pcap.pcap_statustostr(status));
            default -> live.failure(detail);
        };
    }

    long address() {
        return handle;
    }

    int linkType() {
        return LinkTypes.ofDlt(pcap.pcap_datalink(handle));
    }

    boolean hasNanoseconds() {
        return pcap.pcap_get_tstamp_precision(handle) == LibPcap.PRECISION_NANO;
    }

    FilterProgram compile(final String expression) {
        return FilterProgram.forHandle(handle, expression);
    }

    /** Compiles and sets a filter, the empty one too: without one libpcap keeps whole frames whatever the snap length. */
    void filter(final String expression) {
        try (FilterProgram program = compile(expression)) {
            if (pcap.pcap_setfilter(handle, program.address()) != 0) {
                throw live.failure("filter: " + pcap.pcap_geterr(handle));
            }
        }
    }

    void nonBlocking() {
        final NativeMemory error = NativeMemory.allocate(LibPcap.ERROR_LENGTH);
        if (pcap.pcap_setnonblock(handle, 1, error.address()) != 0) {
            throw live.failure(error.string());
        }
    }

    int descriptor() {
        return pcap.pcap_get_selectable_fd(handle);
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            pcap.pcap_close(handle);
        }
    }
}
