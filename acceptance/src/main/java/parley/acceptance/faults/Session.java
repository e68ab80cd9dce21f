package parley.acceptance.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import parley.acceptance.lab.Equipment;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Network;
import parley.acceptance.lab.Patience;
import parley.acceptance.lab.Patience.StallException;
import parley.acceptance.lab.Progress;
import parley.acceptance.load.SteadyLoad;
import parley.client.ReplicaStatus;

/**
 * Measures cells one after the other: those that need the same equipment on the same hosts, as long
 * as all goes well. Keeps data and logs of hosts on which it did not. For one thread.
 */
final class Session {

  private static final Duration STALL_MAX = Duration.ofSeconds(90);
  private static final long POSTS_MAX = 1_000_000;
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final Path home;
  private final SteadyLoad plan;
  private final Results results;
  private final boolean keep;
  private final Progress progress;
  private boolean good = true;
  private final Patience patience = new Patience(STALL_MAX).lookingEvery(LOOK_EVERY);

  /**
   * @param keep whether data and logs are kept in any case
   */
  Session(Path home, SteadyLoad plan, Results results, boolean keep, Progress progress) {
    this.home = home;
    this.plan = plan;
    this.results = results;
    this.keep = keep;
    this.progress = progress;
  }

  /**
   * Measures all of them that can be tried here.
   *
   * @param add whether earlier results of these cells count, too
   * @return whether every history was right
   */
  boolean run(List<Cell> cells, int repetitions, boolean add)
      throws IOException, InterruptedException {
    Map<Equipment, List<Cell>> groups =
        cells.stream()
            .collect(
                Collectors.groupingBy(
                    cell -> cell.setting().equipment(), LinkedHashMap::new, Collectors.toList()));
    for (Map.Entry<Equipment, List<Cell>> group : groups.entrySet()) {
      Deque<Cell> left = new ArrayDeque<>(group.getValue());
      while (!left.isEmpty()) {
        runOnNewHosts(group.getKey(), left, repetitions, add);
      }
    }
    return good;
  }

  // Until one goes wrong, or the hosts hold so much that reading it takes long.
  private void runOnNewHosts(Equipment equipment, Deque<Cell> left, int repetitions, boolean add)
      throws IOException, InterruptedException {
    progress.say("starting three hosts");
    try (LocalCluster hosts = LocalCluster.create(home, Network.ofThisProcess(), equipment)) {
      hosts.start();
      patience.await("all hosts serve", hosts::serving);
      boolean usable = true;
      while (usable && !left.isEmpty() && posts(hosts) < POSTS_MAX) {
        Cell cell = left.remove();
        Optional<String> obstacle =
            cell.course().fault().apply(new Situation(1, 1, Set.of())).obstacle(hosts);
        if (obstacle.isPresent()) {
          progress.say("left out: %s, as %s", cell.name(), obstacle.get());
        } else {
          usable = run(hosts, cell, repetitions, add);
          good &= usable;
        }
      }
    }
  }

  private static long posts(LocalCluster hosts) throws InterruptedException {
    return hosts.replicas().stream().mapToLong(ReplicaStatus::posts).max().orElse(0);
  }

  private boolean run(LocalCluster hosts, Cell cell, int repetitions, boolean add)
      throws IOException, InterruptedException {
    progress.say("%s: %s, %d times", cell.id(), cell.name(), repetitions);
    Path history = Files.createTempFile("parley-history-" + cell.id() + "-", ".gz");
    boolean right = false;
    try {
      CellRun.Result result =
          new CellRun(hosts, cell, plan, history, patience, progress).run(repetitions);
      if (!add) {
        results.forget(cell.id());
      }
      results.add(
          cell.id(),
          result.repetitions(),
          Judgement.of(conditions(hosts, result.busyPercent()), result.findings()),
          result.perPart());
      right = result.findings().verdict().isClean();
    } catch (IOException | StallException e) {
      progress.say("%s could not be measured: %s", cell.id(), e.getMessage());
      // What an earlier product could do is no answer.
      results.forget(cell.id());
    } finally {
      if (right) {
        Files.delete(history);
      } else {
        progress.say("the history is kept in %s", history);
      }
      if (keep || !right) {
        hosts.keep().ifPresent(kept -> progress.say("configuration, data and logs in %s", kept));
      }
    }
    return right;
  }

  private String conditions(LocalCluster hosts, long busyPercent) {
    return "%s with %d cores and %d %% busy by %d posts per second and frontend"
        .formatted(
            hosts.wires().isPresent() ? "namespaces" : "loopback addresses",
            Runtime.getRuntime().availableProcessors(),
            busyPercent,
            plan.postsPerSecondAndHost());
  }
}
