package parley.acceptance.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
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
    return heapKib(TOTAL);
  }

  /**
   * What is alive on the JVM's heap, in KiB, as full collections leave it; the JVM stands still
   * meanwhile.
   */
  public long liveKib() throws IOException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      jcmd("GC.run");
      least = Math.min(least, heapKib(USED));
    }
    return least;
  }

  private long heapKib(int figure) throws IOException {
    String said = jcmd("GC.heap_info");
    long heap = 0;
    for (Matcher part = HEAP_PART.matcher(said); part.find(); ) {
      heap += Long.parseLong(part.group(figure));
    }
    if (heap == 0) {
      throw new IOException("jcmd said nothing of the heap: " + said.strip());
    }
    return heap;
  }

  private String jcmd(String command) throws IOException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                command)
            .redirectErrorStream(true)
            .start();
    return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(pid), file);
  }
}
