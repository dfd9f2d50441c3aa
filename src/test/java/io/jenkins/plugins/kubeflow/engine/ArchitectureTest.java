package io.jenkins.plugins.kubeflow.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls of the house (docs/architecture.md). */
@AnalyzeClasses(packages = "io.jenkins.plugins.kubeflow.engine", importOptions = ArchitectureTest.MainOnly.class)
class ArchitectureTest {
    /** ArchUnit's own option does not know this build directory. */
    static final class MainOnly implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    private static final String ENGINE = "io.jenkins.plugins.kubeflow.engine.";

    @ArchTest
    static final ArchRule THE_ENGINE_KNOWS_NOTHING_OF_JENKINS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..", "org.csanchez..");

    @ArchTest
    static final ArchRule THE_GRAPH_IS_PURE = noClasses()
            .that()
            .resideInAPackage(ENGINE + "graph..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.util.concurrent..", "java.net..", ENGINE + "cli..", ENGINE + "process..", ENGINE + "pod..", ENGINE + "report..", ENGINE + "cache..");

    @ArchTest
    static final ArchRule THE_GRAPH_HAS_NO_CLOCK = noClasses()
            .that()
            .resideInAPackage(ENGINE + "graph..")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule ONLY_PODS_SPEAK_TO_KUBERNETES = noClasses()
            .that()
            .resideOutsideOfPackages(ENGINE + "pod..", ENGINE + "cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..");

    @ArchTest
    static final ArchRule NOBODY_LEANS_ON_THE_COMMAND_LINE = noClasses()
            .that()
            .resideOutsideOfPackage(ENGINE + "cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ENGINE + "cli..");
}
