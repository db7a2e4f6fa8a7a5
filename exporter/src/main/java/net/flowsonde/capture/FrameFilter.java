package net.flowsonde.capture;

import java.util.HashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A libpcap filter over frames of a file: compiled once a link type, one native call a frame. One thread's. Frames must lie in direct
 * memory.
 */
final class FrameFilter implements AutoCloseable {
    private static final int MAX_LINK_TYPES = 64;
    private static final int HEADER_LENGTH = 24;
    private static final int CAPTURED_LENGTH_OFFSET = 16;
    private static final int LENGTH_OFFSET = 20;

    private final LibPcap.Functions pcap = LibPcap.functions();
    private final NativeMemory header = NativeMemory.allocate(HEADER_LENGTH);
    private final UnsafeBuffer headerBuffer = header.buffer();
    private final Map<Integer, FilterProgram> programs = new HashMap<>();
    private final String expression;
    private int currentLinkType = -1;
    private FilterProgram current;

    FrameFilter(final String expression) {
        this.expression = expression;
    }

    /** Whether the filter lets the frame pass. */
    boolean matches(final CapturedFrame frame) {
        if (frame.linkType() != currentLinkType) {
            select(frame.linkType());
        }
        headerBuffer.putInt(CAPTURED_LENGTH_OFFSET, frame.capturedLength());
        headerBuffer.putInt(LENGTH_OFFSET, frame.wireLength());
        final long packet = frame.buffer().addressOffset() + frame.offset();
        return pcap.pcap_offline_filter(current.address(), header.address(), packet) != 0;
    }

    /** Compiles for a link type; a {@link CaptureException} where the expression makes no sense on it. */
    void select(final int linkType) {
        FilterProgram program = programs.get(linkType);
        if (program == null) {
            if (programs.size() == MAX_LINK_TYPES) {
                throw new CaptureException("filter: more than " + MAX_LINK_TYPES + " link types in one file");
            }
            program = FilterProgram.forLinkType(linkType, expression);
            programs.put(linkType, program);
        }
        current = program;
        currentLinkType = linkType;
    }

    @Override
    public void close() {
        programs.values().forEach(FilterProgram::close);
        programs.clear();
        currentLinkType = -1;
    }
}
