package net.flowsonde.snmp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Supplier;
import net.flowsonde.config.SnmpConfig;
import net.flowsonde.telemetry.Telemetry;
import org.snmp4j.security.USM;
import org.snmp4j.smi.OID;

/** What every agent shows of itself: SNMPv2-MIB (RFC 3418), SNMP-FRAMEWORK-MIB, SNMP-MPD-MIB and the statistics of the USM. */
final class StandardMib {
    /** sysServices: end-to-end and applications (RFC 3418). */
    private static final long SERVICES = 72;
    private static final long DISABLED = 2;
    private static final int MOST_MESSAGE_LENGTH = 65_535;

    private StandardMib() {
    }

    static MibTable<Telemetry> system(final Supplier<SnmpConfig> config, final OID product, final Telemetry telemetry) {
        return MibTable.scalars("sys", "", Oids.SYSTEM, List.of(
            new Column<>(1, "Descr", Syntax.TEXT, "", facts -> "Flowsonde " + facts.status().version() + " on "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", Java " + Runtime.version().feature()),
            new Column<>(2, "ObjectID", Syntax.OBJECT_ID, "", facts -> product),
            new Column<>(3, "UpTime", Syntax.TIME_TICKS, "", facts -> SystemMib.hundredths(facts.status())),
            new Column<>(4, "Contact", Syntax.TEXT, "", facts -> config.get().contact()),
            new Column<>(5, "Name", Syntax.TEXT, "", facts -> hostName()),
            new Column<>(6, "Location", Syntax.TEXT, "", facts -> config.get().location()),
            new Column<>(7, "Services", Syntax.INTEGER, "", facts -> SERVICES),
            new Column<>(8, "ORLastChange", Syntax.TIME_STAMP, "", facts -> 0L)), telemetry);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (final UnknownHostException nameless) {
            return "";
        }
    }

    static List<MibTable<ProtocolCounters>> statistics(final ProtocolCounters counters) {
        return List.of(
            MibTable.scalars("snmp", "", Oids.SNMP, List.of(
                count(Oids.SNMP, 1), count(Oids.SNMP, 3), count(Oids.SNMP, 4), count(Oids.SNMP, 5), count(Oids.SNMP, 6),
                new Column<>(30, "EnableAuthenTraps", Syntax.INTEGER, "", all -> DISABLED),
                count(Oids.SNMP, 31), count(Oids.SNMP, 32)), counters),
            MibTable.scalars("snmpMpd", "", Oids.MESSAGE_PROCESSING, List.of(
                count(Oids.MESSAGE_PROCESSING, 1), count(Oids.MESSAGE_PROCESSING, 2), count(Oids.MESSAGE_PROCESSING, 3)), counters),
            MibTable.scalars("usmStats", "", Oids.USER_BASED_SECURITY, List.of(
                count(Oids.USER_BASED_SECURITY, 1), count(Oids.USER_BASED_SECURITY, 2), count(Oids.USER_BASED_SECURITY, 3),
                count(Oids.USER_BASED_SECURITY, 4), count(Oids.USER_BASED_SECURITY, 5), count(Oids.USER_BASED_SECURITY, 6)), counters));
    }

    private static Column<ProtocolCounters> count(final OID group, final int number) {
        return new Column<>(number, "", Syntax.COUNTER32, "", counters -> counters.value(group, number));
    }

    static MibTable<USM> engine(final USM usm) {
        return MibTable.scalars("snmpEngine", "", Oids.ENGINE, List.of(
            new Column<>(1, "ID", Syntax.OCTETS, "", engine -> engine.getLocalEngineID().getValue()),
            new Column<>(2, "Boots", Syntax.INTEGER, "", engine -> (long) engine.getEngineBoots()),
            new Column<>(3, "Time", Syntax.INTEGER, "", engine -> (long) engine.getEngineTime()),
            new Column<>(4, "MaxMessageSize", Syntax.INTEGER, "", engine -> (long) MOST_MESSAGE_LENGTH)), usm);
    }
}
