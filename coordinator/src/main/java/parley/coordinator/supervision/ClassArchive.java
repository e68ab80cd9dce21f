package parley.coordinator.supervision;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The classes of the services as this JVM holds them in memory, loaded and verified, in a file that
 * a starting process maps: it takes less than half of the processor time until it serves (JEP 310).
 *
 * <p>Made once for a JVM and the jars as they are now, from a list of the classes that services
 * load, and named by all of that: a file of this name is whole, and fits. All hosts that share a
 * home share it. Whoever has none starts without, only slower. Any process may call, each on one
 * thread at a time.
 */
final class ClassArchive {
  /** Made by {@code make classes}. Classes that are no more are passed over. */
  private static final String CLASS_LIST = "services.classes";

  private static final String ENDING = ".jsa";
  private static final int DUMP_SECONDS_MAX = 120;

  /** What a JVM says of an archive is no output of a service. */
  private static final List<String> QUIET = List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off");

  private final Path folder;
  private final Path java;
  private final Path jars;

  /**
   * @param folder where archives are kept
   * @param java the executable of the JVM that runs this process
   * @param jars the folder whose jars are the services' class path
   */
  ClassArchive(Path folder, Path java, Path jars) {
    this.folder = folder;
    this.java = java;
    this.jars = jars;
  }

  /** The flags with which a JVM uses the archive; none while there is no archive that fits. */
  List<String> flags() {
    try {
      Path file = file();
      return Files.exists(file)
          ? Stream.concat(Stream.of("-XX:SharedArchiveFile=" + file), QUIET.stream()).toList()
          : List.of();
    } catch (IOException e) {
      return List.of(); // The jars are being replaced.
    }
  }

  /** Whether there is one that fits. */
  boolean exists() {
    return !flags().isEmpty();
  }

  /**
   * Makes it, unless it exists, and deletes those that fit no longer. Takes some seconds; callers
   * wait for each other.
   *
   * @throws IOException it cannot be made, with the reason in one line
   */
  void make() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock(); // until the channel is closed
      Path file = file();
      if (!Files.exists(file)) {
        deleteArchives();
        dump(file);
      }
    }
  }

  private void deleteArchives() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(ClassArchive::isArchive).toList()) {
        Files.delete(file);
      }
    }
  }

  private static boolean isArchive(Path file) {
    return file.getFileName().toString().endsWith(ENDING);
  }

  private void dump(Path file) throws IOException, InterruptedException {
    Path list = folder.resolve(CLASS_LIST);
    Path unfinished = folder.resolve("unfinished");
    Path output = folder.resolve("output");
    Files.deleteIfExists(unfinished);
    writeList(list);
    Process dump =
        new ProcessBuilder(
                java.toString(),
                "-Xshare:dump",
                "-XX:+UseSerialGC",
                "-XX:SharedClassListFile=" + list,
                "-XX:SharedArchiveFile=" + unfinished,
                "-cp",
                jars + "/*")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    dump.getOutputStream().close();
    if (!dump.waitFor(DUMP_SECONDS_MAX, TimeUnit.SECONDS)) {
      dump.destroyForcibly();
      throw new IOException(dump.info() + " did not end within " + DUMP_SECONDS_MAX + " s");
    } else if (dump.exitValue() != 0 || !Files.exists(unfinished)) {
      throw new IOException("java -Xshare:dump failed, see " + output);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    Files.delete(list);
    Files.delete(output);
  }

  /** The JVM's own list first: it knows best which of its classes every program needs. */
  private void writeList(Path list) throws IOException {
    try (OutputStream out = Files.newOutputStream(list);
        InputStream services = ClassArchive.class.getResourceAsStream(CLASS_LIST)) {
      Path ofTheJvm = java.getParent().resolveSibling("lib").resolve("classlist");
      if (Files.exists(ofTheJvm)) {
        Files.copy(ofTheJvm, out);
      }
      services.transferTo(out);
    }
  }

  /** Named by JVM and jars, as the JVM would compare them: by path, size and time. */
  private Path file() throws IOException {
    StringBuilder contents = new StringBuilder(System.getProperty("java.vm.version"));
    try (Stream<Path> files = Files.list(jars)) {
      for (Path jar : files.sorted().toList()) {
        contents
            .append('\n')
            .append(jar)
            .append(' ')
            .append(Files.size(jar))
            .append(' ')
            .append(Files.getLastModifiedTime(jar).toMillis());
      }
    } catch (NoSuchFileException e) {
      throw new IOException(e.getMessage() + " has gone meanwhile", e);
    }
    UUID name = UUID.nameUUIDFromBytes(contents.toString().getBytes(StandardCharsets.UTF_8));
    return folder.resolve(name + ENDING);
  }
}
