package parley.coordinator.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

class ClassArchiveTest {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final String A_SERVICES_CLASS = Logger.class.getName();

  @TempDir private Path home;
  private Path jars;
  private Path jar;
  private ClassArchive archive;

  @BeforeEach
  void copyOneOfTheServicesJars() throws Exception {
    jars = Files.createDirectory(home.resolve("lib"));
    Path original =
        Path.of(Logger.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    jar = Files.copy(original, jars.resolve("slf4j.jar"));
    archive = new ClassArchive(home.resolve("cache"), JAVA, jars);
  }

  @Test
  void serviceTakesItsClassesFromTheArchive() throws Exception {
    assertThat(archive.flags()).isEmpty();
    archive.make();
    assertThat(archive.exists()).isTrue();
    assertThat(classesLoaded(archive.flags()))
        .contains(A_SERVICES_CLASS + " source: shared objects file");
  }

  @Test
  void archiveIsMadeOnce() throws Exception {
    archive.make();
    List<String> flags = archive.flags();
    FileTime madeAt = Files.getLastModifiedTime(archives().get(0));
    new ClassArchive(home.resolve("cache"), JAVA, jars).make();
    assertThat(archive.flags()).isEqualTo(flags);
    assertThat(Files.getLastModifiedTime(archives().get(0))).isEqualTo(madeAt);
  }

  @Test
  void archiveOfOtherJarsIsNotUsedAndGivesWayToANewOne() throws Exception {
    archive.make();
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000_000_000L));
    assertThat(archive.exists()).isFalse();
    archive.make();
    assertThat(archives()).hasSize(1);
    assertThat(classesLoaded(archive.flags())).contains("source: shared objects file");
  }

  @Test
  void jvmThatCannotMakeOneSaysWhere() throws Exception {
    Path cache = home.resolve("cache");
    ClassArchive impossible = new ClassArchive(cache, Path.of("/bin/false"), jars);
    assertThatThrownBy(impossible::make)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(cache.resolve("output").toString());
    assertThat(impossible.flags()).isEmpty();
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("cache"))) {
      return files.filter(file -> file.toString().endsWith(".jsa")).toList();
    }
  }

  private String classesLoaded(List<String> flags) throws IOException {
    List<String> command = new ArrayList<>(List.of(JAVA.toString()));
    command.addAll(flags);
    command.addAll(List.of("-Xlog:class+load", "-cp", jars + "/*", A_SERVICES_CLASS));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
