package parley.acceptance.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How the machine's processors have spent their time since it was started, in the kernel's ticks
 * (proc_stat(5)).
 */
record ProcessorTime(long idle, long all) {

  // Numbers of the first line: user, nice, system, idle, iowait, irq, softirq, steal; what follows
  // is contained in these.
  private static final int KINDS = 8;
  private static final int IDLE = 3;
  private static final int IDLE_FOR_DISK = 4;

  static ProcessorTime now() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
      return parse(lines.findFirst().orElseThrow());
    }
  }

  static ProcessorTime parse(String line) {
    long[] kinds =
        Stream.of(line.strip().split("\\s+"))
            .skip(1)
            .limit(KINDS)
            .mapToLong(Long::parseLong)
            .toArray();
    return new ProcessorTime(kinds[IDLE] + kinds[IDLE_FOR_DISK], LongStream.of(kinds).sum());
  }

  /** How much of the time since then they were busy, in percent; 0 if no time has passed. */
  long busyPercentSince(ProcessorTime earlier) {
    long passed = all - earlier.all;
    return passed == 0 ? 0 : 100 - 100 * (idle - earlier.idle) / passed;
  }
}
