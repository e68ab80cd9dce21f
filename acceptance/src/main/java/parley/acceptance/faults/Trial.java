package parley.acceptance.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Patience;
import parley.acceptance.lab.Role;
import parley.acceptance.lab.ServiceProcess;
import parley.acceptance.lab.fault.Fault;
import parley.acceptance.lab.fault.Kill;
import parley.acceptance.lab.fault.Together;
import parley.acceptance.load.Load;

/**
 * One repetition of a cell: all is brought to rest, a window is measured, and then an equally long
 * one that begins with the fault, or with its end; longer only if it takes the fault longer to
 * strike. For one thread.
 */
final class Trial {

  private static final Duration CALM = Duration.ofSeconds(2);

  private static final Duration GROWN_UP = Duration.ofSeconds(31);

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final int SITUATIONS_TRIED_MAX = 20;
  private static final long PART_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final LocalCluster hosts;
  private final Load load;
  private final LibraryUsers libraryUsers;
  private final Cell cell;
  private final Patience patience;

  Trial(LocalCluster hosts, Load load, Cell cell, Patience patience) {
    this.hosts = hosts;
    this.load = load;
    this.libraryUsers = new LibraryUsers(load);
    this.cell = cell;
    this.patience = patience.lookingEvery(LOOK_EVERY);
  }

  /**
   * What came of it.
   *
   * @param perPart how many posts came through at unaffected frontends in each tenth of a second of
   *     both windows
   */
  record Result(Measurement measurement, Fault fault, long[] perPart) {}

  Result run() throws IOException, InterruptedException {
    Situation situation = arrange();
    if (cell.setting().before().isPresent()) {
      undergo(cell.setting().before().get().apply(situation));
      situation = settle();
    }
    Fault fault = cell.course().fault().apply(situation);
    Spared spared = new Spared(load, fault, cell.course().aside().apply(situation));
    awaitGrownUp(GROWN_UP.minus(cell.course().window()));
    load.takeLongestReturn();
    Set<Integer> used = cell.frontendsHit(situation);
    return switch (cell.course().watched()) {
      case FAULT -> watchFault(fault, spared, used);
      case RETURN -> watchReturn(fault, spared);
    };
  }

  private Result watchFault(Fault fault, Spared spared, Set<Integer> used)
      throws IOException, InterruptedException {
    long quietFrom = System.nanoTime();
    pass(quietFrom + window());
    double libraryUsersHit = used.isEmpty() ? Double.NaN : libraryUsers.at(hosts, used);
    try (Ordeal ordeal = new Ordeal(hosts, load, fault, cell.course().healsItself())) {
      pass(ordeal.beganAt() + cell.course().lasts().toNanos());
      long longer = cell.course().healsItself() ? 0 : awaitEffect(ordeal, fault);
      ordeal.heal();
      Stretch watched = new Stretch(ordeal.beganAt(), ordeal.beganAt() + window() + longer);
      return measure(ordeal, fault, spared, quietFrom, watched, libraryUsersHit);
    }
  }

  // What is healed before it has done anything would show nothing; answers how long that took.
  private long awaitEffect(Ordeal ordeal, Fault fault) {
    long from = System.nanoTime();
    patience.await("what dies of it has died: " + fault.name(), ordeal::hasStruck);
    return System.nanoTime() - from;
  }

  // On the nanosecond clock.
  private record Stretch(long from, long to) {}

  private Result watchReturn(Fault fault, Spared spared) throws IOException, InterruptedException {
    long quietFrom = System.nanoTime();
    pass(quietFrom + window());
    try (Ordeal ordeal = new Ordeal(hosts, load, fault, false)) {
      pass(ordeal.beganAt() + cell.course().lasts().toNanos());
      ordeal.heal();
      Stretch watched = new Stretch(ordeal.healedAt(), ordeal.healedAt() + window());
      return measure(ordeal, fault, spared, quietFrom, watched, Double.NaN);
    }
  }

  private Result measure(
      Ordeal ordeal,
      Fault fault,
      Spared spared,
      long quietFrom,
      Stretch watched,
      double libraryUsersHit)
      throws IOException {
    awaitEnd(ordeal, fault);
    long from = watched.from();
    long to = watched.to();
    pass(to);
    long now = System.nanoTime();
    long quietTo = quietFrom + window();
    Measurement measurement =
        new Measurement(
            spared.longestPause(quietFrom, quietTo, quietTo),
            spared.longestPause(from, to, now),
            spared.tailDelay(quietFrom, quietTo),
            spared.tailDelay(from, to),
            ordeal.backAfter(),
            fault.frontendsHit().isEmpty()
                ? Double.NaN
                : Spared.seconds(load.takeLongestReturn().toNanos()),
            libraryUsers.longestPause(quietFrom, quietTo, quietTo),
            libraryUsers.longestPause(from, to, now),
            libraryUsersHit);
    int parts = (int) (2 * window() / PART_NANOS);
    return new Result(measurement, fault, spared.counts(from - window(), to, parts));
  }

  private long window() {
    return cell.course().window().toNanos();
  }

  // A JVM keeps a processor busy for half a minute after its start, and what dies younger is not
  // restarted at once.
  private void awaitGrownUp(Duration age) {
    patience.await(
        "all processes have lived for a while",
        () -> {
          for (ServiceProcess each : hosts.processes()) {
            if (each.age().compareTo(age) < 0) {
              return false;
            }
          }
          return true;
        });
  }

  private void awaitEnd(Ordeal ordeal, Fault fault) {
    patience.await("what " + fault.name() + " hit serves again", ordeal::isOver);
  }

  private void undergo(Fault fault) throws IOException, InterruptedException {
    try (Ordeal ordeal = new Ordeal(hosts, load, fault, true)) {
      awaitEnd(ordeal, fault);
      ordeal.heal();
    }
  }

  // Brings about a situation in which the cell can be tried.
  private Situation arrange() throws IOException, InterruptedException {
    for (int attempt = 0; attempt < SITUATIONS_TRIED_MAX; attempt++) {
      Situation situation = settle();
      if (!cell.setting().wanted().test(situation)) {
        undergo(new Kill(Role.TIMELINE_SERVICE, situation.primary()));
      } else if (isNoticedByLibrary(situation)) {
        return situation;
      } else {
        bringLibraryTo(cell.frontendsHit(situation));
      }
    }
    throw new IOException(
        "the situation for "
            + cell.id()
            + " did not come about in "
            + SITUATIONS_TRIED_MAX
            + " changes");
  }

  // What nobody uses tells nothing of how the library gets over it.
  private boolean isNoticedByLibrary(Situation situation) {
    Set<Integer> used = cell.frontendsHit(situation);
    return cell.course().watched() != Course.Watched.FAULT
        || used.isEmpty()
        || !Collections.disjoint(used, situation.libraryAt());
  }

  // Users of the library stay where they are as long as it serves: all other frontends are killed.
  private void bringLibraryTo(Set<Integer> frontends) throws IOException, InterruptedException {
    awaitGrownUp(GROWN_UP);
    List<Fault> kills = new ArrayList<>();
    for (int host : cell.setting().clientsAt()) {
      if (!frontends.contains(host)) {
        kills.add(new Kill(Role.FRONTEND, host));
      }
    }
    undergo(new Together(kills));
  }

  private Situation settle() throws IOException, InterruptedException {
    patience.await("all hosts serve", hosts::serving);
    load.goHome();
    patience.await(
        "all users are at home",
        () -> {
          load.goHome();
          return load.isHome();
        });
    pass(System.nanoTime() + CALM.toNanos());
    AtomicReference<Situation> found = new AtomicReference<>();
    patience.await(
        "there are a primary and a leader of ZooKeeper",
        () -> {
          Optional<Integer> primary = hosts.primary();
          Optional<Integer> leader = hosts.zooKeeperLeader();
          if (primary.isPresent() && leader.isPresent()) {
            found.set(new Situation(primary.get(), leader.get(), libraryUsers.hosts(hosts)));
          }
          return found.get() != null;
        });
    return found.get();
  }

  private void pass(long untilNanos) throws IOException {
    for (long left = untilNanos - System.nanoTime();
        left > 0;
        left = untilNanos - System.nanoTime()) {
      LockSupport.parkNanos(Math.min(left, LOOK_EVERY.toNanos()));
      load.requireAlive();
    }
  }
}
