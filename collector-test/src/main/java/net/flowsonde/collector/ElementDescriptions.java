package net.flowsonde.collector;

/** Learns enterprise elements from the options records that describe them, and checks those records (RFC 5610, 3). */
final class ElementDescriptions {
    private static final int INFORMATION_ELEMENT_ID = 303;
    private static final int DATA_TYPE = 339;
    private static final int RANGE_BEGIN = 342;
    private static final int RANGE_END = 343;
    private static final int NAME = 341;
    private static final int SEMANTICS = 344;
    private static final int UNITS = 345;
    private static final int ENTERPRISE_NUMBER = 346;
    /** Highest code that IANA has assigned in informationElementSemantics. */
    private static final int LAST_SEMANTICS = 12;
    /** Highest code that IANA has assigned in informationElementUnits. */
    private static final int LAST_UNITS = 21;

    private final Breaches breaches;

    private Template columnsOf;
    private Columns columns;

    /** Where a template of descriptions has its fields; -1 where it has none. */
    private record Columns(int enterprise, int id, int type, int name, int semantics, int units, int rangeBegin, int rangeEnd) {
        static Columns of(final Template template) {
            return new Columns(template.indexOf(0, ENTERPRISE_NUMBER), template.indexOf(0, INFORMATION_ELEMENT_ID),
                template.indexOf(0, DATA_TYPE), template.indexOf(0, NAME), template.indexOf(0, SEMANTICS),
                template.indexOf(0, UNITS), template.indexOf(0, RANGE_BEGIN), template.indexOf(0, RANGE_END));
        }

        boolean isDescription() {
            return enterprise >= 0 && id >= 0 && type >= 0;
        }
    }

    ElementDescriptions(final Breaches breaches) {
        this.breaches = breaches;
    }

    void onOptionsRecord(final DataRecord dataRecord) {
        final Columns at = columns(dataRecord.template());
        if (!at.isDescription()) {
            return;
        }
        final Template template = dataRecord.template();
        if (at.enterprise() >= template.scopeCount() || at.id() >= template.scopeCount()) {
            report(dataRecord, at.id(), "enterprise and element number must both be scopes");
        }
        final DataType type = DataType.ofCode(dataRecord.unsigned(at.type()));
        final String name = at.name() < 0 ? "" : dataRecord.string(at.name());
        final long enterprise = dataRecord.unsigned(at.enterprise());
        final int id = (int) dataRecord.unsigned(at.id());
        if (type == null) {
            report(dataRecord, at.type(), "data type " + dataRecord.unsigned(at.type()));
            return;
        }
        checkNumbers(dataRecord, at, id);
        checkRange(dataRecord, at);
        learn(dataRecord, at, new Element(enterprise, id, name.isEmpty() ? enterprise + ":" + id : name, type, false), name);
    }

    private Columns columns(final Template template) {
        if (columnsOf != template) {
            columnsOf = template;
            columns = Columns.of(template);
        }
        return columns;
    }

    private void checkNumbers(final DataRecord dataRecord, final Columns at, final int id) {
        if (id == 0 || id > 0x7FFF) {
            report(dataRecord, at.id(), "element number " + id);
        }
        if (at.semantics() >= 0 && dataRecord.unsigned(at.semantics()) > LAST_SEMANTICS) {
            report(dataRecord, at.semantics(), "semantics " + dataRecord.unsigned(at.semantics()));
        }
        if (at.units() >= 0 && dataRecord.unsigned(at.units()) > LAST_UNITS) {
            report(dataRecord, at.units(), "units " + dataRecord.unsigned(at.units()));
        }
    }

    private void checkRange(final DataRecord dataRecord, final Columns at) {
        if (at.rangeBegin() >= 0 && at.rangeEnd() >= 0
            && Long.compareUnsigned(dataRecord.unsigned(at.rangeBegin()), dataRecord.unsigned(at.rangeEnd())) > 0) {
            report(dataRecord, at.rangeBegin(), "a range that begins after its end");
        }
    }

    private void learn(final DataRecord dataRecord, final Columns at, final Element element, final String name) {
        if (name.isEmpty()) {
            report(dataRecord, at.id(), "element " + element.enterprise() + ":" + element.id() + " has no name");
        }
        final DescribedElements described = dataRecord.session().described();
        final Element known = described.find(element.enterprise(), element.id());
        if (known != null && !known.equals(element)) {
            report(dataRecord, at.id(), "element " + known.name() + " becomes " + element.name() + ", " + element.type().label());
        }
        final Element namesake = described.named(element.name());
        if (namesake != null && (namesake.id() != element.id() || namesake.enterprise() != element.enterprise())) {
            report(dataRecord, at.name(), "two elements are named " + element.name());
        }
        described.add(element);
    }

    private void report(final DataRecord dataRecord, final int index, final String detail) {
        breaches.add(dataRecord.session(), dataRecord.offset(Math.max(index, 0)), Rule.ELEMENT_DESCRIPTION, detail);
    }
}
