package net.flowsonde.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts the flow records in a stream of messages and checks lengths, sequence numbers and export times on the way. */
final class Messages {
    private static final int FLOW_ID = 148;

    private final Map<Integer, List<Field>> templates = new HashMap<>();
    private final Map<Long, Integer> flowIds;
    private long exportSeconds;
    private long sequence;
    private long flows;
    private long messages;

    /** One field of a template. */
    private record Field(int id, int length) {
    }

    Messages() {
        this(new HashMap<>());
    }

    /** @param flowIds  counts how often each identifier came, over several sessions */
    Messages(final Map<Long, Integer> flowIds) {
        this.flowIds = flowIds;
    }

    /** Reads whole messages to the end of the stream; false when it ends within one. */
    boolean readAll(final InputStream stream) throws IOException {
        final DataInputStream input = new DataInputStream(stream);
        while (true) {
            final int first = input.read();
            if (first < 0) {
                return true;
            }
            try {
                final byte[] start = {(byte) first, input.readByte(), input.readByte(), input.readByte()};
                final byte[] message = new byte[ByteBuffer.wrap(start).getShort(2) & 0xFFFF];
                System.arraycopy(start, 0, message, 0, 4);
                input.readFully(message, 4, message.length - 4);
                onMessage(ByteBuffer.wrap(message));
            } catch (final EOFException torn) {
                return false;
            }
        }
    }

    void onMessage(final ByteBuffer message) {
        assertThat(message.getShort(0)).as("version").isEqualTo((short) 10);
        assertThat(message.getShort(2) & 0xFFFF).as("length").isEqualTo(message.remaining());
        assertThat(message.getInt(8)).as("sequence").isEqualTo((int) sequence);
        assertThat(message.getInt(4) & 0xFFFF_FFFFL).as("export time").isGreaterThanOrEqualTo(exportSeconds);
        exportSeconds = message.getInt(4) & 0xFFFF_FFFFL;
        messages++;
        message.position(16);
        while (message.hasRemaining()) {
            final int id = message.getShort() & 0xFFFF;
            final int length = (message.getShort() & 0xFFFF) - 4;
            onSet(id, message.slice(message.position(), length));
            message.position(message.position() + length);
        }
    }

    long flows() {
        return flows;
    }

    long messages() {
        return messages;
    }

    private void onSet(final int id, final ByteBuffer set) {
        if (id == 2 || id == 3) {
            onTemplates(id == 3, set);
            return;
        }
        final List<Field> fields = templates.get(id);
        assertThat(fields).as("template " + id).isNotNull();
        while (set.remaining() > 3) {
            for (final Field field : fields) {
                if (field.id == FLOW_ID && id < 512) {
                    flowIds.merge(set.getLong(set.position()), 1, Integer::sum);
                }
                set.position(set.position() + (field.length == 0xFFFF ? 1 + (set.get(set.position()) & 0xFF) : field.length));
            }
            sequence++;
            flows += id < 512 ? 1 : 0;
        }
    }

    private void onTemplates(final boolean isOptions, final ByteBuffer set) {
        while (set.hasRemaining()) {
            final int id = set.getShort() & 0xFFFF;
            final int fields = set.getShort() & 0xFFFF;
            if (isOptions) {
                set.getShort();
            }
            final List<Field> known = new ArrayList<>();
            for (int i = 0; i < fields; i++) {
                final int fieldId = set.getShort() & 0xFFFF;
                known.add(new Field(fieldId, set.getShort() & 0xFFFF));
                if (fieldId >= 0x8000) {
                    set.getInt();
                }
            }
            templates.put(id, known);
        }
    }
}
