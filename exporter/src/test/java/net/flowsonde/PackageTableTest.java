package net.flowsonde;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Imports point upstream: the package table, row by row. */
class PackageTableTest {
    private static final String ROOT = "net.flowsonde.";

    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
        entry("capture", Set.of("telemetry", "config")),
        entry("decode", Set.of()),
        entry("flow", Set.of("capture", "decode", "telemetry", "config")),
        entry("dpi", Set.of("flow", "decode", "telemetry", "config")),
        entry("enrich", Set.of("flow", "dpi", "telemetry", "config")),
        entry("ipfix", Set.of("flow", "dpi", "enrich", "telemetry", "config")),
        entry("transport", Set.of("ipfix", "telemetry", "config")),
        entry("snmp", Set.of("telemetry", "config")),
        entry("telemetry", Set.of()),
        entry("metrics", Set.of("telemetry", "config")),
        entry("service", Set.of("telemetry")),
        entry("config", Set.of()),
        entry("cli", Set.of(
            "capture", "decode", "flow", "dpi", "enrich", "ipfix", "transport", "telemetry", "metrics", "service", "snmp", "config")));

    private static final Map<String, Set<String>> ONLY_PACKAGES_OF_LIBRARY = Map.of(
        "io.netty", Set.of("transport"),
        "org.snakeyaml", Set.of("config"),
        "jnr", Set.of("capture", "service"),
        "org.snmp4j", Set.of("snmp"),
        "picocli", Set.of("cli"),
        "ch.qos.logback", Set.of("cli"),
        "io.prometheus", Set.of("metrics"));

    private final JavaClasses classes =
        new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("net.flowsonde");

    @Test
    void shouldListEveryPackage() {
        assertThat(classes.stream().map(PackageTableTest::packageOf).collect(Collectors.toSet())).isEqualTo(MAY_IMPORT.keySet());
    }

    @Test
    void shouldImportOnlyUpstream() {
        MAY_IMPORT.forEach((name, allowed) -> noClasses().that().resideInAPackage(ROOT + name + "..")
            .should().dependOnClassesThat(isOursOutside(name, allowed)).check(classes));
    }

    @Test
    void shouldNameALibraryInItsPackagesOnly() {
        ONLY_PACKAGES_OF_LIBRARY.forEach((library, names) -> noClasses()
            .that().resideOutsideOfPackages(names.stream().map(name -> ROOT + name + "..").toArray(String[]::new))
            .should().dependOnClassesThat().resideInAPackage(library + "..").check(classes));
    }

    @Test
    void shouldNameEveryStageInTheAssemblyOnly() {
        final Set<String> assemblers = classes.stream()
            .filter(type -> dependsOn(type, "net.flowsonde.flow.FlowMeter") && dependsOn(type, "net.flowsonde.ipfix.ExportAgent"))
            .map(JavaClass::getSimpleName).collect(Collectors.toSet());
        assertThat(assemblers).containsExactly("ExporterAssembly");
    }

    private static boolean dependsOn(final JavaClass type, final String other) {
        return type.getDirectDependenciesFromSelf().stream().anyMatch(dependency -> dependency.getTargetClass().getName().equals(other));
    }

    private static DescribedPredicate<JavaClass> isOursOutside(final String name, final Set<String> allowed) {
        return DescribedPredicate.describe("are ours and outside of " + allowed, type ->
            type.getPackageName().startsWith(ROOT) && !packageOf(type).equals(name) && !allowed.contains(packageOf(type)));
    }

    private static String packageOf(final JavaClass type) {
        return type.getPackageName().substring(ROOT.length()).split("\\.")[0];
    }
}
