package parley.acceptance.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import parley.acceptance.history.HistoryCheck.Findings;
import parley.acceptance.lab.Census;
import parley.acceptance.lab.Growth;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Patience;
import parley.acceptance.lab.Progress;
import parley.acceptance.lab.Role;
import parley.acceptance.lab.fault.Fault;
import parley.acceptance.lab.fault.Hang;
import parley.acceptance.lab.fault.Kill;
import parley.acceptance.lab.fault.OfProcess;
import parley.acceptance.load.Doors;
import parley.acceptance.load.Load;
import parley.acceptance.load.MixedLoad;
import parley.acceptance.load.SteadyLoad;

/**
 * Random faults under a mixed load for as long as one wants, then the judgement. Whatever is not
 * back when the next fault is due is told and counted; the next fault comes all the same. For one
 * thread.
 */
final class Campaign {

  private static final SteadyLoad STEADY = new SteadyLoad(2, 50);
  private static final Duration COUNT_EVERY = Duration.ofMillis(500);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int GROWTH_LOOKS = 4;
  private static final long SHOW_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final LocalCluster hosts;
  private final long seed;
  private final OptionalInt spared;
  private final Path historyFile;
  private final Patience patience;
  private final Progress progress;
  private final PauseTable pauses = new PauseTable();
  private final LibraryGoals libraryGoals = new LibraryGoals();
  private final List<Ordeal> ordeals = new ArrayList<>();
  private int faults;
  private int late;
  private int missing;
  private long shownAt = System.nanoTime();

  /**
   * @param spared a host of which no process is hit, and whose growth is watched
   */
  Campaign(
      LocalCluster hosts,
      long seed,
      OptionalInt spared,
      Path historyFile,
      Patience patience,
      Progress progress) {
    this.hosts = hosts;
    this.seed = seed;
    this.spared = spared;
    this.historyFile = historyFile;
    this.patience = patience;
    this.progress = progress;
  }

  /**
   * What came of it.
   *
   * @param violations what was wrong beside the history
   * @param late how many faults had not healed when the next one was due
   * @param missing how many found nothing to hit
   * @param libraryGoals how often the library's users had to wait too long
   */
  record Outcome(
      Findings findings,
      List<String> violations,
      int faults,
      int late,
      int missing,
      List<String> pauses,
      List<String> libraryGoals,
      List<String> uses) {

    boolean isGood() {
      return findings.verdict().isClean() && violations.isEmpty();
    }

    /** Everything for people. */
    List<String> lines() {
      List<String> lines = new ArrayList<>(uses);
      lines.addAll(pauses);
      lines.addAll(libraryGoals);
      lines.add(
          "%d faults, of which %d found nothing to hit, and %d had not healed when the next was due"
              .formatted(faults, missing, late));
      lines.addAll(violations);
      lines.addAll(findings.verdict().examples());
      lines.add(findings.toString());
      return lines;
    }
  }

  Outcome run(Duration time) throws IOException, InterruptedException {
    Random random = new Random(seed);
    Judge judge = new Judge(hosts);
    MixedLoad plan = new MixedLoad(STEADY, random);
    List<String> violations = new ArrayList<>();
    List<String> uses = new ArrayList<>();
    Optional<Growth> growth =
        spared.isPresent() ? Optional.of(new Growth(spared.getAsInt())) : Optional.empty();
    try (Census census = new Census(hosts, COUNT_EVERY);
        Load load =
            Load.start(
                "c",
                Doors.of(hosts::frontend, hosts::zooKeeper),
                plan.profiles("c"),
                historyFile)) {
      RandomFaults plans = new RandomFaults(random, hosts.wires().isPresent(), spared);
      long start = System.nanoTime();
      long end = start + time.toNanos();
      pass(load, start + CALM_NANOS);
      census.measure();
      if (growth.isPresent()) {
        growth.get().look(hosts);
      }
      long lookAt = start + time.toNanos() / GROWTH_LOOKS;
      while (end - System.nanoTime() > 0) {
        undergo(load, plans.next());
        if (growth.isPresent() && System.nanoTime() - lookAt > 0) {
          growth.get().look(hosts);
          lookAt += time.toNanos() / GROWTH_LOOKS;
        }
        progress.say(
            "%d of %d minutes",
            Duration.ofNanos(System.nanoTime() - start).toMinutes(), time.toMinutes());
      }
      patience.await("all hosts serve", hosts::serving);
      patience.await("what was hit serves", () -> ordeals.stream().allMatch(Ordeal::isOver));
      closeIfAllAreOver();
      progress.say("letting all users end");
      violations.addAll(load.finish(patience));
      census.measure();
      violations.addAll(census.violations());
      uses.addAll(census.table());
    }
    growth.ifPresent(
        watched -> {
          uses.addAll(watched.table());
          violations.addAll(watched.violations());
        });
    progress.say("judging the history");
    Findings findings = judge.judge(historyFile, patience);
    return new Outcome(
        findings, violations, faults, late, missing, pauses.lines(), libraryGoals.lines(), uses);
  }

  private void undergo(Load load, RandomFaults.Planned planned)
      throws IOException, InterruptedException {
    Fault fault = planned.fault();
    String kind = kind(fault);
    load.goHome();
    load.takeLongestReturn();
    faults++;
    if (!isThere(fault)) {
      missing++;
      progress.say("%3d. no %s: it does not run", faults, fault.name());
      pass(load, System.nanoTime() + planned.rest().toNanos());
      return;
    }
    Spared spared = new Spared(load, fault, Set.of());
    boolean healsItself = planned.lasts().isZero();
    LibraryUsers libraryUsers = new LibraryUsers(load);
    double libraryUsersHit =
        fault.frontendsHit().isEmpty() ? Double.NaN : libraryUsers.at(hosts, fault.frontendsHit());
    Ordeal ordeal = new Ordeal(hosts, load, fault, healsItself);
    ordeals.add(ordeal);
    pass(load, ordeal.beganAt() + planned.lasts().toNanos());
    if (!healsItself) {
      ordeal.heal();
    }
    long next = System.nanoTime() + planned.rest().toNanos();
    pass(load, next);
    if (healsItself) {
      ordeal.heal();
    }
    late += ordeal.isOver() ? 0 : 1;
    Measurement measurement =
        new Measurement(
            Double.NaN,
            spared.longestPause(ordeal.beganAt(), next, next),
            Double.NaN,
            spared.tailDelay(ordeal.beganAt(), next),
            ordeal.backAfter(),
            fault.frontendsHit().isEmpty()
                ? Double.NaN
                : Spared.seconds(load.takeLongestReturn().toNanos()),
            Double.NaN,
            libraryUsers.longestPause(ordeal.beganAt(), next, next),
            libraryUsersHit);
    pauses.add(kind, measurement);
    libraryGoals.judge(faults, fault, measurement);
    say(fault, measurement, load);
    closeIfAllAreOver();
  }

  // Not one by one: a host may be hit by the next before it has got over the last.
  private void closeIfAllAreOver() {
    if (ordeals.stream().allMatch(Ordeal::isOver)) {
      ordeals.forEach(Ordeal::close);
      ordeals.clear();
    }
  }

  private boolean isThere(Fault fault) {
    return !(fault instanceof OfProcess one) || hosts.process(one.role(), one.host()).isPresent();
  }

  private void say(Fault fault, Measurement measurement, Load load) {
    double back = measurement.backAfter();
    progress.say(
        "%3d. %s: longest pause %.3f s, of the library's users %.3f s, %s; %,d posts, %,d received",
        faults,
        fault.name(),
        measurement.faultPause(),
        measurement.libraryFaultPause(),
        Double.isNaN(back) ? "NOT back in time" : "back after %.1f s".formatted(back),
        load.posts(),
        load.deliveries());
  }

  // By the part that was hit, not by the host.
  private String kind(Fault fault) throws InterruptedException {
    int primary = hosts.primary().orElse(0);
    if (fault instanceof Kill kill) {
      return "kill -9 of " + part(kill.role(), kill.host(), primary);
    } else if (fault instanceof Hang hang) {
      return "SIGSTOP of " + part(hang.role(), hang.host(), primary);
    }
    return "interface down, " + (fault.frontendsHit().contains(primary) ? "primary" : "standby");
  }

  private static String part(Role role, int host, int primary) {
    if (role == Role.TIMELINE_SERVICE) {
      return host == primary ? "the primary" : "a standby";
    }
    return "the " + role.label() + (host == primary ? " beside the primary" : " of a standby");
  }

  private void pass(Load load, long untilNanos) throws IOException {
    for (long left = untilNanos - System.nanoTime();
        left > 0;
        left = untilNanos - System.nanoTime()) {
      LockSupport.parkNanos(Math.min(left, LOOK_EVERY.toNanos()));
      load.requireAlive();
      if (System.nanoTime() - shownAt > SHOW_EVERY_NANOS) {
        shownAt = System.nanoTime();
        progress.say("%,d posts, %,d received", load.posts(), load.deliveries());
      }
    }
  }
}
