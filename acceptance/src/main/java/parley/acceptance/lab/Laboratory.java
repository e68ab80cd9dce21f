package parley.acceptance.lab;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three hosts and one for their clients, each a network namespace, joined by a bridge in the
 * clients' one; nothing of it is in the network of this JVM. Runs mains in the clients' namespace.
 *
 * <p>Closing it kills what is left in the namespaces and removes them, also when this JVM is ended
 * by Ctrl-C. What a JVM killed with signal 9 leaves, the next laboratory removes. For one thread.
 */
public final class Laboratory implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Laboratory.class);
  // In good order an experiment stops its hosts, which takes its time.
  private static final int END_WITHIN_S = 90;

  private final Optional<NamespaceSite> site;
  private final Thread closeAtExit = new Thread(this::cleanUp, "remove-laboratory");
  // Guarded by this.
  private Process experiment;
  private boolean closed;

  private Laboratory(Optional<NamespaceSite> site) {
    this.site = site;
  }

  /** Builds one; where namespaces are not permitted it is one without, and says so. */
  public static Laboratory create() throws InterruptedException {
    Laboratory laboratory = new Laboratory(build());
    Runtime.getRuntime().addShutdownHook(laboratory.closeAtExit);
    return laboratory;
  }

  private static Optional<NamespaceSite> build() throws InterruptedException {
    try {
      return Optional.of(NamespaceSite.build());
    } catch (IOException e) {
      System.err.printf(
          "No network namespaces can be had here (%s).%n"
              + "Hosts get loopback addresses instead; cut and slow networks, wrong clocks and"
              + " full disks are left out.%n",
          e);
      return Optional.empty();
    }
  }

  /**
   * Runs a main as a JVM like this one in the clients' namespace, with this JVM's input and output.
   *
   * @param mainAndArguments the class, then what it is given
   * @return its exit status
   */
  public int run(List<String> mainAndArguments) throws IOException, InterruptedException {
    return begin(mainAndArguments).waitFor();
  }

  private synchronized Process begin(List<String> mainAndArguments) throws IOException {
    if (closed) {
      throw new IOException("the laboratory is closed: nothing is run in it any more");
    }
    List<String> java = javaLikeThis();
    site.ifPresent(namespaces -> java.add(namespaces.propertyOption()));
    java.addAll(List.of("-cp", System.getProperty("java.class.path")));
    java.addAll(mainAndArguments);
    List<String> command = site.map(namespaces -> namespaces.onClients(java)).orElse(java);
    experiment = new ProcessBuilder(command).inheritIO().start();
    return experiment;
  }

  private static List<String> javaLikeThis() {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    return java;
  }

  @Override
  public void close() {
    cleanUp();
    try {
      Runtime.getRuntime().removeShutdownHook(closeAtExit);
    } catch (IllegalStateException exitingAlready) {
      // Then the hook has run, or runs and finds nothing left to do.
      return;
    }
  }

  private synchronized void cleanUp() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (experiment != null) {
        end(experiment);
      }
      if (site.isPresent()) {
        site.get().remove();
      }
    } catch (IOException e) {
      LOG.error("the laboratory could not be removed: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void end(Process experiment) throws InterruptedException {
    experiment.destroy();
    if (!experiment.waitFor(END_WITHIN_S, TimeUnit.SECONDS)) {
      experiment.destroyForcibly().waitFor();
    }
  }
}
