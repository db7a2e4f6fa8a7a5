package net.flowsonde.ipfix;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The templates of every kind of record, as one exporter uses them. Owned by the export thread. */
final class TemplateRegister {
    private final List<RecordTemplates<?>> all = new ArrayList<>();
    private final RecordTemplates<?>[] byKind = new RecordTemplates<?>[RecordKind.values().length];

    /** @param onNew  told of each template before it is used */
    TemplateRegister(final List<RecordElements<?>> lists, final Consumer<Template> onNew) {
        for (final RecordElements<?> elements : lists) {
            final RecordTemplates<?> templates = new RecordTemplates<>(elements, onNew);
            all.add(templates);
            byKind[elements.kind().ordinal()] = templates;
        }
    }

    /** Makes the templates that are announced before any record needs them. */
    void makeOrdinary() {
        all.forEach(RecordTemplates::makeOrdinary);
    }

    boolean has(final RecordKind kind) {
        return byKind[kind.ordinal()] != null;
    }

    /** The templates of a kind of record; {@code elements} may be any list of that kind. */
    @SuppressWarnings("unchecked")
    <R> RecordTemplates<R> of(final RecordElements<R> elements) {
        return (RecordTemplates<R>) byKind[elements.kind().ordinal()];
    }
}
