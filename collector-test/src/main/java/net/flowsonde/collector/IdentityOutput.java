package net.flowsonde.collector;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes what tells each flow record from every other, at once, so that a collector that is killed has still told what it had read.
 * <pre>
 *  flowId (8) | start of the flow, nanoseconds since 1970 (8) | hash of the octets of the record (8)
 * </pre>
 */
final class IdentityOutput implements RecordListener, Closeable {
    static final int LENGTH = 24;
    private static final long FNV_OFFSET = 0xCBF2_9CE4_8422_2325L;
    private static final long FNV_PRIME = 0x100_0000_01B3L;

    private final FileChannel file;
    private final ByteBuffer identity = ByteBuffer.allocate(LENGTH);
    private Template columnsOf;
    private FlowColumns columns;

    IdentityOutput(final Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    @Override
    public void onRecord(final DataRecord dataRecord) {
        if (columnsOf != dataRecord.template()) {
            columnsOf = dataRecord.template();
            columns = FlowColumns.of(columnsOf);
        }
        if (columnsOf.isOptions() || !columns.isFlow()) {
            return;
        }
        identity.clear().putLong(FlowColumns.valueOrZero(dataRecord, columns.flowId()))
            .putLong(startNs(dataRecord)).putLong(hash(dataRecord)).flip();
        try {
            file.write(identity);
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private long startNs(final DataRecord dataRecord) {
        final int start = columns.start();
        return start < 0 ? 0 : Timestamp.of(columnsOf.element(start).type()).nanoseconds(dataRecord.unsigned(start));
    }

    private static long hash(final DataRecord dataRecord) {
        final int last = dataRecord.template().fieldCount() - 1;
        final int limit = dataRecord.offset(last) + dataRecord.length(last);
        long hash = FNV_OFFSET;
        for (int offset = dataRecord.offset(0); offset < limit; offset++) {
            hash = (hash ^ dataRecord.message().get(offset) & 0xFF) * FNV_PRIME;
        }
        return hash;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
