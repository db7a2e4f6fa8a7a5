package net.flowsonde.collector;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Decodes messages in a test and keeps what came of them: records as text by field name, sums and breaches. */
final class Decoded implements RecordListener {
    final Breaches breaches = new Breaches(breach -> { });
    final Summary summary = new Summary(breaches);
    final List<Map<String, String>> records = new ArrayList<>();
    private final MessageDecoder decoder = new MessageDecoder(breaches, RecordListener.all(summary, this), 1_472);
    private final Session session;

    Decoded(final Transport transport) {
        session = new Session("test", transport);
    }

    /** Decodes messages of one transport session. */
    static Decoded decode(final Transport transport, final ByteBuffer... messages) {
        final Decoded decoded = new Decoded(transport);
        for (final ByteBuffer message : messages) {
            decoded.decoder.onMessage(decoded.session, message);
        }
        return decoded;
    }

    MessageDecoder decoder() {
        return decoder;
    }

    Session session() {
        return session;
    }

    /** The rules that were broken, in order. */
    List<Rule> rules() {
        return breaches.kept().stream().map(Breach::rule).toList();
    }

    @Override
    public void onRecord(final DataRecord dataRecord) {
        final Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < dataRecord.template().fieldCount(); i++) {
            values.put(ValueFormat.name(dataRecord.template(), i), ValueFormat.text(dataRecord, i));
        }
        records.add(values);
    }
}
