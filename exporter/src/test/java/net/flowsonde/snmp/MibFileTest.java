package net.flowsonde.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import net.flowsonde.telemetry.AlertKind;
import org.junit.jupiter.api.Test;

/** The MIB that ships is the one that is written for the default enterprise number; collector-test lints it. */
class MibFileTest {
    private static final Path FILE = Path.of("..", "mibs", "FLOWSONDE-MIB.txt");
    private static final int DEFAULT_ENTERPRISE_NUMBER = 32_473;

    @Test
    void shouldShipTheMibAsItIsWritten() throws Exception {
        assertThat(MibWriter.write(DEFAULT_ENTERPRISE_NUMBER))
            .as("refresh it with: exporter/bin/flowsonde mib > mibs/FLOWSONDE-MIB.txt").isEqualTo(Files.readString(FILE));
    }

    @Test
    void shouldPutTheWholeTreeBelowTheConfiguredEnterpriseNumber() {
        assertThat(MibWriter.write(65_001)).contains("{ enterprises 65001 }").doesNotContain("32473");
    }

    @Test
    void shouldHaveANotificationForEveryKindOfAlert() throws Exception {
        final String mib = Files.readString(FILE);
        for (final AlertKind kind : AlertKind.values()) {
            assertThat(mib).contains("::= { flowsondeNotifications " + kind.code() + " }");
        }
    }

    @Test
    void shouldNameEveryObjectOnceAndWithinTheLimitOfSmi() throws Exception {
        final List<String> names = Pattern.compile("(?m)^(\\w+) (OBJECT-TYPE|NOTIFICATION-TYPE|OBJECT-GROUP)").matcher(Files.readString(FILE))
            .results().map(match -> match.group(1)).toList();
        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(100).allMatch(name -> name.length() <= 64);
    }
}
