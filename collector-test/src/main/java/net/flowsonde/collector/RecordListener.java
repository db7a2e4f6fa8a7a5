package net.flowsonde.collector;

/** Told of everything that was decoded, on the decoding thread. */
interface RecordListener {
    /** A message whose header was good, before its records. */
    default void onMessage(final Session session, final int length) {
    }

    /** Data records that the sequence numbers say are missing; negative when messages came late after all. */
    default void onMissing(final Session session, final long records) {
    }

    /** A template or options template that was not there in that form. */
    default void onTemplate(final Session session, final Template template) {
    }

    /** One data or options record; the view is used again for the next one. */
    void onRecord(DataRecord dataRecord);

    /** Tells all of them, in that order. */
    static RecordListener all(final RecordListener... listeners) {
        return new RecordListener() {
            @Override
            public void onMessage(final Session session, final int length) {
                for (final RecordListener listener : listeners) {
                    listener.onMessage(session, length);
                }
            }

            @Override
            public void onMissing(final Session session, final long records) {
                for (final RecordListener listener : listeners) {
                    listener.onMissing(session, records);
                }
            }

            @Override
            public void onTemplate(final Session session, final Template template) {
                for (final RecordListener listener : listeners) {
                    listener.onTemplate(session, template);
                }
            }

            @Override
            public void onRecord(final DataRecord dataRecord) {
                for (final RecordListener listener : listeners) {
                    listener.onRecord(dataRecord);
                }
            }
        };
    }
}
