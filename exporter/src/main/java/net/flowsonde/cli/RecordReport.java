package net.flowsonde.cli;

/** What is printed for a person of the records of a replay. Records come from the export thread, before anything is printed. */
interface RecordReport {
    /** A record of any kind; those of other kinds than it is about are left out. */
    void add(DecodedRecord record);

    void print();
}
