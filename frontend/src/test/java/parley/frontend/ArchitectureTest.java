package parley.frontend;

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

/** What the packages of the frontend may know of each other and of the world. */
@AnalyzeClasses(packages = "parley.frontend", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule noCycles =
      slices()
          .matching("parley.frontend.(*)..")
          .should()
          .beFreeOfCycles()
          .because("each package can then be read by itself; hand in an interface instead");

  @ArchTest
  static final ArchRule pureOfTheNetwork =
      noClasses()
          .that()
          .resideInAnyPackage(
              "parley.frontend.loop..", "parley.frontend.delivery..", "parley.frontend.session..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "com.google.protobuf..", "parley.proto..")
          .because("rules of delivery and presence are tested without a network; adapt in .store");

  @ArchTest
  static final ArchRule innerPackagesKnowOnlyTheJdk =
      noClasses()
          .that()
          .resideInAnyPackage(
              "parley.frontend.loop..", "parley.frontend.delivery..", "parley.frontend.session..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "parley.frontend.call..",
              "parley.frontend.messenger..",
              "parley.frontend.api..",
              "parley.frontend.store..",
              "parley.frontend.app..",
              "parley.coordinator..")
          .because("the arrows point inwards: let the outer package hand in what is needed");

  @ArchTest
  static final ArchRule storeDoesNotKnowItsUsers =
      noClasses()
          .that()
          .resideInAPackage("parley.frontend.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "parley.frontend.call..",
              "parley.frontend.messenger..",
              "parley.frontend.api..",
              "parley.frontend.app..",
              "parley.proto.hw2..",
              "parley.proto.v1..")
          .because("all public interfaces use the same links");

  @ArchTest
  static final ArchRule whatIsSharedKnowsNoInterface =
      noClasses()
          .that()
          .resideInAPackage("parley.frontend.call..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "parley.frontend.messenger..",
              "parley.frontend.api..",
              "parley.frontend.app..",
              "parley.proto.hw2..",
              "parley.proto.v1..")
          .because("it serves all of them; hand in what is particular to one");

  @ArchTest
  static final ArchRule interfacesDoNotKnowEachOther =
      noClasses()
          .that()
          .resideInAPackage("parley.frontend.api..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("parley.frontend.messenger..", "parley.proto.hw2..")
          .because("each can be changed by itself; what they share belongs in .call");

  @ArchTest
  static final ArchRule messengerDoesNotKnowTheOtherInterface =
      noClasses()
          .that()
          .resideInAPackage("parley.frontend.messenger..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("parley.frontend.api..", "parley.proto.v1..")
          .because("each can be changed by itself; what they share belongs in .call");

  @ArchTest
  static final ArchRule interfacesDoNotSpeakTheStoresProtocol =
      noClasses()
          .that()
          .resideInAnyPackage(
              "parley.frontend.call..", "parley.frontend.messenger..", "parley.frontend.api..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("parley.proto.store..")
          .because("commands and outcomes have plain types in .store");

  @ArchTest
  static final ArchRule onlyTheAppKnowsTheProcess =
      noClasses()
          .that()
          .resideOutsideOfPackage("parley.frontend.app..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("parley.coordinator..")
          .because("settings and processes are the main's business; pass plain values");

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
          .because("clocks may be wrong by hours: use System.nanoTime()");

  @ArchTest
  static final ArchRule noSleep =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .because("the loop has timers: FrontendLoop.after");
}
