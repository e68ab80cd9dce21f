package parley.acceptance.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The processes of one laboratory's hosts, read from /proc: by main class and the host's data
 * folder, never by a name that others might share.
 */
final class ProcessTable {

  private static final Path PROC = Path.of("/proc");

  private final LabFolder folder;

  ProcessTable(LabFolder folder) {
    this.folder = folder;
  }

  List<ServiceProcess> read() {
    List<ServiceProcess> found = new ArrayList<>();
    ProcessHandle.allProcesses().forEach(process -> service(process.pid()).ifPresent(found::add));
    return found;
  }

  private Optional<ServiceProcess> service(long pid) {
    List<String> words = commandLine(pid);
    // What has not become the service yet, and who is about to start it, name the same main class.
    if (words.isEmpty() || !words.get(0).endsWith("java") || !leadsSession(pid)) {
      return Optional.empty();
    }
    String data = valueOf("--data", words);
    for (int host = 1; host <= Hosts.COUNT; host++) {
      if (folder.data(host).toString().equals(data)) {
        return service(pid, host, words);
      }
    }
    return Optional.empty();
  }

  private static Optional<ServiceProcess> service(long pid, int host, List<String> words) {
    return Arrays.stream(Role.values())
        .filter(role -> words.contains(role.mainClass()))
        .map(role -> new ServiceProcess(role, host, pid))
        .findFirst();
  }

  /** Whatever runs on behalf of a host: its services, and scripts and tools at work for it. */
  List<Long> allOf(int host) {
    String data = folder.data(host) + "/";
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> commandLine(pid).stream().anyMatch(word -> (word + "/").contains(data)))
        .filter(pid -> pid != ProcessHandle.current().pid())
        .toList();
  }

  private static boolean leadsSession(long pid) {
    try {
      String stat = Files.readString(proc(pid).resolve("stat"), StandardCharsets.ISO_8859_1);
      // Behind the name, which may hold anything: state, parent, group, session.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Long.parseLong(fields[3]) == pid;
    } catch (IOException endedMeanwhile) {
      return false;
    }
  }

  private static Path proc(long pid) {
    return PROC.resolve(Long.toString(pid));
  }

  private static String valueOf(String option, List<String> words) {
    int at = words.indexOf(option);
    return at < 0 || at + 1 >= words.size() ? "" : words.get(at + 1);
  }

  private static List<String> commandLine(long pid) {
    try {
      String all = Files.readString(proc(pid).resolve("cmdline"), StandardCharsets.ISO_8859_1);
      return all.isEmpty() ? List.of() : List.of(all.split("\0"));
    } catch (IOException endedMeanwhile) {
      return List.of();
    }
  }

  /** Sends a signal if the process is still the one it was. Answers whether it was. */
  boolean signal(ServiceProcess process, String signal) throws IOException, InterruptedException {
    if (!service(process.pid()).equals(Optional.of(process))) {
      return false;
    }
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
    return kill.waitFor(10, TimeUnit.SECONDS) && kill.exitValue() == 0;
  }
}
