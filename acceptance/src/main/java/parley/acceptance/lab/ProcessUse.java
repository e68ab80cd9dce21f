package parley.acceptance.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one process takes of the machine at one moment.
 *
 * @param residentKib memory that is resident
 * @param descriptors open files and connections
 */
public record ProcessUse(long residentKib, int threads, int descriptors) {

  private static final String RESIDENT = "VmRSS:";
  private static final String THREADS = "Threads:";

  /** As the kernel keeps account of it; nothing if the process has ended. */
  public static Optional<ProcessUse> of(ServiceProcess process) {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    try (Stream<Path> descriptors = Files.list(proc.resolve("fd"))) {
      int open = (int) descriptors.count();
      List<String> status = Files.readAllLines(proc.resolve("status"));
      return Optional.of(
          new ProcessUse(number(status, RESIDENT), (int) number(status, THREADS), open));
    } catch (IOException | UncheckedIOException endedMeanwhile) {
      return Optional.empty();
    }
  }

  // A process that is just ending has no memory any more.
  private static long number(List<String> status, String field) {
    return status.stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.substring(field.length()).replace("kB", "").strip()))
        .findFirst()
        .orElse(0);
  }

  /** The larger of each. */
  public ProcessUse max(ProcessUse other) {
    return new ProcessUse(
        Math.max(residentKib, other.residentKib),
        Math.max(threads, other.threads),
        Math.max(descriptors, other.descriptors));
  }
}
