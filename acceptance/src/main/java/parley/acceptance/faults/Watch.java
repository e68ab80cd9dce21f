package parley.acceptance.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import parley.acceptance.lab.HostProbe;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.ServiceProcess;

/**
 * Waits, on a thread of its own, until what was hit serves again: of victims their successors, else
 * everything on all hosts.
 */
final class Watch implements AutoCloseable {

  private static final Duration ANSWER_WITHIN = Duration.ofMillis(500);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final LocalCluster hosts;
  private final List<ServiceProcess> victims;
  private final List<HostProbe> probes = new ArrayList<>();
  private final Thread thread = new Thread(this::watch, "watch");
  private volatile boolean closed;
  private volatile long servingAt;
  private volatile boolean serving;

  Watch(LocalCluster hosts, List<ServiceProcess> victims) {
    this.hosts = hosts;
    this.victims = victims;
    for (int host = 1; host <= Hosts.COUNT; host++) {
      probes.add(hosts.probe(host, ANSWER_WITHIN));
    }
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    try {
      while (!closed && !looksGood()) {
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
      }
      servingAt = System.nanoTime();
      serving = !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      probes.forEach(HostProbe::close);
    }
  }

  private boolean looksGood() throws InterruptedException {
    if (victims.isEmpty()) {
      for (HostProbe probe : probes) {
        if (!probe.serves()) {
          return false;
        }
      }
      return true;
    }
    List<ServiceProcess> running = hosts.processes();
    for (ServiceProcess victim : victims) {
      boolean replaced =
          !running.contains(victim)
              && running.stream()
                  .anyMatch(p -> p.role() == victim.role() && p.host() == victim.host());
      if (!replaced || !probes.get(victim.host() - 1).serves(victim.role())) {
        return false;
      }
    }
    return true;
  }

  /** When everything served again, on the nanosecond clock; empty as long as it does not. */
  OptionalLong servingAt() {
    return serving ? OptionalLong.of(servingAt) : OptionalLong.empty();
  }

  @Override
  public void close() {
    closed = true;
  }
}
