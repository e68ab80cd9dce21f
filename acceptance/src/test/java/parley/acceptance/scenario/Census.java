package parley.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.ServiceProcess;

/** Counts the processes of all hosts the whole time, on a thread of its own. */
final class Census implements AutoCloseable {

  private static final int PROCESSES_MAX = 10;
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final LocalCluster hosts;
  private final List<List<ServiceProcess>> tooMany = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "census");
  private int counts;

  /** Begins to count. */
  Census(LocalCluster hosts) {
    this.hosts = hosts;
    thread.start();
  }

  private void run() {
    try {
      do {
        count(hosts.processes());
      } while (!over.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void count(List<ServiceProcess> running) {
    counts++;
    Map<String, Long> copies =
        running.stream()
            .collect(
                Collectors.groupingBy(
                    process -> process.role() + " of " + process.host(), Collectors.counting()));
    if (running.size() > PROCESSES_MAX || copies.values().stream().anyMatch(many -> many > 1)) {
      tooMany.add(running);
    }
  }

  /** Ends it: there were never more than ten processes, and never two of a role on a host. */
  void endAndCheck() throws InterruptedException {
    close();
    thread.join();
    assertThat(counts).isPositive();
    assertThat(tooMany).isEmpty();
  }

  @Override
  public void close() {
    over.countDown();
  }
}
