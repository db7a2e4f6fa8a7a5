package net.flowsonde.collector;

/** Looks up the elements of a template when its first data arrives, by when the session must have described its own. */
final class ElementResolver {
    private final Breaches breaches;

    ElementResolver(final Breaches breaches) {
        this.breaches = breaches;
    }

    void resolve(final Session session, final Template template, final int offset) {
        for (int i = 0; i < template.fieldCount(); i++) {
            final Field field = template.field(i);
            final Element element = find(session, field);
            template.element(i, element);
            check(session, template, field, element, offset);
        }
        template.markResolved();
    }

    private static Element find(final Session session, final Field field) {
        if (field.enterprise() == 0) {
            return ElementTable.iana().find(field.id());
        }
        return field.isReverse() ? ElementTable.iana().findReverse(field.id())
            : session.described().find(field.enterprise(), field.id());
    }

    private void check(
        final Session session, final Template template, final Field field, final Element element, final int offset) {
        final String where = field + " of template " + template.id();
        if (element == null) {
            breaches.add(session, offset, Rule.UNKNOWN_ELEMENT, where + " is not known");
            return;
        }
        if (field.isReverse() && !ElementTable.iana().find(field.id()).reversible()) {
            breaches.add(session, offset, Rule.NOT_REVERSIBLE, where + " (" + element.name() + ")");
        }
        if (field.length() != 0 && !element.type().isLegalLength(field.length())) {
            breaches.add(session, offset, Rule.FIELD_LENGTH,
                where + " (" + element.name() + ", " + element.type().label() + ") has length " + field.length());
        }
    }
}
