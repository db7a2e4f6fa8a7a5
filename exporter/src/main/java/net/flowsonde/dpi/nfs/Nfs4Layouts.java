package net.flowsonde.dpi.nfs;

import java.util.Map;

/**
 * The arguments and the results of every operation of version 4.0 (RFC 7531), 4.1 (RFC 5662), 4.2 (RFC 7863) and of extended attributes
 * (RFC 8276), as {@link XdrLayout} has them: operations stand one behind the other without a length, so that an operation can be read only
 * after all before it. The results are those of success, behind the status; an operation that fails is the last.
 */
final class Nfs4Layouts {
    private static final int OPERATIONS = 76;
    private static final String ATTRIBUTES = "ao";
    private static final String CHANGE = "488";
    private static final String OWNER = "8o";
    private static final String CHANNEL = "444444a";
    private static final String SECURITY = "*({0:|1:4o44a|6:4oo})";
    private static final String IMPLEMENTATION = "*(oo84)";
    private static final String ACCESS_ENTRY = "444o";
    /** Behind the state identifier of a delegation to read, and of one to write. */
    private static final String READ_DELEGATION = "4" + ACCESS_ENTRY;
    private static final String WRITE_DELEGATION = "4{1:8|2:44}" + ACCESS_ENTRY;
    private static final String DELEGATION = "{1:x" + READ_DELEGATION + "|2:x" + WRITE_DELEGATION + "|3:{1:4|2:4}|4:x" + READ_DELEGATION
        + "|5:x" + WRITE_DELEGATION + "}";
    private static final String SECURITY_FLAVORS = "*({6:o44})";
    private static final String SERVERS = "*({1:o|2:o|3:oo})";
    private static final String WRITTEN = "*(x)848";

    private static final Map<Integer, String> ARGUMENTS = Map.ofEntries(
        Map.entry(3, "4"), Map.entry(4, "4x"), Map.entry(5, "84"), Map.entry(6, "{3:44|4:44|5:o}o" + ATTRIBUTES), Map.entry(7, "8"),
        Map.entry(8, "x"), Map.entry(9, "a"), Map.entry(10, ""), Map.entry(11, "o"), Map.entry(12, "4488{0:x4|1:4x4" + OWNER + "}"),
        Map.entry(13, "488" + OWNER), Map.entry(14, "44x88"), Map.entry(15, "o"), Map.entry(16, ""), Map.entry(17, ATTRIBUTES),
        Map.entry(18, "444" + OWNER + "{1:{0:" + ATTRIBUTES + "|1:" + ATTRIBUTES + "|2:8|3:8" + ATTRIBUTES + "}}{0:o|1:4|2:xo|3:o|5:x}"),
        Map.entry(19, "4"), Map.entry(20, "x4"), Map.entry(21, "x444"), Map.entry(22, "o"), Map.entry(23, ""), Map.entry(24, ""),
        Map.entry(25, "x84"), Map.entry(26, "8844a"), Map.entry(27, ""), Map.entry(28, "o"), Map.entry(29, "oo"), Map.entry(30, "8"),
        Map.entry(31, ""), Map.entry(32, ""), Map.entry(33, "o"), Map.entry(34, "x" + ATTRIBUTES), Map.entry(35, "8o4oo4"),
        Map.entry(36, "88"), Map.entry(37, ATTRIBUTES), Map.entry(38, "x84o"), Map.entry(39, OWNER), Map.entry(40, "4" + SECURITY),
        Map.entry(41, "x44"), Map.entry(42, "8o4{0:|1:aa|2:aa*(o)*(o)44}" + IMPLEMENTATION),
        Map.entry(43, "844" + CHANNEL + CHANNEL + "4" + SECURITY), Map.entry(44, "x"), Map.entry(45, "x"), Map.entry(46, "4a8484aa"),
        Map.entry(47, "x44a"), Map.entry(48, "4488"), Map.entry(49, "884x*(8)*(84)4o"), Map.entry(50, "444888x4"),
        Map.entry(51, "444{1:88xo}"), Map.entry(52, "4"), Map.entry(53, "x4444"), Map.entry(54, "oo"), Map.entry(55, "*(x)"),
        Map.entry(56, "4{1:4}"), Map.entry(57, "8"), Map.entry(58, "4"), Map.entry(59, "x88"), Map.entry(60, "xx88844" + SERVERS),
        Map.entry(61, "x{1:o|2:o|3:oo}"), Map.entry(62, "x88"), Map.entry(63, "x88a"), Map.entry(64, "88x*(x44)"),
        Map.entry(65, "88x8888x4o"), Map.entry(66, "x"), Map.entry(67, "x"), Map.entry(68, "x84"), Map.entry(69, "x84"),
        Map.entry(70, "x4888848o"), Map.entry(71, "xx888"), Map.entry(72, "o"), Map.entry(73, "4oo"), Map.entry(74, "84"),
        Map.entry(75, "o"));

    private static final Map<Integer, String> RESULTS = Map.ofEntries(
        Map.entry(3, "44"), Map.entry(4, "x"), Map.entry(5, "8"), Map.entry(6, CHANGE + "a"), Map.entry(9, ATTRIBUTES),
        Map.entry(10, "o"), Map.entry(11, CHANGE), Map.entry(12, "x"), Map.entry(14, "x"),
        Map.entry(20, "x"), Map.entry(21, "x"), Map.entry(27, "o"),
        Map.entry(28, CHANGE), Map.entry(29, CHANGE + CHANGE), Map.entry(33, SECURITY_FLAVORS), Map.entry(34, "a"), Map.entry(35, "88"),
        Map.entry(38, "448"), Map.entry(41, "x44"), Map.entry(42, "844{0:|1:aa|2:aa4444*(o)}8oo" + IMPLEMENTATION),
        Map.entry(43, "x44" + CHANNEL + CHANNEL), Map.entry(46, "{0:8xaaa|1:4}"), Map.entry(47, "4oa"), Map.entry(48, "88*(x)4"),
        Map.entry(49, "*(8)"), Map.entry(50, "4x*(8844o)"), Map.entry(51, "*(x)"), Map.entry(52, SECURITY_FLAVORS),
        Map.entry(53, "x44444"), Map.entry(54, "o"), Map.entry(55, "a"), Map.entry(56, DELEGATION), Map.entry(60, WRITTEN + "44"),
        Map.entry(61, "84x" + SERVERS), Map.entry(63, "a"), Map.entry(67, "8a"), Map.entry(69, "48"), Map.entry(70, WRITTEN),
        Map.entry(72, "o"), Map.entry(73, CHANGE), Map.entry(74, "8*(o)4"), Map.entry(75, CHANGE));

    private static final XdrLayout[] DELEGATION_LAYOUTS = {
        null, XdrLayout.of(READ_DELEGATION), XdrLayout.of(WRITE_DELEGATION), null, XdrLayout.of(READ_DELEGATION),
        XdrLayout.of(WRITE_DELEGATION)};
    private static final XdrLayout[] ARGUMENT_LAYOUTS = layouts(ARGUMENTS);
    private static final XdrLayout[] RESULT_LAYOUTS = layouts(RESULTS);

    private Nfs4Layouts() {
    }

    private static XdrLayout[] layouts(final Map<Integer, String> texts) {
        final XdrLayout[] layouts = new XdrLayout[OPERATIONS];
        for (int i = 0; i < OPERATIONS; i++) {
            layouts[i] = XdrLayout.of(texts.getOrDefault(i, ""));
        }
        return layouts;
    }

    /** What follows the type and the state identifier of a delegation; null where there is no identifier. */
    static XdrLayout delegation(final int type) {
        return type > 0 && type < DELEGATION_LAYOUTS.length ? DELEGATION_LAYOUTS[type] : null;
    }

    /** Whether there is such an operation. */
    static boolean isKnown(final int operation) {
        return operation >= 3 && operation < OPERATIONS;
    }

    static XdrLayout arguments(final int operation) {
        return ARGUMENT_LAYOUTS[operation];
    }

    /** Nothing for operations that have no results beyond their status. */
    static XdrLayout results(final int operation) {
        return RESULT_LAYOUTS[operation];
    }
}
