package net.flowsonde.collector;

import java.io.PrintStream;

/** Prints each record as one JSON object to a line, its fields by name; {@code @} marks what is not a field. */
final class JsonOutput implements RecordListener {
    private final PrintStream out;
    private final Json json = new Json();

    JsonOutput(final PrintStream out) {
        this.out = out;
    }

    @Override
    public void onRecord(final DataRecord dataRecord) {
        out.println(toJson(dataRecord));
    }

    private String toJson(final DataRecord dataRecord) {
        final Template template = dataRecord.template();
        json.begin().string("@session", dataRecord.session().name()).number("@domain", template.domain())
            .number("@template", template.id()).raw("@options", Boolean.toString(template.isOptions()))
            .number("@exportTime", dataRecord.exportSeconds());
        for (int i = 0; i < template.fieldCount(); i++) {
            final String name = ValueFormat.name(template, i);
            if (ValueFormat.isNumber(dataRecord, i)) {
                json.raw(name, ValueFormat.text(dataRecord, i));
            } else {
                json.string(name, ValueFormat.text(dataRecord, i));
            }
        }
        return json.end();
    }
}
