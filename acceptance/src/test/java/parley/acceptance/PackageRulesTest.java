package parley.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "parley.acceptance")
class PackageRulesTest {

  @ArchTest
  static final ArchRule TESTS_SEE_CLIENTS_AND_PROCESSES_ONLY =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "parley.coordinator..", "parley.timelineservice..", "parley.frontend..")
          .because("what is accepted must be visible from outside; ask a service or a script");

  @ArchTest
  static final ArchRule CHECKS_ARE_PURE =
      classes()
          .that()
          .resideInAPackage("parley.acceptance.history")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "parley.acceptance.history",
              "java.lang..",
              "java.util..",
              "java.io..",
              "java.nio.charset..",
              "org.junit..",
              "org.assertj..")
          .because("a verdict must depend on nothing but the history; give the check plain values");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("parley.acceptance.(*)..").should().beFreeOfCycles();
}
