package parley.timelineservice;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.Timer;
import java.util.UUID;
import java.util.WeakHashMap;

/** The house rules of this module; each says what to do instead. */
@AnalyzeClasses(packages = "parley.timelineservice", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] PURE = {
    "parley.timelineservice.paxos..",
    "parley.timelineservice.timeline..",
    "parley.timelineservice.primary.."
  };
  private static final String STORAGE = "parley.timelineservice.storage..";
  private static final String RPC = "parley.timelineservice.rpc..";
  private static final String CODEC = "parley.timelineservice.codec..";
  private static final String SQL = "parley.timelineservice.sql..";
  private static final String APP = "parley.timelineservice.app..";
  private static final String RUNTIME = "parley.timelineservice.runtime..";

  @ArchTest
  static final ArchRule pureCodeSeesOnlyLanguageAndCollections =
      classes()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(PURE)
                  .or(
                      resideInAnyPackage(
                          "java.lang",
                          "java.lang.invoke",
                          "java.lang.runtime",
                          "java.util",
                          "java.util.function",
                          "java.util.stream",
                          ""))
                  .and(
                      not(
                          belongToAnyOf(
                              Thread.class,
                              ThreadLocal.class,
                              Runtime.class,
                              Random.class,
                              UUID.class,
                              Timer.class,
                              Date.class,
                              HashMap.class,
                              HashSet.class,
                              IdentityHashMap.class,
                              WeakHashMap.class))))
          .because(
              "all replicas and all runs of a simulation must do the same: hand in what is decided"
                  + " outside, and use LinkedHashMap, LinkedHashSet or TreeMap");

  @ArchTest
  static final ArchRule pureCodeReadsNoClock =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "getProperty", String.class)
          .orShould()
          .callMethod(System.class, "identityHashCode", Object.class)
          .orShould()
          .callMethod(Math.class, "random")
          .because("time and chance come in as arguments or ticks");

  @ArchTest
  static final ArchRule appliedStateHasADefinedOrder =
      noClasses()
          .that()
          .resideInAPackage("parley.timelineservice.timeline..")
          .should()
          .callMethod(Map.class, "copyOf", Map.class)
          .orShould()
          .callMethod(Set.class, "copyOf", java.util.Collection.class)
          .because(
              "these iterate in another order in each JVM: use List.copyOf or a LinkedHashMap");

  @ArchTest
  static final ArchRule coreAndTimelineDoNotKnowEachOther =
      noClasses()
          .that()
          .resideInAPackage("parley.timelineservice.paxos..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "parley.timelineservice.timeline..", "parley.timelineservice.primary..")
          .because("the core agrees on bytes and never looks into them; join them in .runtime");

  @ArchTest
  static final ArchRule timelineKnowsNothingOfTheRest =
      noClasses()
          .that()
          .resideInAPackage("parley.timelineservice.timeline..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("parley.timelineservice.paxos..", "parley.timelineservice.primary..")
          .because("what entries mean does not depend on how they were agreed on");

  @ArchTest
  static final ArchRule databaseStaysBehindStorage =
      noClasses()
          .that()
          .resideOutsideOfPackages(STORAGE, SQL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.h2..")
          .because("one thread writes, and a failure halts the process: ask Journal for it");

  @ArchTest
  static final ArchRule networkStaysBehindRpc =
      noClasses()
          .that()
          .resideOutsideOfPackages(RPC, SQL, APP)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.grpc..")
          .because("flow control and deadlines are kept in one place: add what is missing to .rpc");

  @ArchTest
  static final ArchRule wireTypesStayInAdapters =
      noClasses()
          .that()
          .resideOutsideOfPackages(RPC, CODEC, SQL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("parley.proto..", "com.google.protobuf..")
          .because("wire formats change: use the records of .timeline, .paxos and .primary");

  @ArchTest
  static final ArchRule storageDoesNotKnowOtherAdapters =
      noClasses()
          .that()
          .resideInAPackage(STORAGE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(RPC, RUNTIME, SQL, APP)
          .because("adapters meet in .runtime through interfaces, and are joined in .app");

  @ArchTest
  static final ArchRule rpcDoesNotKnowOtherAdapters =
      noClasses()
          .that()
          .resideInAPackage(RPC)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(STORAGE, SQL, APP)
          .because("reads come through TimelineReads, everything else through Replica");

  @ArchTest
  static final ArchRule runtimeDoesNotKnowItsAdapters =
      noClasses()
          .that()
          .resideInAPackage(RUNTIME)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(STORAGE, RPC, SQL, APP)
          .because("the loop is tested without disk and network: declare an interface in .runtime");

  @ArchTest
  static final ArchRule codecKnowsRecordsOnly =
      noClasses()
          .that()
          .resideInAPackage(CODEC)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(STORAGE, RPC, RUNTIME, SQL, APP)
          .because("it turns bytes into records and back, for everybody");

  @ArchTest
  static final ArchRule onlyMainsKnowTheMachine =
      noClasses()
          .that()
          .resideOutsideOfPackages(APP, SQL)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("parley.coordinator..")
          .because("configuration and election come in as values and interfaces from .app");

  @ArchTest
  static final ArchRule noCycles =
      slices()
          .matching("parley.timelineservice.(*)..")
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
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(OffsetDateTime.class, "now")
          .orShould()
          .callConstructor(Date.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .because("clocks may be wrong by hours: measure with System.nanoTime()");

  @ArchTest
  static final ArchRule noSleeping =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", long.class, int.class)
          .because("wait on the condition itself, or let the loop's ticks come back to it");
}
