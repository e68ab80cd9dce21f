package parley.acceptance.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Patience;
import parley.acceptance.lab.Role;
import parley.acceptance.lab.fault.Fault;
import parley.acceptance.lab.fault.Injury;
import parley.acceptance.lab.fault.Kill;
import parley.acceptance.load.Load;

/**
 * One repetition of a cell: all is brought to rest, a window without a fault is measured, and then
 * an equally long one with it. For one thread.
 */
final class Trial {

  private static final Duration CALM = Duration.ofSeconds(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final int SITUATIONS_TRIED_MAX = 20;
  private static final double TAIL = 0.99;

  private final LocalCluster hosts;
  private final Load load;
  private final Cell cell;
  private final Patience patience;

  Trial(LocalCluster hosts, Load load, Cell cell, Patience patience) {
    this.hosts = hosts;
    this.load = load;
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
    if (cell.before().isPresent()) {
      undergo(cell.before().get().apply(situation));
      situation = settle();
    }
    Fault fault = cell.fault().apply(situation);
    load.takeLongestReturn();
    long window = cell.window().toNanos();
    long quietFrom = System.nanoTime();
    pass(quietFrom + window);
    long from = System.nanoTime();
    double backAfter = undergo(fault, from);
    Set<Integer> hit = fault.frontendsHit();
    int[] measured = measured(hit);
    long[] parts = new long[2 * parts()];
    for (int host : measured) {
      long[] counts = load.pulse(host).counts(from - window, from + window, parts.length);
      IntStream.range(0, parts.length).forEach(part -> parts[part] += counts[part]);
    }
    return new Result(
        new Measurement(
            pause(measured, quietFrom, from, from),
            pause(measured, from, from + window, System.nanoTime()),
            delay(measured, quietFrom, from),
            delay(measured, from, from + window),
            backAfter,
            hit.isEmpty() ? Double.NaN : seconds(load.takeLongestReturn().toNanos())),
        fault,
        parts);
  }

  private int parts() {
    return (int) (cell.window().toMillis() / 100);
  }

  private static int[] measured(Set<Integer> hit) {
    int[] spared =
        IntStream.rangeClosed(1, Hosts.COUNT).filter(host -> !hit.contains(host)).toArray();
    return spared.length > 0 ? spared : IntStream.rangeClosed(1, Hosts.COUNT).toArray();
  }

  private double pause(int[] measured, long from, long to, long end) {
    return IntStream.of(measured)
        .mapToDouble(host -> seconds(load.pulse(host).longestPauseNanos(from, to, end)))
        .max()
        .orElse(Double.NaN);
  }

  private double delay(int[] measured, long from, long to) {
    return IntStream.of(measured)
        .mapToObj(host -> load.pulse(host).delaysNanos(from, to))
        .filter(delays -> delays.length > 0)
        .mapToDouble(delays -> seconds(delays[(int) (TAIL * (delays.length - 1))]))
        .max()
        .orElse(Double.NaN);
  }

  private static double seconds(long nanos) {
    return nanos / (double) TimeUnit.SECONDS.toNanos(1);
  }

  // Brings about a situation in which the cell can be tried.
  private Situation arrange() throws IOException, InterruptedException {
    for (int attempt = 0; attempt < SITUATIONS_TRIED_MAX; attempt++) {
      Situation situation = settle();
      if (cell.wanted().test(situation)) {
        return situation;
      }
      undergo(new Kill(Role.TIMELINE_SERVICE, situation.primary()));
    }
    throw new IOException(
        "the situation for "
            + cell.id()
            + " did not come about in "
            + SITUATIONS_TRIED_MAX
            + " changes of the primary");
  }

  private void undergo(Fault fault) throws IOException, InterruptedException {
    Harm harm = new Harm(load, fault);
    harm.begin();
    Injury injury = fault.inject(hosts);
    try (Watch watch = new Watch(hosts, injury.victims())) {
      patience.await(
          "what " + fault.name() + " hit serves again", () -> watch.servingAt().isPresent());
    }
    injury.heal();
    harm.end();
  }

  // Answers after how many seconds all served again.
  private double undergo(Fault fault, long from) throws IOException, InterruptedException {
    Harm harm = new Harm(load, fault);
    harm.begin();
    Injury injury = fault.inject(hosts);
    long healedAt;
    try (Watch itself = new Watch(hosts, injury.victims())) {
      pass(from + cell.lasts().toNanos());
      healedAt = System.nanoTime();
      injury.heal();
      if (cell.healsItself()) {
        patience.await(
            "what " + fault.name() + " hit serves again", () -> itself.servingAt().isPresent());
        pass(from + cell.window().toNanos());
        harm.end();
        return seconds(itself.servingAt().getAsLong() - from);
      }
    }
    try (Watch healed = new Watch(hosts, injury.victims())) {
      patience.await("all serve after " + fault.name(), () -> healed.servingAt().isPresent());
      pass(from + cell.window().toNanos());
      harm.end();
      return seconds(healed.servingAt().getAsLong() - healedAt);
    }
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
    OptionalInt primary = hosts.primary().stream().mapToInt(host -> host).findFirst();
    OptionalInt leader = hosts.zooKeeperLeader().stream().mapToInt(host -> host).findFirst();
    if (primary.isEmpty() || leader.isEmpty()) {
      throw new IOException(
          "primary "
              + primary
              + " and ZooKeeper's leader "
              + leader
              + " do not stay, though nothing is being done to them");
    }
    return new Situation(primary.getAsInt(), leader.getAsInt());
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
