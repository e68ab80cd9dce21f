package parley.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "parley.client", importOptions = DoNotIncludeTests.class)
class PackageRulesTest {

  @ArchTest
  static final ArchRule LIBRARY_KNOWS_NO_COMMAND_LINE =
      noClasses()
          .that()
          .resideInAPackage("parley.client")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("parley.client.cli", "picocli..", "org.jline..", "me.tongfei..")
          .because("programs use the library without a terminal; hand such things in as arguments");

  @ArchTest
  static final ArchRule COMMAND_LINE_KNOWS_NO_WIRE_FORMAT =
      noClasses()
          .that()
          .resideInAPackage("parley.client.cli")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "com.google.protobuf..", "parley.proto..")
          .because("only the library speaks gRPC; let it answer with a record");
}
