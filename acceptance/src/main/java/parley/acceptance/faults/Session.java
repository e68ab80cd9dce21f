package parley.acceptance.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import parley.acceptance.lab.Equipment;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Network;
import parley.acceptance.lab.Patience;
import parley.acceptance.lab.Patience.StallException;
import parley.acceptance.lab.Progress;
import parley.acceptance.load.SteadyLoad;

/**
 * Measures cells one after the other: those that need the same equipment on the same hosts, as long
 * as all goes well. Keeps data and logs of hosts on which it did not. For one thread.
 */
final class Session {

  private static final Duration STALL_MAX = Duration.ofSeconds(90);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final Path home;
  private final SteadyLoad plan;
  private final Results results;
  private final Progress progress;
  private final Patience patience = new Patience(STALL_MAX).lookingEvery(LOOK_EVERY);

  Session(Path home, SteadyLoad plan, Results results, Progress progress) {
    this.home = home;
    this.plan = plan;
    this.results = results;
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
                Collectors.groupingBy(Cell::equipment, LinkedHashMap::new, Collectors.toList()));
    boolean good = true;
    for (Map.Entry<Equipment, List<Cell>> group : groups.entrySet()) {
      List<Cell> left = group.getValue();
      while (!left.isEmpty()) {
        int done = runOnNewHosts(group.getKey(), left, repetitions, add);
        good &= done == left.size();
        left = left.subList(Math.min(left.size(), done + 1), left.size());
      }
    }
    return good;
  }

  // Until one goes wrong; answers how many went right.
  private int runOnNewHosts(Equipment equipment, List<Cell> cells, int repetitions, boolean add)
      throws IOException, InterruptedException {
    progress.say("starting three hosts");
    try (LocalCluster hosts = LocalCluster.create(home, Network.ofThisProcess(), equipment)) {
      hosts.start();
      patience.await("all hosts serve", hosts::serving);
      for (int done = 0; done < cells.size(); done++) {
        Cell cell = cells.get(done);
        Optional<String> obstacle = cell.fault().apply(new Situation(1, 1)).obstacle(hosts);
        if (obstacle.isPresent()) {
          progress.say("left out: %s, as %s", cell.name(), obstacle.get());
        } else if (!run(hosts, cell, repetitions, add)) {
          return done;
        }
      }
      return cells.size();
    }
  }

  private boolean run(LocalCluster hosts, Cell cell, int repetitions, boolean add)
      throws IOException, InterruptedException {
    progress.say("%s: %s, %d times", cell.id(), cell.name(), repetitions);
    Path history = Files.createTempFile("parley-history-" + cell.id() + "-", ".gz");
    boolean good = false;
    try {
      CellRun.Result result =
          new CellRun(hosts, cell, plan, history, patience, progress).run(repetitions);
      if (!add) {
        results.forget(cell.id());
      }
      results.add(
          cell.id(),
          result.repetitions(),
          Judgement.of(conditions(hosts), result.findings()),
          result.perPart());
      good = result.findings().verdict().isClean();
    } catch (IOException | StallException e) {
      progress.say("%s could not be measured: %s", cell.id(), e.getMessage());
    } finally {
      if (good) {
        Files.delete(history);
      } else {
        progress.say("the history is kept in %s", history);
        hosts.keep().ifPresent(kept -> progress.say("configuration, data and logs in %s", kept));
      }
    }
    return good;
  }

  private static String conditions(LocalCluster hosts) throws IOException {
    String[] load = Files.readString(Path.of("/proc/loadavg")).split(" ");
    return "%s with %d cores and a load %s"
        .formatted(
            hosts.wires().isPresent() ? "namespaces" : "loopback addresses",
            Runtime.getRuntime().availableProcessors(),
            load[1]);
  }
}
