package io.spindle.perf.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.List;

/** Who may import whom; docs/adr/0001 says why. */
class ImportDirectionTest {
    private static final String[] HOT = HotPackages.NAMES.toArray(String[]::new);
    private static final String[] COLD_DATAPATH = {
        "io.spindle.attest..",
        "io.spindle.certify..",
        "io.spindle.connector..",
        "io.spindle.journal..",
        "io.spindle.recovery..",
        "io.spindle.process..",
        "io.spindle.rehearsal..",
        "io.spindle.replica..",
        "io.spindle.shard..",
        "io.spindle.standby..",
        "io.spindle.feed..",
        "io.spindle.client..",
        "io.spindle.trading.."
    };

    private static JavaClasses classes;

    @BeforeAll
    static void readClassFiles() {
        classes = new ClassFileImporter().importPaths(CompiledTree.classFolders());
    }

    @Test
    void shouldShowTheHotPackagesNothingOfTheColdWorld() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(HOT)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "io.javalin..",
                                "net.openhft..",
                                "io.aeron..",
                                "java.sql..",
                                "javax.sql..",
                                "org.slf4j..",
                                "java.util.logging..",
                                "com.fasterxml..",
                                "picocli.."));
    }

    @Test
    void shouldKeepTheHotPackagesFromTheirOwnColdNeighbours() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(HOT)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(COLD_DATAPATH));
    }

    /** Of a package that is not there a rule proves nothing. */
    @Test
    void shouldNameOnlyNeighboursThatAreThere() {
        for (final String cold : COLD_DATAPATH) {
            final String name = cold.replace("..", "");
            assertFalse(CompiledTree.classesIn(List.of(name)).isEmpty(), cold);
        }
    }

    @Test
    void shouldBuildTheMatcherOnAgronaAlone() {
        check(
                ArchRuleDefinition.classes()
                        .that()
                        .resideInAPackage("io.spindle.matcher..")
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage("java..", "org.agrona..", "io.spindle.matcher.."));
    }

    @Test
    void shouldBuildTheEngineOnTheMatcherAndItsCommandsAlone() {
        check(
                ArchRuleDefinition.classes()
                        .that()
                        .resideInAPackage("io.spindle.oms..")
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                "java..",
                                "org.agrona..",
                                "org.agrona.sbe..",
                                "io.spindle.matcher..",
                                "io.spindle.oms.."));
    }

    @Test
    void shouldKeepNicBackendsFreeOfEveryOtherModule() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage("io.spindle.nic..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "io.spindle.matcher..",
                                "io.spindle.oms..",
                                "io.spindle.net..",
                                "io.spindle.session..",
                                "io.spindle.codec..",
                                "io.spindle.log..",
                                "io.spindle.loop.."));
    }

    @Test
    void shouldCompileNothingAgainstPerf() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("io.spindle.perf..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.spindle.perf.."));
    }

    @Test
    void shouldShowTheManagementPlaneToNobodyBelowIt() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages("io.spindle.mgmt..", "io.spindle.perf..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.spindle.mgmt.."));
    }

    /** A rule about classes of which there are none is broken: ArchUnit sees to that. */
    private static void check(final ArchRule rule) {
        rule.check(classes);
    }
}
