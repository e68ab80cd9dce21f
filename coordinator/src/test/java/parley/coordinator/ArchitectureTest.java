package parley.coordinator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;

/** The house rules of this module; each says what to do instead. */
@AnalyzeClasses(packages = "parley.coordinator", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String CURATOR = "org.apache.curator..";
  private static final String ZOOKEEPER = "org.apache.zookeeper..";

  @ArchTest
  static final ArchRule clusterIsPlainValues =
      noClasses()
          .that()
          .resideInAPackage("..cluster..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("parley..", CURATOR, ZOOKEEPER)
                  .and(not(resideInAPackage("..cluster.."))))
          .because(
              "every module reads the configuration: hand what .cluster needs in as a value, or"
                  + " move the code to the package that needs the library");

  @ArchTest
  static final ArchRule curatorStaysBehindZookeeper =
      noClasses()
          .that()
          .resideOutsideOfPackage("..coordinator.zookeeper..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(CURATOR)
          .because("the rest asks ZooKeeperClient and its tenants; add there what is missing");

  @ArchTest
  static final ArchRule zookeeperStaysBehindTwoPackages =
      noClasses()
          .that()
          .resideOutsideOfPackages("..coordinator.zookeeper..", "..coordinator.ensemble..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ZOOKEEPER)
          .because(
              "the rest uses .zookeeper (a client's view) or EnsemblePeer (the server); add there"
                  + " what is missing");

  @ArchTest
  static final ArchRule supervisionKnowsProcessesOnly =
      noClasses()
          .that()
          .resideInAPackage("..supervision..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CURATOR, ZOOKEEPER)
          .because(
              "supervision must work while ZooKeeper does not: let .app pass in a callback that"
                  + " closes a dead process's session")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule noCycles =
      slices()
          .matching("parley.coordinator.(*)..")
          .should()
          .beFreeOfCycles()
          .because("the lower package should offer an interface that the upper one implements");

  @ArchTest
  static final ArchRule noWallClock =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone")
          .orShould()
          .callConstructor(Date.class)
          .because("clocks may be wrong: measure with System.nanoTime()");

  @ArchTest
  static final ArchRule noSleeping =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", long.class, int.class)
          .because("wait on the condition itself, or schedule the next look");
}
