package parley.timelineservice.exploration;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import parley.timelineservice.traces.Notation;

/**
 * Visits every state that the real core can get into within a scope, but for those that {@linkplain
 * Cluster#allowsAllOf allow less} than another one.
 */
final class Exploration {

  /**
   * What an exploration has come to.
   *
   * @param states those that none of the others stands for
   * @param visited these, and what was visited before a state was met that stands for it
   * @param transitions turns tried, those that led to a known state included
   * @param depth turns on the longest path
   * @param coreStates different states of single replicas
   * @param replicaStates these, with what they have sent
   * @param sights what was met on the way
   * @param complete whether every state within the scope was visited
   * @param violation a path to a violation, or null
   */
  record Result(
      Scope scope,
      long states,
      long visited,
      long transitions,
      long depth,
      long coreStates,
      long replicaStates,
      double seconds,
      boolean complete,
      Set<String> sights,
      String violation) {

    @Override
    public String toString() {
      return ("%-24s %,12d states %,12d visited %,13d transitions depth %3d, %,d cores,"
              + " %,d replicas, %.1f s %s")
          .formatted(
              scope.name(),
              states,
              visited,
              transitions,
              depth,
              coreStates,
              replicaStates,
              seconds,
              violation != null ? "VIOLATION" : complete ? "complete" : "NOT COMPLETE");
    }
  }

  private record Found(int parent, int host, Turn turn, String what) {}

  private static final long PROGRESS_SECONDS = 10;

  private final Scope scope;
  private final World world;
  private final long statesAtMost;
  private final StateStore store;
  private final LongAdder transitions = new LongAdder();
  private final LongAccumulator depth = new LongAccumulator(Math::max, 0);
  private final AtomicReference<Found> found = new AtomicReference<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** First in, first out, so that paths are short. */
  private final ForkJoinPool pool =
      new ForkJoinPool(
          Runtime.getRuntime().availableProcessors(),
          ForkJoinPool.defaultForkJoinWorkerThreadFactory,
          null,
          true);

  /** States that wait to be visited, and those that are. */
  private final AtomicLong open = new AtomicLong();

  private final CountDownLatch done = new CountDownLatch(1);
  private long startNanos;

  Exploration(Scope scope, long statesAtMost) {
    this.scope = scope;
    this.statesAtMost = statesAtMost;
    world = new World(scope);
    store = new StateStore(world, scope.hosts());
  }

  Result run() {
    return run(soFar -> {});
  }

  /**
   * @param progress is told every few seconds how far it has come
   */
  Result run(Consumer<Result> progress) {
    startNanos = System.nanoTime();
    try {
      visitLater(store.add(Cluster.initial(world, scope), StateStore.NO_PARENT), 0);
      while (!done.await(PROGRESS_SECONDS, TimeUnit.SECONDS)) {
        progress.accept(result(false, Set.of()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      pool.shutdownNow();
    }
    if (failure.get() != null) {
      throw new IllegalStateException(failure.get());
    }
    return result(found.get() == null && !isFull(), world.sights());
  }

  private Result result(boolean complete, Set<String> sights) {
    return new Result(
        scope,
        store.needed(),
        store.size(),
        transitions.sum(),
        depth.get(),
        world.coreStates(),
        world.replicaStates(),
        (System.nanoTime() - startNanos) / 1e9,
        complete,
        sights,
        found.get() == null ? null : path(found.get()));
  }

  private boolean isFull() {
    return store.size() > statesAtMost;
  }

  private void visitLater(int reference, int turns) {
    open.incrementAndGet();
    pool.execute(new Visit(reference, turns));
  }

  /** Visits one state. */
  private final class Visit extends RecursiveAction {

    private static final long serialVersionUID = 1;

    private final int reference;
    private final int turns;

    Visit(int reference, int turns) {
      this.reference = reference;
      this.turns = turns;
    }

    @Override
    protected void compute() {
      try {
        if (found.get() == null
            && failure.get() == null
            && !isFull()
            && store.isNeeded(reference)) {
          depth.accumulate(turns);
          visit();
        }
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e);
      } finally {
        if (open.decrementAndGet() == 0) {
          done.countDown();
        }
      }
    }

    private void visit() {
      Cluster cluster = store.cluster(reference);
      cluster.visitTurns(
          world,
          (host, turn) -> {
            transitions.increment();
            String violation = turn.violation();
            if (violation == null) {
              Cluster next = cluster.after(host, turn);
              int known = store.add(next, reference);
              if (known != StateStore.NOT_NEEDED) {
                violation = check(cluster, next, host);
                visitLater(known, turns + 1);
              }
            }
            if (violation != null) {
              found.compareAndSet(null, new Found(reference, host, turn, violation));
            }
          });
    }
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
      describe(store.cluster(references.get(i - 1)), store.cluster(references.get(i)), lines);
    }
    describe(store.cluster(violation.parent()), violation.host(), violation.turn(), lines);
    lines.add(violation.what());
    return String.join("\n", lines);
  }

  /** By which turn the one state leads to the other. */
  private void describe(Cluster from, Cluster to, List<String> lines) {
    int before = lines.size();
    from.visitTurns(
        world,
        (host, turn) -> {
          Cluster next = from.after(host, turn);
          if (lines.size() == before && next.high() == to.high() && next.low() == to.low()) {
            describe(from, host, turn, lines);
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
