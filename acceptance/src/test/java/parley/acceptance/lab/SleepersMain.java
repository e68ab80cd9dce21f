package parley.acceptance.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An experiment that leaves a process on each host, a disk and shared memory behind, says so by a
 * file named {@code ready}, and then ends or stays: {@code SleepersMain FOLDER exit|stay}.
 */
final class SleepersMain {

  static final Path SHARED_MEMORY = Path.of("/dev/shm");

  /** What it exits with. */
  static final int STATUS = 3;

  private SleepersMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0]);
    Path slept = Files.createFile(folder.resolve("slept-on"));
    Network network = Network.ofThisProcess();
    for (int host = 1; host <= Hosts.COUNT; host++) {
      List<String> sleep = List.of("setsid", "tail", "-f", slept.toString());
      new ProcessBuilder(network.onHost(host, sleep)).start();
    }
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Command.run("mount", "-t", "tmpfs", "parley-lab", disk.toString());
    String name = Namespaces.ofThisProcess().orElseThrow().name();
    Files.createFile(SHARED_MEMORY.resolve(name));
    Path written = Files.writeString(folder.resolve("name"), name);
    Files.move(written, folder.resolve("ready"));
    if (args[1].equals("exit")) {
      System.exit(STATUS);
    }
    Thread.currentThread().join();
  }
}
