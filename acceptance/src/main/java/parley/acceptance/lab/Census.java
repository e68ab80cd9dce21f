package parley.acceptance.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Counts the processes again and again, on a thread of its own: never more than ten, never two
 * copies of one; and what they take of the machine at first, at most and in the end. Its methods
 * may be called by any thread.
 */
public final class Census implements AutoCloseable {

  private static final int PROCESSES_MAX = 10;
  private static final int VIOLATIONS_KEPT_MAX = 20;
  private static final Duration MEASURE_EVERY = Duration.ofSeconds(10);

  private final LocalCluster hosts;
  private final Duration countEvery;
  private final Thread thread = new Thread(this::count, "census");
  private volatile boolean closed;
  // Guarded by this.
  private final List<String> violations = new ArrayList<>();
  private final Map<String, Use> uses = new TreeMap<>();

  // What the processes of one role on one host took.
  private record Use(
      ProcessUse first, ProcessUse most, ProcessUse last, boolean replaced, long pid) {}

  /** Begins to count, with so long a pause between two counts. */
  public Census(LocalCluster hosts, Duration countEvery) {
    this.hosts = hosts;
    this.countEvery = countEvery;
    measure();
    thread.setDaemon(true);
    thread.start();
  }

  private void count() {
    try {
      countUntilClosed();
    } catch (RuntimeException e) {
      keep("the processes were not counted to the end: " + e);
      throw e;
    }
  }

  private void countUntilClosed() {
    long measuredAt = System.nanoTime();
    while (!closed) {
      Optional<String> violation = violation();
      // Again at once: one look is not of one moment.
      if (violation.isPresent() && violation().isPresent()) {
        keep(violation.get());
      }
      if (System.nanoTime() - measuredAt > MEASURE_EVERY.toNanos()) {
        measuredAt = System.nanoTime();
        measure();
      }
      LockSupport.parkNanos(countEvery.toNanos());
    }
  }

  private Optional<String> violation() {
    List<ServiceProcess> running = hosts.processes();
    Set<String> seen = new HashSet<>();
    List<String> twice =
        running.stream().map(Census::place).filter(place -> !seen.add(place)).toList();
    if (!twice.isEmpty()) {
      return Optional.of("more than one " + String.join(", ", twice) + ": " + running);
    }
    return running.size() > PROCESSES_MAX
        ? Optional.of(running.size() + " processes: " + running)
        : Optional.empty();
  }

  private static String place(ServiceProcess process) {
    return process.role().label() + " of host " + process.host();
  }

  private synchronized void keep(String violation) {
    if (violations.size() < VIOLATIONS_KEPT_MAX) {
      violations.add(violation);
    }
  }

  /** Measures now. */
  public synchronized void measure() {
    for (ServiceProcess process : hosts.processes()) {
      ProcessUse.of(process)
          .ifPresent(
              use ->
                  uses.merge(
                      place(process),
                      new Use(use, use, use, false, process.pid()),
                      (before, now) ->
                          new Use(
                              before.first,
                              before.most.max(use),
                              use,
                              before.replaced || before.pid != now.pid,
                              now.pid)));
    }
  }

  /** What was not as it must be; empty if all was. */
  public synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  /** Throws what was not as it must be. */
  public void requireNoViolation() throws IOException {
    if (!violations().isEmpty()) {
      throw new IOException(String.join("; ", violations()));
    }
  }

  /** A table for people. */
  public synchronized List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-28s %24s %20s %20s"
            .formatted("first / most / last", "resident MiB", "threads", "descriptors"));
    lines.addAll(
        uses.entrySet().stream()
            .map(
                entry ->
                    "%-28s %24s %20s %20s"
                        .formatted(
                            entry.getKey() + (entry.getValue().replaced ? " *" : ""),
                            row(entry.getValue(), use -> use.residentKib() / 1024),
                            row(entry.getValue(), use -> (long) use.threads()),
                            row(entry.getValue(), use -> (long) use.descriptors())))
            .collect(Collectors.toList()));
    lines.add("* was replaced on the way");
    return lines;
  }

  private static String row(Use use, ToLongFunction<ProcessUse> value) {
    return value.applyAsLong(use.first)
        + " / "
        + value.applyAsLong(use.most)
        + " / "
        + value.applyAsLong(use.last);
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
