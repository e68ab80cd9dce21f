package parley.timelineservice.exploration;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import parley.timelineservice.traces.Notation;

/**
 * Visits every state that the real core can get into within a scope, breadth first, so that the
 * path to a violation is one of the shortest.
 */
final class Exploration {

  /**
   * What an exploration has come to.
   *
   * @param transitions inputs tried, those that led to a known state included
   * @param depth inputs on the longest of the shortest paths
   * @param coreStates different states of single replicas
   * @param replicaStates these, with what they have sent
   * @param sights what was met on the way
   * @param complete whether every state within the scope was visited
   * @param violation the shortest path to a violation, or null
   */
  record Result(
      Scope scope,
      long states,
      long transitions,
      int depth,
      long coreStates,
      long replicaStates,
      double seconds,
      boolean complete,
      Set<String> sights,
      String violation) {

    @Override
    public String toString() {
      return "%-24s %,12d states %,13d transitions depth %3d, %,d cores, %,d replicas, %.1f s %s"
          .formatted(
              scope.name(),
              states,
              transitions,
              depth,
              coreStates,
              replicaStates,
              seconds,
              violation != null ? "VIOLATION" : complete ? "complete" : "NOT COMPLETE");
    }
  }

  private record Found(int parent, int host, Turn turn, String what) {}

  private final Scope scope;
  private final World world;
  private final long statesAtMost;
  private final StateStore store = new StateStore();
  private final LongAdder transitions = new LongAdder();
  private final AtomicReference<Found> found = new AtomicReference<>();

  Exploration(Scope scope, long statesAtMost) {
    this.scope = scope;
    this.statesAtMost = statesAtMost;
    world = new World(scope);
  }

  Result run() {
    long start = System.nanoTime();
    Cluster initial = Cluster.initial(world, scope);
    store.add(initial.high(), initial.low(), StateStore.NO_PARENT);
    int[] from = new int[StateStore.PARTS];
    int depth = 0;
    boolean more = true;
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      while (more && found.get() == null && store.size() <= statesAtMost) {
        int[] to = sizes();
        visit(pool, threads, from, to);
        from = to;
        more = store.size() > total(to);
        depth += more ? 1 : 0;
      }
    } finally {
      pool.shutdown();
    }
    return new Result(
        scope,
        store.size(),
        transitions.sum(),
        depth,
        world.coreStates(),
        world.replicaStates(),
        (System.nanoTime() - start) / 1e9,
        !more && found.get() == null,
        world.sights(),
        found.get() == null ? null : path(found.get()));
  }

  private int[] sizes() {
    int[] sizes = new int[StateStore.PARTS];
    for (int part = 0; part < sizes.length; part++) {
      sizes[part] = store.size(part);
    }
    return sizes;
  }

  private static long total(int[] sizes) {
    long total = 0;
    for (int size : sizes) {
      total += size;
    }
    return total;
  }

  private void visit(ExecutorService pool, int threads, int[] from, int[] to) {
    AtomicInteger part = new AtomicInteger();
    Callable<Void> worker =
        () -> {
          for (int p = part.getAndIncrement(); p < from.length; p = part.getAndIncrement()) {
            for (int i = from[p]; i < to[p] && found.get() == null; i++) {
              visit(StateStore.reference(p, i));
            }
          }
          return null;
        };
    List<Callable<Void>> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(worker);
    }
    try {
      for (Future<Void> done : pool.invokeAll(workers)) {
        done.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Cluster cluster(int reference) {
    return Cluster.unpack(world, scope.hosts(), store.high(reference), store.low(reference));
  }

  private void visit(int reference) {
    Cluster cluster = cluster(reference);
    cluster.visitTurns(
        world,
        (host, turn) -> {
          transitions.increment();
          String violation = turn.violation();
          if (violation == null) {
            Cluster next = cluster.after(host, turn);
            boolean isNew = store.add(next.high(), next.low(), reference);
            violation = isNew ? check(cluster, next, host) : null;
          }
          if (violation != null) {
            found.compareAndSet(null, new Found(reference, host, turn, violation));
          }
        });
  }

  private String check(Cluster before, Cluster after, int host) {
    boolean same =
        !after.replicas()[host].snapshot().isCheckedUnlike(before.replicas()[host].snapshot());
    return same ? null : Agreement.violation(after.replicas(), scope.majority());
  }

  // ------------------------------------------------------------------ the path to a violation

  private String path(Found violation) {
    List<Integer> references = new ArrayList<>();
    for (int r = violation.parent(); r != StateStore.NO_PARENT; r = store.parent(r)) {
      references.add(0, r);
    }
    List<String> lines = new ArrayList<>();
    for (int i = 1; i < references.size(); i++) {
      describe(references.get(i - 1), references.get(i), lines);
    }
    describe(cluster(violation.parent()), violation.host(), violation.turn(), lines);
    lines.add(violation.what());
    return String.join("\n", lines);
  }

  /** By which turn the one state leads to the other. */
  private void describe(int from, int to, List<String> lines) {
    Cluster cluster = cluster(from);
    int before = lines.size();
    cluster.visitTurns(
        world,
        (host, turn) -> {
          Cluster next = cluster.after(host, turn);
          if (lines.size() == before
              && next.high() == store.high(to)
              && next.low() == store.low(to)) {
            describe(cluster, host, turn, lines);
          }
        });
  }

  private void describe(Cluster cluster, int host, Turn turn, List<String> lines) {
    CoreState core = cluster.replicas()[host].core();
    for (int number : turn.inputs()) {
      Input input = world.inbox(host).input(number);
      String what = Wording.line(host + 1, input);
      core = core.step(number).next();
      lines.add(
          "%-60s %s is %s".formatted(what, Notation.host(host + 1), core.snapshot().describe()));
    }
  }
}
