package net.flowsonde.snmp;

import org.snmp4j.smi.OID;

/**
 * Every object identifier below which something is shown. Those of our own MIB lie under the operator's enterprise number and are frozen
 * once released, as the numbers of columns are: a number that is no longer used stays unused.
 */
final class Oids {
    static final OID SYSTEM = new OID("1.3.6.1.2.1.1");
    static final OID INTERFACES = new OID("1.3.6.1.2.1.2");
    static final OID INTERFACE_ENTRY = new OID("1.3.6.1.2.1.2.2.1");
    static final OID SNMP = new OID("1.3.6.1.2.1.11");
    static final OID EXTENDED_INTERFACE_ENTRY = new OID("1.3.6.1.2.1.31.1.1.1");
    static final OID IPFIX = new OID("1.3.6.1.2.1.193.1");
    static final OID ENGINE = new OID("1.3.6.1.6.3.10.2.1");
    static final OID MESSAGE_PROCESSING = new OID("1.3.6.1.6.3.11.2.1");
    static final OID USER_BASED_SECURITY = new OID("1.3.6.1.6.3.15.1.1");

    private static final String ENTERPRISES = "1.3.6.1.4.1.";
    /** Nodes below the module. */
    private static final int MODULE = 1;
    private static final int NOTIFICATIONS = 0;
    private static final int OBJECTS = 1;
    private static final int CONFORMANCE = 2;
    private static final int PRODUCT = 3;

    /** Numbers of our own groups below the objects. */
    static final int SYSTEM_GROUP = 1;
    static final int QUEUE_TABLE = 2;
    static final int CACHE_TABLE = 3;
    static final int DISSECTOR_TABLE = 4;
    static final int DNS_SERVER_TABLE = 5;
    static final int FILE_SERVER_TABLE = 6;
    static final int TEARDOWN_TABLE = 7;
    static final int COLLECTOR_TABLE = 8;
    static final int MACHINE_GROUP = 9;
    static final int THREAD_TABLE = 10;
    static final int COUNTER_TABLE = 11;
    static final int ALERT_GROUP = 12;

    private final OID module;

    Oids(final long enterpriseNumber) {
        module = new OID(ENTERPRISES + enterpriseNumber + "." + MODULE);
    }

    OID module() {
        return module;
    }

    OID notification(final int number) {
        return below(module, NOTIFICATIONS, number);
    }

    /** A group of scalars. */
    OID group(final int number) {
        return below(module, OBJECTS, number);
    }

    /** The entry of a table. */
    OID entry(final int number) {
        return below(module, OBJECTS, number, 1);
    }

    /** What sysObjectID says we are. */
    OID product() {
        return below(module, PRODUCT);
    }

    OID conformance(final int... numbers) {
        return below(below(module, CONFORMANCE), numbers);
    }

    static OID below(final OID parent, final int... numbers) {
        return new OID(parent.getValue(), numbers);
    }
}
