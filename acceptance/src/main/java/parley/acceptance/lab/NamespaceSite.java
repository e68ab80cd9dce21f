package parley.acceptance.lab;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Builds a laboratory's namespaces and removes them again.
 *
 * <p>A site is in use while its file is locked, which the kernel undoes at any death. Whoever
 * builds one removes those that are in use no more.
 */
final class NamespaceSite {

  private static final Path SITES = Path.of("/run/parley-lab");
  private static final Path NAMESPACES = Path.of("/run/netns");
  private static final long LOOK_NANOS = 5_000_000;
  private static final int LOOKS_MAX = 2_000;

  private final Namespaces namespaces;
  private final FileChannel inUse;

  private NamespaceSite(Namespaces namespaces, FileChannel inUse) {
    this.namespaces = namespaces;
    this.inUse = inUse;
  }

  /**
   * Builds one with a name that no other has.
   *
   * @throws IOException this machine or user may not; nothing is left then
   */
  static NamespaceSite build() throws IOException, InterruptedException {
    Files.createDirectories(SITES);
    removeAbandoned();
    String name = "parley-" + Integer.toString(new Random().nextInt(Integer.MAX_VALUE), 36) + "-";
    FileChannel file =
        FileChannel.open(
            SITES.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    file.lock();
    NamespaceSite site = new NamespaceSite(new Namespaces(name), file);
    try {
      site.connect();
      return site;
    } catch (IOException e) {
      site.removeAfter(e);
      throw e;
    }
  }

  private void removeAfter(IOException failure) throws InterruptedException {
    try {
      remove();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static void removeAbandoned() throws IOException, InterruptedException {
    try (DirectoryStream<Path> sites = Files.newDirectoryStream(SITES)) {
      for (Path site : sites) {
        FileChannel file = FileChannel.open(site, StandardOpenOption.WRITE);
        FileLock lock = file.tryLock();
        if (lock == null) {
          file.close();
        } else {
          new NamespaceSite(new Namespaces(site.getFileName().toString()), file).remove();
        }
      }
    }
  }

  private void connect() throws IOException, InterruptedException {
    String clients = namespaces.clients();
    add(clients);
    ip("-n", clients, "link", "add", Namespaces.BRIDGE, "type", "bridge");
    ip("-n", clients, "addr", "add", namespaces.clientsAddress() + "/24", "dev", Namespaces.BRIDGE);
    ip("-n", clients, "link", "set", Namespaces.BRIDGE, "up");
    for (int number = 1; number <= Hosts.COUNT; number++) {
      String host = namespaces.host(number);
      String port = namespaces.port(number);
      add(host);
      ip("-n", clients, "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", host);
      ip("-n", clients, "link", "set", port, "master", Namespaces.BRIDGE, "up");
      ip("-n", host, "addr", "add", namespaces.address(number) + "/24", "dev", "eth0");
      ip("-n", host, "link", "set", "eth0", "up");
    }
    // What is missing is better known before than in the middle of an experiment.
    ip("netns", "exec", clients, "iptables", "-S");
    ip("netns", "exec", clients, "tc", "qdisc");
  }

  private static void add(String namespace) throws IOException, InterruptedException {
    ip("netns", "add", namespace);
    ip("-n", namespace, "link", "set", "lo", "up");
  }

  private static String ip(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    return Command.run(command);
  }

  /** The option by which a JVM knows where it is. */
  String propertyOption() {
    return "-D" + Namespaces.PROPERTY + "=" + namespaces.name();
  }

  /**
   * The command that runs another one on the clients' host, with shared memory of its own for all
   * that it starts: libfaketime leaves some behind there.
   */
  List<String> onClients(List<String> command) {
    List<String> whole =
        new ArrayList<>(List.of("ip", "netns", "exec", namespaces.clients(), "sh", "-c"));
    whole.add("mount -t tmpfs parley-lab /dev/shm && exec \"$@\"");
    whole.add("sh");
    whole.addAll(command);
    return whole;
  }

  /** Kills what is left in the namespaces, and removes them. */
  void remove() throws IOException, InterruptedException {
    for (String namespace : namespaces.all()) {
      if (Files.exists(NAMESPACES.resolve(namespace))) {
        killAll(namespace);
        ip("netns", "del", namespace);
      }
    }
    Files.deleteIfExists(SITES.resolve(namespaces.name()));
    inUse.close();
  }

  private static void killAll(String namespace) throws IOException, InterruptedException {
    for (int look = 0; look < LOOKS_MAX; look++) {
      List<ProcessHandle> left = processes(namespace);
      if (left.isEmpty()) {
        return;
      }
      left.forEach(ProcessHandle::destroyForcibly);
      LockSupport.parkNanos(LOOK_NANOS);
    }
    throw new IOException("processes in " + namespace + " would not end: " + processes(namespace));
  }

  private static List<ProcessHandle> processes(String namespace)
      throws IOException, InterruptedException {
    return Stream.of(ip("netns", "pids", namespace).split("\n"))
        .filter(line -> !line.isBlank())
        .flatMap(line -> ProcessHandle.of(Long.parseLong(line.strip())).stream())
        .toList();
  }
}
