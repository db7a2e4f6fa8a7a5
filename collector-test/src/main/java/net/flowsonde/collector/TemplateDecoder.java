package net.flowsonde.collector;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes template and options template sets, withdrawals included, and keeps the templates of their domain.
 * <pre>
 *  +-------------------------------+-------------------------------+
 *  |          Template Id          |          Field Count          |   (options: then Scope Field Count, 2 octets)
 *  +-+-----------------------------+-------------------------------+
 *  |E|         Element Id          |             Length            |   (E: then Enterprise Number, 4 octets)
 *  +-+-----------------------------+-------------------------------+   RFC 7011, 3.2 and 3.4
 * </pre>
 */
final class TemplateDecoder {
    /** Lowest number of a template, and so of a data set. */
    static final int LOWEST_ID = 256;
    /** Seconds after which a template that was not repeated over UDP is forgotten (RFC 5153's and most collectors' default). */
    static final long LIFETIME_SECONDS = 1_800;
    private static final int HEADER_LENGTH = 4;
    private static final int FIELD_LENGTH = 4;
    private static final int ENTERPRISE_LENGTH = 4;
    private static final int ENTERPRISE_BIT = 0x8000;

    private final Breaches breaches;
    private final RecordListener listener;

    private Session session;
    private Domain domain;
    private ByteBuffer message;
    private boolean isOptions;
    private int offset;
    private int limit;

    TemplateDecoder(final Breaches breaches, final RecordListener listener) {
        this.breaches = breaches;
        this.listener = listener;
    }

    /** Decodes the records between {@code start} and {@code limit}, which are inside the message. */
    void decode(
        final Session session, final Domain domain, final boolean isOptions, final ByteBuffer message, final int start,
        final int limit) {
        this.session = session;
        this.domain = domain;
        this.isOptions = isOptions;
        this.message = message;
        this.offset = start;
        this.limit = limit;
        boolean isGoingOn = true;
        while (isGoingOn && limit - offset >= HEADER_LENGTH) {
            isGoingOn = decodeRecord();
        }
        if (isGoingOn) {
            Padding.check(breaches, session, message, offset, limit);
        }
    }

    private boolean decodeRecord() {
        final int start = offset;
        final int id = message.getShort(offset) & 0xFFFF;
        final int fieldCount = message.getShort(offset + 2) & 0xFFFF;
        offset += HEADER_LENGTH;
        if (fieldCount == 0) {
            withdraw(start, id);
            return true;
        }
        int scopeCount = 0;
        if (isOptions) {
            if (limit - offset < 2) {
                return isCut(start, id);
            }
            scopeCount = message.getShort(offset) & 0xFFFF;
            offset += 2;
        }
        final List<Field> fields = new ArrayList<>(Math.min(fieldCount, 256));
        while (fields.size() < fieldCount) {
            if (!decodeField(fields)) {
                return isCut(start, id);
            }
        }
        accept(start, new Template(domain.id(), id, checkedScope(start, id, scopeCount, fieldCount), fields));
        return true;
    }

    private boolean isCut(final int start, final int id) {
        breaches.add(session, start, Rule.TEMPLATE_LENGTH, "template " + id + " does not end in its set");
        return false;
    }

    /** An options template without scope is kept as one with a single scope field, so that its records can still be read. */
    private int checkedScope(final int start, final int id, final int scopeCount, final int fieldCount) {
        if (!isOptions) {
            return 0;
        }
        if (scopeCount == 0 || scopeCount > fieldCount) {
            breaches.add(session, start + HEADER_LENGTH, Rule.SCOPE_COUNT,
                "options template " + id + " has " + scopeCount + " scope fields of " + fieldCount);
            return 1;
        }
        return scopeCount;
    }

    private boolean decodeField(final List<Field> fields) {
        if (limit - offset < FIELD_LENGTH) {
            return false;
        }
        final int start = offset;
        final int number = message.getShort(offset) & 0xFFFF;
        final int length = message.getShort(offset + 2) & 0xFFFF;
        offset += FIELD_LENGTH;
        long enterprise = 0;
        if ((number & ENTERPRISE_BIT) != 0) {
            if (limit - offset < ENTERPRISE_LENGTH) {
                return false;
            }
            enterprise = message.getInt(offset) & 0xFFFF_FFFFL;
            offset += ENTERPRISE_LENGTH;
            if (enterprise == 0) {
                breaches.add(session, start + FIELD_LENGTH, Rule.FIELD_ID, "enterprise 0");
            }
        }
        final Field field = new Field(enterprise, number & ~ENTERPRISE_BIT, length);
        checkField(start, field);
        fields.add(field);
        return true;
    }

    /** What can be said before the session has described its own elements. */
    private void checkField(final int start, final Field field) {
        if (field.id() == 0) {
            breaches.add(session, start, Rule.FIELD_ID, "element 0");
        }
        if (field.length() == 0) {
            breaches.add(session, start + 2, Rule.FIELD_LENGTH, field + " has length 0");
        }
    }

    private void accept(final int start, final Template template) {
        if (template.id() < LOWEST_ID) {
            breaches.add(session, start, Rule.TEMPLATE_ID, "template " + template.id());
            return;
        }
        final Template known = domain.templates().get(template.id());
        if (known != null && known.isSameAs(template)) {
            known.seenSeconds(domain.exportSeconds());
            return;
        }
        if (known != null && !isExpired(known)) {
            breaches.add(session, start, Rule.TEMPLATE_CHANGED, "template " + template.id() + " changed while in use");
        }
        template.seenSeconds(domain.exportSeconds());
        domain.templates().put(template.id(), template);
        listener.onTemplate(session, template);
    }

    private boolean isExpired(final Template known) {
        return session.transport().isLossy() && domain.exportSeconds() - known.seenSeconds() > LIFETIME_SECONDS;
    }

    private void withdraw(final int start, final int id) {
        if (session.transport().isLossy()) {
            breaches.add(session, start, Rule.WITHDRAWAL, "template " + id + " is withdrawn over UDP");
            return;
        }
        if (id == (isOptions ? 3 : 2)) {
            domain.templates().values().removeIf(template -> template.isOptions() == isOptions);
            return;
        }
        final Template known = domain.templates().get(id);
        if (known == null || known.isOptions() != isOptions) {
            breaches.add(session, start, Rule.WITHDRAWAL, "template " + id + " is withdrawn and was not there");
            return;
        }
        domain.templates().remove(id);
    }
}
