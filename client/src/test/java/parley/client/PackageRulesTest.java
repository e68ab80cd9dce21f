package parley.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "parley.client", importOptions = DoNotIncludeTests.class)
class PackageRulesTest {

  @ArchTest
  static final ArchRule LIBRARY_KNOWS_NO_COMMAND_LINE =
      noClasses()
          .that()
          .resideOutsideOfPackage("parley.client.cli")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("parley.client.cli", "picocli..", "org.jline..", "me.tongfei..")
          .because("programs use the library without a terminal; hand such things in as arguments");

  @ArchTest
  static final ArchRule LIBRARY_KNOWS_NO_COORDINATOR =
      noClasses()
          .that()
          .resideOutsideOfPackage("parley.client.cli")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("parley.coordinator..")
          .because("programs run where no host is configured; give them addresses or a target");

  @ArchTest
  static final ArchRule COMMAND_LINE_KNOWS_ONLY_THE_CONFIGURATION =
      noClasses()
          .that()
          .resideInAPackage("parley.client.cli")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "parley.coordinator.app..",
              "parley.coordinator.ensemble..",
              "parley.coordinator.supervision..",
              "parley.coordinator.zookeeper..")
          .because("it speaks with hosts as every client does; it only reads where they are");

  @ArchTest
  static final ArchRule TRAFFIC_USES_THE_LIBRARY_ALONE =
      noClasses()
          .that()
          .resideInAPackage("parley.client.traffic")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "com.google.protobuf..", "parley.proto..")
          .because("it checks what every program is promised");

  @ArchTest
  static final ArchRule COMMAND_LINE_KNOWS_NO_WIRE_FORMAT =
      noClasses()
          .that()
          .resideInAPackage("parley.client.cli")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "com.google.protobuf..", "parley.proto..")
          .because("only the library speaks gRPC; let it answer with a record");

  @ArchTest
  static final ArchRule ONLY_DISCOVERY_KNOWS_ZOOKEEPER =
      noClasses()
          .that()
          .resideOutsideOfPackage("parley.client.discovery")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "parley.client.discovery", "org.apache.curator..", "org.apache.zookeeper..")
          .because(
              "gRPC finds the resolver by itself; give a channel a target that names ZooKeeper");

  @ArchTest
  static final ArchRule DISCOVERY_TRUSTS_NO_CLOCK =
      noClasses()
          .that()
          .resideInAPackage("parley.client.discovery")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .because("clocks may be wrong: measure with System.nanoTime()");
}
