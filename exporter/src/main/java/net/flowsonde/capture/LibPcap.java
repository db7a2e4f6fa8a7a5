package net.flowsonde.capture;

import java.util.List;
import jnr.ffi.annotations.IgnoreError;
import jnr.ffi.types.u_int32_t;
import jnr.ffi.types.uintptr_t;

/**
 * libpcap, loaded when it is first asked for. Pointers are {@code long}: a {@code Pointer} object a call would be garbage a packet.
 * No function here has exactly six integer parameters, because jnr-ffi passes the sixth of those wrongly on x86_64.
 */
final class LibPcap {
    /** Octets of an error buffer. */
    static final int ERROR_LENGTH = 256;
    /** struct bpf_program: count @0, pointer to the instructions @8. */
    static final int PROGRAM_LENGTH = 16;
    /** Most octets of a frame that libpcap captures, whatever the snap length. */
    static final int MAX_SNAP_LENGTH = 262_144;
    static final int PRECISION_NANO = 1;

    private static final String MISSING =
        "libpcap is not installed: install it (Debian, Ubuntu: apt-get install libpcap0.8; Fedora: dnf install libpcap) and try again";
    private static Functions functions;

    private LibPcap() {
    }

    /** The functions by the names of pcap(3PCAP). Public because jnr-ffi implements it from another package. */
    public interface Functions {
        @uintptr_t long pcap_create(String source, @uintptr_t long errorBuffer);

        int pcap_set_snaplen(@uintptr_t long handle, int length);

        int pcap_set_promisc(@uintptr_t long handle, int promiscuous);

        int pcap_set_timeout(@uintptr_t long handle, int milliseconds);

        int pcap_set_buffer_size(@uintptr_t long handle, int octets);

        int pcap_set_tstamp_precision(@uintptr_t long handle, int precision);

        int pcap_get_tstamp_precision(@uintptr_t long handle);

        int pcap_activate(@uintptr_t long handle);

        int pcap_setnonblock(@uintptr_t long handle, int nonBlocking, @uintptr_t long errorBuffer);

        int pcap_datalink(@uintptr_t long handle);

        int pcap_get_selectable_fd(@uintptr_t long handle);

        int pcap_compile(@uintptr_t long handle, @uintptr_t long program, String filter, int optimize, @u_int32_t long netmask);

        int pcap_setfilter(@uintptr_t long handle, @uintptr_t long program);

        void pcap_freecode(@uintptr_t long program);

        @uintptr_t long pcap_open_dead(int linkType, int snapLength);

        @IgnoreError
        int pcap_offline_filter(@uintptr_t long program, @uintptr_t long header, @uintptr_t long packet);

        /** Header out: seconds @0, fraction @8, captured length @16, length @20. */
        @IgnoreError
        int pcap_next_ex(@uintptr_t long handle, @uintptr_t long headerOut, @uintptr_t long dataOut);

        /** Received @0 (drops included), dropped @4, dropped by the interface @8: 32 bits each, since activation. */
        int pcap_stats(@uintptr_t long handle, @uintptr_t long statistics);

        String pcap_geterr(@uintptr_t long handle);

        String pcap_statustostr(int status);

        String pcap_lib_version();

        void pcap_close(@uintptr_t long handle);
    }

    /** Loads libpcap at the first call; a {@link CaptureException} says how to install it where it is missing. */
    static synchronized Functions functions() {
        if (functions == null) {
            functions = load(List.of("libpcap.so.0.8", "libpcap.so.1", "pcap"));
        }
        return functions;
    }

    static Functions load(final List<String> names) {
        return NativeLibrary.load(Functions.class, names, MISSING);
    }
}
