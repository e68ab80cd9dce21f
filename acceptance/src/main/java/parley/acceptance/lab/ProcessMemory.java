package parley.acceptance.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** How much memory a JVM takes, as the kernel and the JVM itself keep account of it. */
public final class ProcessMemory {

  private static final String PEAK = "VmHWM:";
  private static final String FORGET_PEAK = "5";
  // One for each generation, as JDK 17 and JDK 25 call them.
  private static final Pattern HEAP_PART =
      Pattern.compile("(?:generation|DefNew|Tenured) +total (\\d+)K, used (\\d+)K");
  // The serial collector lets dead objects lie that are not worth the move, but not in every
  // fourth full collection (MarkSweepAlwaysCompactCount).
  private static final int COLLECTIONS = 4;
  private static final String HEAP_INFO = "GC.heap_info\n";
  private static final int GENERATIONS = 2;
  private static final int TOTAL = 1;
  private static final int USED = 2;

  private final long pid;

  public ProcessMemory(ServiceProcess process) {
    pid = process.pid();
  }

  /** Lets the account of resident memory begin anew from what is resident now. */
  public void forgetPeak() throws IOException {
    Files.writeString(proc("clear_refs"), FORGET_PEAK);
  }

  /** The most that was resident at one time, in KiB. */
  public long residentPeakKib() throws IOException {
    for (String line : Files.readAllLines(proc("status"))) {
      if (line.startsWith(PEAK)) {
        return Long.parseLong(line.substring(PEAK.length()).replace("kB", "").strip());
      }
    }
    throw new IOException(proc("status") + " does not say how much memory was resident");
  }

  /** What the JVM's heap has grown to, in KiB; it never shrinks below what it once needed. */
  public long heapKib() throws IOException {
    return heaps(HEAP_INFO, TOTAL).get(0);
  }

  /**
   * What is alive on the JVM's heap, in KiB, as full collections leave it; the JVM stands still
   * meanwhile.
   */
  public long liveKib() throws IOException {
    return Collections.min(heaps(("GC.run\n" + HEAP_INFO).repeat(COLLECTIONS), USED));
  }

  /** The figure, in KiB, of each time that the commands ask for the heap. */
  private List<Long> heaps(String commands, int figure) throws IOException {
    String said = jcmd(commands);
    List<Long> parts =
        HEAP_PART.matcher(said).results().map(part -> Long.parseLong(part.group(figure))).toList();
    if (parts.isEmpty() || parts.size() % GENERATIONS != 0) {
      throw new IOException("jcmd said nothing of the heap: " + said.strip());
    }
    List<Long> heaps = new ArrayList<>();
    for (int i = 0; i < parts.size(); i += GENERATIONS) {
      heaps.add(parts.subList(i, i + GENERATIONS).stream().mapToLong(Long::longValue).sum());
    }
    return heaps;
  }

  /** Lets one jcmd give all commands, a line each: it is a JVM that has to start. */
  private String jcmd(String commands) throws IOException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "-f",
                "/dev/stdin")
            .redirectErrorStream(true)
            .start();
    try (OutputStream in = jcmd.getOutputStream()) {
      in.write(commands.getBytes(StandardCharsets.UTF_8));
    }
    return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(pid), file);
  }
}
