package net.flowsonde.ipfix;

import java.util.function.Consumer;

/**
 * The templates of one kind of record, made when first needed. Owned by the export thread.
 *
 * @param <R>  kind of record
 */
final class RecordTemplates<R> {
    private final RecordElements<R> elements;
    private final RecordTemplate<R>[] byShape;
    private final Consumer<Template> onNew;

    /** @param onNew  told of each template before it is used, those of lists inside before those around them */
    @SuppressWarnings("unchecked")
    RecordTemplates(final RecordElements<R> elements, final Consumer<Template> onNew) {
        this.elements = elements;
        this.onNew = onNew;
        byShape = new RecordTemplate[elements.shapes()];
    }

    /** Makes the templates of ordinary shapes. */
    void makeOrdinary() {
        for (int shape = 0; shape < byShape.length; shape++) {
            if (elements.isOrdinary(shape)) {
                of(shape);
            }
        }
    }

    RecordTemplate<R> of(final R record) {
        return of(elements.shapeOf(record));
    }

    private RecordTemplate<R> of(final int shape) {
        final RecordTemplate<R> known = byShape[shape];
        if (known != null) {
            return known;
        }
        final RecordTemplate<R> template = elements.template(shape);
        byShape[shape] = template;
        template.subTemplates().forEach(onNew);
        onNew.accept(template);
        return template;
    }
}
