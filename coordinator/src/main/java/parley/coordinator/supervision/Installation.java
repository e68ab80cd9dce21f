package parley.coordinator.supervision;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What to start processes from: a Parley home and the JVM that runs this process.
 *
 * @param home the folder with {@code scripts/}
 * @param java the JVM's executable
 * @param classPath class path of the services
 * @param mainClass the main class of each role
 * @param fixedFlags what all services are started with, besides their memory flags
 * @param classArchive what they start faster from, if the class path is made of jars
 */
record Installation(
    Path home,
    Path java,
    String classPath,
    Function<Role, String> mainClass,
    List<String> fixedFlags,
    Optional<ClassArchive> classArchive) {
  private static final String HOME_PROPERTY = "parley.home";

  /**
   * Small threads and the simple collector keep nine idle JVMs small. The second compiler would
   * keep a processor busy for a minute after each start, just when others take over what has died,
   * and gives back less than that. A JVM that is out of memory ends, and is started again.
   */
  private static final List<String> JVM_FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xss512k",
          "-XX:-UsePerfData",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          // Services speak to each other without TLS: ZooKeeper's client would read and check all
          // certificates of the JVM for nothing, and Netty load the flight recorder.
          "-Djavax.net.ssl.trustStore=NONE",
          "-Dio.grpc.netty.shaded.io.netty.jfr.enabled=false");

  /**
   * The home that this process was started from.
   *
   * @throws StartFailure it was started by hand, without one
   */
  static Installation ofThisProcess() throws StartFailure {
    String home = System.getProperty(HOME_PROPERTY);
    if (home == null) {
      throw new StartFailure(
          StartFailure.MISUSED,
          "-D%s=DIR is missing; start with scripts/start_zk_and_services.sh."
              .formatted(HOME_PROPERTY));
    }
    return of(Path.of(home));
  }

  /** A home: an unpacked distribution, or a checkout in which {@code make} has built one. */
  static Installation of(Path home) {
    Path unpacked = home.resolve("lib");
    Path built = home.resolve("target").resolve("parley").resolve("lib");
    Path jars = Files.isDirectory(unpacked) ? unpacked : built;
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new Installation(
        home,
        java,
        jars + "/*",
        Role::mainClass,
        JVM_FLAGS,
        Optional.of(new ClassArchive(jars.resolveSibling("cache"), java, jars)));
  }

  /** What all services are started with at this moment, besides their memory flags. */
  List<String> jvmFlags() {
    return Stream.concat(
            fixedFlags.stream(),
            classArchive.map(ClassArchive::flags).stream().flatMap(List::stream))
        .toList();
  }

  Path processScript() {
    return home.resolve("scripts").resolve("process.sh");
  }

  String homeArgument() {
    return "-D" + HOME_PROPERTY + "=" + home;
  }
}
