package net.flowsonde.snmp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertKind;
import net.flowsonde.telemetry.Telemetry;
import net.flowsonde.telemetry.VirtualMachine;

/**
 * Writes FLOWSONDE-MIB in SMIv2 (RFC 2578 to 2580), from the same lists that the agent answers from, so that the two cannot differ. The
 * operator's enterprise number is its root.
 */
public final class MibWriter {
    private static final int WIDTH = 76;
    private static final String UPDATED = "202611240000Z";
    private static final String READ_ONLY = "read-only";
    private static final int COMPLIANCES = 1;
    private static final int GROUPS = 2;

    /** Where each type that is imported comes from. */
    private static final Map<String, List<String>> MODULES = new LinkedHashMap<>();

    static {
        MODULES.put("SNMPv2-SMI", List.of("Counter64", "Gauge32", "TimeTicks", "Unsigned32"));
        MODULES.put("SNMPv2-TC", List.of("DateAndTime", "TruthValue"));
        MODULES.put("HCNUM-TC", List.of("CounterBasedGauge64"));
        MODULES.put("SNMP-FRAMEWORK-MIB", List.of("SnmpAdminString"));
        MODULES.put("INET-ADDRESS-MIB", List.of("InetAddress", "InetAddressType", "InetPortNumber"));
        MODULES.put("IF-MIB", List.of("InterfaceIndexOrZero"));
    }

    private final long enterpriseNumber;
    private final List<MibTable<?>> groups;
    private final StringBuilder text = new StringBuilder();

    private MibWriter(final long enterpriseNumber) {
        this.enterpriseNumber = enterpriseNumber;
        groups = FlowsondeMib.groups(new Oids(enterpriseNumber), new Telemetry(), new VirtualMachine());
    }

    /** The whole module. */
    public static String write(final long enterpriseNumber) {
        return new MibWriter(enterpriseNumber).whole();
    }

    private String whole() {
        line("FLOWSONDE-MIB DEFINITIONS ::= BEGIN");
        line("");
        line("-- Written by 'flowsonde mib'. The numbers are frozen.");
        imports();
        identity();
        for (final MibTable<?> group : groups) {
            group(group);
        }
        alertObjects();
        notifications();
        conformance();
        line("END");
        return text.toString();
    }

    private void imports() {
        line("");
        line("IMPORTS");
        MODULES.forEach((module, types) -> {
            final List<String> symbols = new ArrayList<>();
            if (module.equals("SNMPv2-SMI")) {
                symbols.addAll(List.of("MODULE-IDENTITY", "OBJECT-TYPE", "NOTIFICATION-TYPE", "enterprises"));
            }
            symbols.addAll(types);
            from(symbols, module);
            if (module.equals("SNMPv2-TC")) {
                from(List.of("MODULE-COMPLIANCE", "NOTIFICATION-GROUP", "OBJECT-GROUP"), "SNMPv2-CONF");
            }
        });
        text.setLength(text.length() - 1);
        line(";");
    }

    private void from(final List<String> symbols, final String module) {
        wrapped("    ", String.join(", ", symbols));
        line("        FROM " + module);
    }

    private void identity() {
        line("");
        line("flowsondeMIB MODULE-IDENTITY");
        line("    LAST-UPDATED \"" + UPDATED + "\"");
        line("    ORGANIZATION \"Flowsonde\"");
        line("    CONTACT-INFO \"Whoever runs this exporter: sysContact names them.\"");
        description("What a Flowsonde exporter knows of itself: what it captures, what becomes of it, where it is sent, and what the "
            + "traffic tells of servers. Everything is read-only.");
        line("    REVISION \"" + UPDATED + "\"");
        description("First version.");
        line("    ::= { flowsonde 1 }");
        line("");
        node("flowsonde", "enterprises " + enterpriseNumber);
        node("flowsondeNotifications", "flowsondeMIB 0");
        node("flowsondeObjects", "flowsondeMIB 1");
        node("flowsondeConformance", "flowsondeMIB 2");
        node("flowsondeExporter", "flowsondeMIB 3");
        node("flowsondeCompliances", "flowsondeConformance " + COMPLIANCES);
        node("flowsondeGroups", "flowsondeConformance " + GROUPS);
    }

    private void node(final String name, final String value) {
        line(String.format("%-24s OBJECT IDENTIFIER ::= { %s }", name, value));
    }

    private void group(final MibTable<?> group) {
        line("");
        if (group.index() == null) {
            comment(group.description());
            node(group.name(), "flowsondeObjects " + group.root().last());
            group.columns().forEach(column -> object(group.name(), column, group.name(), READ_ONLY));
        } else {
            table(group);
        }
    }

    private void table(final MibTable<?> table) {
        final String entry = table.name() + "Entry";
        final String type = Character.toUpperCase(entry.charAt(0)) + entry.substring(1);
        object(table.name() + "Table", "SEQUENCE OF " + type, "not-accessible", table.description() + ".",
            "flowsondeObjects " + table.root().get(table.root().size() - 2));
        line("");
        line(entry + " OBJECT-TYPE");
        line("    SYNTAX      " + type);
        line("    MAX-ACCESS  not-accessible");
        line("    STATUS      current");
        description("One row.");
        line("    " + table.index().clause());
        line("    ::= { " + table.name() + "Table 1 }");
        line("");
        line(type + " ::= SEQUENCE {");
        final List<String> members = new ArrayList<>();
        table.index().objects().forEach(part -> members.add(member(part.name(), part.syntax().replaceAll(" \\(.*", ""))));
        table.columns().forEach(column -> members.add(member(table.name() + column.name(), column.syntax().base())));
        line(String.join(",\n", members));
        line("}");
        table.index().objects().forEach(part ->
            object(part.name(), part.syntax(), "not-accessible", sentence(part.description()), entry + " " + part.number()));
        table.columns().forEach(column -> object(table.name(), column, entry, READ_ONLY));
    }

    private static String member(final String name, final String syntax) {
        return String.format("    %-42s %s", name, syntax);
    }

    private void object(final String prefix, final Column<?> column, final String parent, final String access) {
        object(prefix + column.name(), column.syntax().text(), access, sentence(column.description()), parent + " " + column.number());
    }

    private void object(final String name, final String syntax, final String access, final String description, final String place) {
        line("");
        line(name + " OBJECT-TYPE");
        line("    SYNTAX      " + syntax);
        line("    MAX-ACCESS  " + access);
        line("    STATUS      current");
        description(description);
        line("    ::= { " + place + " }");
    }

    private void alertObjects() {
        line("");
        comment(AlertMib.DESCRIPTION);
        node(AlertMib.NAME, "flowsondeObjects " + Oids.ALERT_GROUP);
        AlertMib.COLUMNS.forEach(column -> object(AlertMib.NAME, column, AlertMib.NAME, "accessible-for-notify"));
    }

    private void notifications() {
        final String objects = names(AlertMib.COLUMNS);
        for (final AlertKind kind : AlertKind.values()) {
            line("");
            line(AlertMib.notificationName(kind) + " NOTIFICATION-TYPE");
            line("    OBJECTS {");
            wrapped("        ", objects);
            line("    }");
            line("    STATUS      current");
            description(sentence(kind.description()));
            line("    ::= { flowsondeNotifications " + kind.code() + " }");
        }
    }

    private static String names(final List<Column<Alert>> columns) {
        return columns.stream().map(column -> AlertMib.NAME + column.name()).collect(Collectors.joining(", "));
    }

    private void conformance() {
        final Map<String, String> objectGroups = new LinkedHashMap<>();
        groups.forEach(group -> objectGroups.put(group.name() + "Group",
            group.columns().stream().map(column -> group.name() + column.name()).collect(Collectors.joining(", "))));
        objectGroups.put("flowsondeAlertGroup", names(AlertMib.COLUMNS));
        int number = 0;
        for (final Map.Entry<String, String> group : objectGroups.entrySet()) {
            conformanceGroup(group.getKey(), "OBJECT-GROUP", "OBJECTS", group.getValue(), "What belongs together.", ++number);
        }
        conformanceGroup("flowsondeNotificationGroup", "NOTIFICATION-GROUP", "NOTIFICATIONS",
            Arrays.stream(AlertKind.values()).map(AlertMib::notificationName).collect(Collectors.joining(", ")),
            "One for each kind of alert.", ++number);
        line("");
        line("flowsondeCompliance MODULE-COMPLIANCE");
        line("    STATUS      current");
        description("What every exporter shows.");
        line("    MODULE");
        line("        MANDATORY-GROUPS {");
        wrapped("            ", String.join(", ", objectGroups.keySet()) + ", flowsondeNotificationGroup");
        line("        }");
        line("    ::= { flowsondeCompliances 1 }");
        line("");
    }

    private void conformanceGroup(
        final String name, final String macro, final String clause, final String members, final String description, final int number) {
        line("");
        line(name + " " + macro);
        line("    " + clause + " {");
        wrapped("        ", members);
        line("    }");
        line("    STATUS      current");
        description(description);
        line("    ::= { flowsondeGroups " + number + " }");
    }

    private static String sentence(final String fragment) {
        return Character.toUpperCase(fragment.charAt(0)) + fragment.substring(1) + ".";
    }

    private void comment(final String description) {
        line("-- " + description + ".");
    }

    private void description(final String sentences) {
        line("    DESCRIPTION");
        wrapped("        ", "\"" + sentences.replace('"', '\'').replace("\u2026", "...") + "\"");
    }

    private void wrapped(final String indent, final String words) {
        StringBuilder current = new StringBuilder(indent);
        for (final String word : words.split(" ")) {
            if (current.length() + word.length() > WIDTH && current.length() > indent.length()) {
                line(current.toString().stripTrailing());
                current = new StringBuilder(indent);
            }
            current.append(word).append(' ');
        }
        line(current.toString().stripTrailing());
    }

    private void line(final String content) {
        text.append(content).append('\n');
    }
}
